/* Support of ideas: what a phone takes for its own, what screens are told, what a poll begins
 * with. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyChange, emptyHall } from '../src/lib/net/hall';
import type { Hall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { EventInfo, Idea, Request } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { mostSupported, supportedCount } from '../src/moderator/supported';
import IdeaFoot from '../src/participant/IdeaFoot.svelte';
import { countOf, isSending, supports } from '../src/participant/support';
import { idea } from './samples';

const eventInfo: EventInfo = {
    event: 'ABC129',
    title: 'Halle',
    lang: 'de',
    langs: ['de'],
    mode: 'open',
    call: true,
};
const merged = (id: string, into: string): Idea => ({ ...idea(id), state: 'merged', into });
const hallOf = (ideas: readonly Idea[], more: Partial<Hall> = {}): Hall => ({
    ...emptyHall,
    pos: 5,
    ideas: new Map(ideas.map((one) => [one.idea, one])),
    ...more,
});
const support = (id: string, on: boolean): Request & { op: 'support' } => ({
    op: 'support',
    idea: id,
    on,
});
const phone = (hall: Hall, letters: readonly Request[] = []): Session =>
    ({ hall, letters: letters.map((request) => ({ request })) }) as unknown as Session;

describe('what one supports oneself', () => {
    const ideas = [idea('1'), merged('2', '1'), merged('3', '2'), idea('4')];

    it('is also what was merged into an idea, through chains', () => {
        const session = phone(hallOf(ideas, { me: { person: '7', supported: ['3'] } }));
        expect(supports(session, '1')).toBe(true);
        expect(supports(session, '3')).toBe(true);
        expect(supports(session, '4')).toBe(false);
    });

    it('is taken back of all that was merged into it, and only of that', () => {
        const me = { person: '7', supported: ['2', '3', '4'], said: [support('1', false)] };
        const session = phone(hallOf(ideas, { me }));
        expect(['1', '2', '3'].some((id) => supports(session, id))).toBe(false);
        expect(supports(session, '4')).toBe(true);
    });

    it('is what was tapped last, also while it is still on its way', () => {
        const me = { person: '7', said: [support('4', true)] };
        const session = phone(hallOf(ideas, { me }), [support('4', false), support('1', true)]);
        expect(supports(session, '4')).toBe(false);
        expect(supports(session, '1')).toBe(true);
        expect(isSending(session, '4')).toBe(true);
        expect(isSending(session, '2')).toBe(false);
    });
});

describe('numbers', () => {
    const event = { ...eventInfo, support: 'shown' as const };
    const start = hallOf([idea('1')], { event, support: { '1': 3, '2': 4 } });

    it('are kept till others come, and forgotten with a fresh start', () => {
        const next = applyChange(start, {
            op: 'change',
            from: 5,
            pos: 6,
            support: { '2': 0, '9': 1 },
        });
        expect(next.hall.support).toEqual({ '1': 3, '2': 0, '9': 1 });
        const fresh = applyChange(start, {
            op: 'change',
            from: 0,
            pos: 7,
            support: { '4': 1 },
        });
        expect(fresh.hall.support).toEqual({ '4': 1 });
    });

    it('are shown on phones only where the event shows them', () => {
        expect(countOf(start, '1')).toBe(3);
        expect(countOf(start, '8')).toBe(0);
        const hidden = { ...start, event: { ...event, support: 'hidden' as const } };
        expect(countOf(hidden, '1')).toBeNull();
    });
});

describe('a poll of the most supported', () => {
    const event = { ...eventInfo, support: 'hidden' as const };
    const ideas = ['1', '2', '3', '4', '5'].map((id) => idea(id));
    const hall = hallOf(ideas, { event, support: { '1': 2, '2': 9, '3': 2, '5': 4 } });

    it('has the most supported first and nobody whom nobody supports', () => {
        expect(supportedCount(hall, ideas)).toBe(4);
        expect(mostSupported(hall, ideas, 2).options).toEqual(['2', '5']);
        expect(mostSupported(hall, ideas, 9).options).toEqual(['2', '5', '1', '3']);
    });

    it('takes those along that are tied at the border', () => {
        expect(mostSupported(hall, ideas, 3)).toEqual({
            options: ['2', '5', '1', '3'],
            tied: 'taken',
        });
    });

    it('does not begin with numbers that were turned off', () => {
        expect(supportedCount({ ...hall, event: eventInfo }, ideas)).toBe(0);
    });
});

describe('the button', () => {
    let session: Session;
    beforeEach(async () => {
        await startWords(de);
        await addWords('more');
        await addWords('rare');
        await chooseLocale('de');
        session = new Session('ABC129', 'participant', memoryKeep());
        session.hall = hallOf([idea('1')], {
            event: { ...eventInfo, support: 'shown', supporting: true },
            support: { '1': 2 },
            me: { person: '7' },
        });
    });
    const button = () => screen.getByRole('button', { name: /Unterstützen/ });

    it('is pressed at once without a network, and says that it waits', async () => {
        render(IdeaFoot, { session, idea: idea('1'), own: false });
        expect(button()).toHaveAttribute('aria-pressed', 'false');
        expect(screen.getByText('Unterstützt von: 2')).toBeVisible();
        await fireEvent.click(button());
        expect(button()).toHaveAttribute('aria-pressed', 'true');
        expect(session.letters.map(({ request }) => request)).toEqual([support('1', true)]);
        expect(await screen.findByText('Wird gesendet')).toBeVisible();
    });

    it('is not there for the own idea, nor when the time for it is over', async () => {
        const view = render(IdeaFoot, { session, idea: idea('1'), own: true });
        expect(screen.queryByRole('button', { name: /Unterstützen/ })).toBeNull();
        view.unmount();
        session.hall = {
            ...session.hall,
            event: { ...eventInfo, support: 'hidden' },
            me: { person: '7', supported: ['1'] },
        };
        render(IdeaFoot, { session, idea: idea('1'), own: false });
        expect(screen.queryByRole('button', { name: /Unterstützen/ })).toBeNull();
        expect(screen.getByText('Du unterstützt das.')).toBeVisible();
    });
});

/* Keys at the desk act only on what somebody can have read. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { Idea } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import DonePanel from '../src/moderator/DonePanel.svelte';
import IdeaPanel from '../src/moderator/IdeaPanel.svelte';
import IdeaRow from '../src/moderator/IdeaRow.svelte';
import Tools from '../src/moderator/queue/Tools.svelte';
import { movedFrom, Shaken } from '../src/moderator/queue/shaken';
import { Wary } from '../src/moderator/queue/wary';
import { idea } from './samples';

let desk: Desk;
let session: Session;
let sent: string[];

beforeEach(async () => {
    localStorage.clear();
    Element.prototype.scrollIntoView = () => undefined;
    await startWords(de);
    await addWords('more');
    await addWords('screens');
    await addWords('desk');
    await chooseLocale('de');
    desk = new Desk();
    session = new Session('ABC129', 'moderator', memoryKeep());
    const ideas = ['1', '2', '3'].map((id) => idea(id, { state: 'pending' }));
    const event = { event: 'ABC129', title: 'Fest', lang: 'de', langs: ['de'] };
    const all = { op: 'change', from: 0, pos: 5, ideas, event } as const;
    session.hall = applyMessage(emptyHall, all as never).hall;
    sent = [];
    vi.spyOn(session, 'send').mockImplementation(async (request) => {
        sent.push('idea' in request ? `${request.op} ${request.idea}` : request.op);
        return { ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos: 99 } };
    });
    desk.session = session;
});

/* Somebody else's act, as it is told. */
function told(...ideas: Idea[]): void {
    const { pos } = session.hall;
    session.hall = applyMessage(session.hall, {
        op: 'change',
        from: pos,
        pos: pos + 1,
        ideas,
    }).hall;
}
const row = (id: string): HTMLElement =>
    document.querySelector(`[data-idea="${id}"]`) as HTMLElement;
const press = (key: string, more: KeyboardEventInit = {}) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

describe('a new idea', () => {
    const button = (name: RegExp) => screen.getByRole('button', { name });

    it('is still there when its form comes back, and is sent once', async () => {
        render(Tools, { desk, queue: desk.queue, help: false });
        await fireEvent.click(button(/^Idee selbst/));
        await fireEvent.input(screen.getByLabelText('Titel'), { target: { value: 'Kino' } });
        await fireEvent.click(button(/^Wortliste/));
        expect(screen.getByLabelText('Titel')).not.toBeVisible();
        await fireEvent.click(button(/^Idee selbst/));
        expect(screen.getByLabelText('Titel')).toHaveValue('Kino');
        const form = screen.getByLabelText('Titel').closest('form') as HTMLFormElement;
        await Promise.all([fireEvent.submit(form), fireEvent.submit(form)]);
        expect(sent).toEqual(['idea.submit']);
    });
});

describe('a tick', () => {
    it('is shown as it is, also after a range that ends at a ticked idea', async () => {
        render(IdeaRow, { desk, idea: idea('2', { state: 'pending' }) });
        desk.queue.tick('2', true);
        const box = screen.getByRole('checkbox');
        await waitFor(() => expect(box).toBeChecked());
        await fireEvent.click(box, { shiftKey: true });
        expect(desk.queue.ticks.has('2')).toBe(true);
        expect(box).toBeChecked();
    });
});

describe('a click', () => {
    const button = (id: string): HTMLElement =>
        row(id).querySelector('.acts button') as HTMLElement;
    const click = (id: string, detail = 1) => fireEvent.click(button(id), { detail });

    it('does nothing to the idea that somebody else’s act has put under it', async () => {
        render(IdeaPanel, { desk });
        told(idea('2'));
        await waitFor(() => expect(row('2')).toBeNull());
        await click('3');
        expect(sent).toEqual([]);
        await click('1');
        await click('3', 0); // by a key
        expect(sent).toEqual(['idea.release 1', 'idea.release 3']);
    });

    it('acts at once on what comes after one’s own act', async () => {
        render(IdeaPanel, { desk });
        await click('1');
        await waitFor(() => expect(row('1')).toBeNull());
        await click('2');
        expect(sent).toEqual(['idea.release 1', 'idea.release 2']);
    });

    it('waits for half a second, below what has gone or come', () => {
        const own = (id: string) => id === '9';
        expect(movedFrom(['1', '2', '3'], ['1', '3'], own)).toBe(1);
        expect(movedFrom(['2', '1'], ['3', '2', '1'], own)).toBe(0);
        expect(movedFrom(['1', '9', '3'], ['1', '3', '4'], own)).toBe(-1);
        expect(movedFrom(['1', '2'], ['9', '1'], own)).toBe(-1);
        const shaken = new Shaken('idea');
        shaken.see(['1', '2', '3'], '', own, 0);
        shaken.see(['1', '3'], '', own, 1000);
        expect([shaken.holds('1', 1001), shaken.holds('3', 1499)]).toEqual([false, true]);
        expect(shaken.holds('3', 1500)).toBe(false);
        shaken.see(['3'], 'bank', own, 2000);
        expect(shaken.holds('3', 2001)).toBe(false);
    });

    it('takes back no other act than the one that stood there', async () => {
        vi.spyOn(desk, 'mayUndo').mockReturnValue(true);
        session.hall = { ...session.hall, me: { person: '1' } };
        const act = (pos: number, by: string) =>
            ({ pos, act: 'idea.hide', at: Date.now(), by, idea: '1' }) as const;
        const hear = async (from: number, by: string): Promise<void> => {
            const acts = [act(from + 1, by)];
            desk.acts.hear({ op: 'change', from, pos: from + 1, acts, undoable: [] });
            await tick();
        };
        await hear(0, '2');
        await hear(1, '2');
        render(DonePanel, { desk, session });
        const undo = () => screen.getAllByRole('button')[0] as HTMLElement;
        await hear(2, '1');
        await fireEvent.click(undo(), { detail: 1 });
        await hear(3, '2');
        await fireEvent.click(undo(), { detail: 1 });
        expect(sent).toEqual(['undo']);
    });
});

describe('a key', () => {
    it('does nothing to the idea that somebody else’s act has put under it', async () => {
        render(IdeaPanel, { desk });
        row('1').focus();
        told(idea('1'));
        await waitFor(() => expect(row('2')).toHaveFocus());
        await press('r');
        expect(sent).toEqual([]);
        await press('j');
        expect(row('3')).toHaveFocus();
    });

    it('acts at once on what comes after one’s own act', async () => {
        render(IdeaPanel, { desk });
        row('1').focus();
        await press('r');
        await waitFor(() => expect(row('2')).toHaveFocus());
        await press('r');
        expect(sent).toEqual(['idea.release 1', 'idea.release 2']);
    });

    it('that is held acts once, and a second press while one waits sends nothing', async () => {
        vi.mocked(session.send).mockImplementation((request) => {
            sent.push(request.op);
            return new Promise(() => undefined);
        });
        render(IdeaPanel, { desk });
        row('1').focus();
        await press('r', { repeat: true });
        expect(sent).toEqual([]);
        await press('r');
        await press('r');
        expect(sent).toEqual(['idea.release']);
    });

    it('of a word that was being written goes to the heading, not to another idea', async () => {
        render(IdeaPanel, { desk });
        row('2').focus();
        await press('e');
        await waitFor(() => expect(screen.getByLabelText('Titel')).toHaveFocus());
        told(idea('2', { state: 'hidden' }));
        await waitFor(() => expect(screen.getByRole('heading', { level: 2 })).toHaveFocus());
    });

    it('is waited for while somebody types on', () => {
        const wary = new Wary();
        expect(wary.holds(0)).toBe(false);
        wary.begin(0);
        expect([700, 1400, 2199, 2999].map((at_ms) => wary.holds(at_ms))).toEqual([
            true,
            true,
            true,
            false,
        ]);
    });
});

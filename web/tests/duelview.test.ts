/* "This or that?" as people meet it: two cards, by pointer and by keyboard. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { announcement } from '../src/lib/ui/announce.svelte';
import { emptyDraft } from '../src/lib/vote/draft';
import type { Draft } from '../src/lib/vote/draft';
import Duel from '../src/participant/Duel.svelte';
import { poll } from './samples';

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
    await chooseLocale('de');
});

/** Shows it, and again after each change, as the ballot's form does. */
function show(start: Partial<Draft> = {}, more: Parameters<typeof poll>[1] = {}) {
    const one = poll('9', more);
    let draft: Draft = { ...emptyDraft, ...start };
    const written: Draft[] = [];
    const fixed = { poll: one, options: one.options, foremost: false };
    const props = () => ({ ...fixed, draft, onchange, onstep });
    const onstep = vi.fn(async (step: Draft['step']) => onchange({ step }));
    const view = render(Duel, {
        ...fixed,
        draft,
        onchange: (change: Partial<Draft>) => onchange(change),
        onstep,
    });
    function onchange(change: Partial<Draft>): void {
        draft = { ...draft, ...change };
        written.push(draft);
        void view.rerender(props());
    }
    return { draft: () => draft, written, onchange };
}

/* One tap by itself: userEvent would take quick ones for a double click, as browsers do. */
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const ranking = (draft: Draft) => draft.ranking.flat();

describe('comparing two at a time', () => {
    it('leads from question to question to a ranking that is put in order', async () => {
        const { draft } = show({}, { options: poll('9').options.slice(0, 3) });
        await press('Immer zwei vergleichen');
        expect(screen.getByRole('heading', { name: 'Was findest du besser?' })).toBeVisible();
        expect(announcement()).toMatch(/Idea 1 oder Idea 2\? Noch etwa \d Fragen/);
        await press('Idea 2');
        await press('Idea 3');
        expect(draft()).toMatchObject({ step: 'order', ranking: [['3'], ['2'], ['1']] });
        expect(draft().duel).toBeUndefined();
        expect(announcement()).toContain('Das ist deine Reihenfolge');
    });

    it('answers by keyboard, and the focus stays where it was', async () => {
        show({ step: 'duel' });
        const button = screen.getByRole('button', { name: 'Idea 2' });
        button.focus();
        await userEvent.keyboard('{Enter}');
        expect(button).toHaveFocus();
        expect(button).toHaveAccessibleName('Idea 4');
    });

    it('does not take a double tap for two answers', async () => {
        const { draft } = show({ step: 'duel' });
        await userEvent.dblClick(screen.getByRole('button', { name: 'Idea 1' }));
        expect(draft().duel).toMatchObject({ asked: [{ first: '1', verdict: 'first' }] });
    });

    it.each(['Weiß nicht', 'Keins von beiden'])('nor on “%s”', async (name) => {
        const { draft } = show({ step: 'duel' });
        await userEvent.dblClick(screen.getByRole('button', { name }));
        expect(draft().duel).toMatchObject({ asked: [{ first: '1', second: '2' }] });
    });

    it('takes a key that is held down for one answer', async () => {
        show({ step: 'duel' });
        for (const name of ['Idea 1', 'Weiß nicht', 'Keins von beiden']) {
            const held = { key: 'Enter', repeat: true };
            const button = screen.getByRole('button', { name });
            expect(await fireEvent.keyDown(button, held), name).toBe(false);
        }
    });

    it('writes the last answer and what comes of it at once', async () => {
        const { written } = show({ ranking: [['3'], ['1']], step: 'duel' });
        await press('Idea 1');
        expect(written[0]).toMatchObject({ step: 'order', ranking: [['1'], ['3']] });
    });

    it('comes to its end where the last answer was kept and nothing else', async () => {
        const asked = [{ first: '1', second: '3', verdict: 'second' }];
        const { draft, onchange } = show();
        onchange({ step: 'duel', duel: { of: ['1', '3'], asked } });
        await vi.waitFor(() => expect(draft().step).toBe('order'));
        expect(draft()).toMatchObject({ ranking: [['3'], ['1']], duel: undefined });
    });

    it('goes back one question, and nowhere from the first', async () => {
        const { draft } = show({ step: 'duel' });
        const back = screen.getByRole('button', { name: 'Eine Frage zurück' });
        expect(back).toHaveAttribute('aria-disabled', 'true');
        await press('Idea 1');
        await userEvent.click(back);
        expect(draft().duel).toMatchObject({ asked: [] });
        expect(screen.getByRole('button', { name: 'Idea 1' })).toBeVisible();
    });

    it('orders what was chosen already', async () => {
        const { draft } = show({ ranking: [['3'], ['1']] });
        await press('Meine 2 immer zu zweit vergleichen');
        await press('Idea 1');
        expect(ranking(draft())).toEqual(['1', '3']);
    });

    it('goes on where it was left', async () => {
        const { draft } = show({ step: 'duel' });
        await press('Idea 2');
        await press('Lieber selbst auswählen');
        expect(draft().step).toBe('choose');
        await press('Weiter vergleichen');
        expect(draft().duel).toMatchObject({ asked: [{ second: '2', verdict: 'second' }] });
    });

    it('chooses nothing where nothing is wanted', async () => {
        const { draft } = show({ step: 'duel' });
        while (draft().step === 'duel') await press('Keins von beiden');
        expect(draft()).toMatchObject({ step: 'choose', ranking: [] });
        expect(announcement()).toContain('Ausgewählt ist nichts');
    });

    it('says what comes of not knowing', async () => {
        const { draft } = show({ step: 'duel' }, { ties: true });
        expect(screen.getByText(/teilen sich beide einen Platz/)).toBeVisible();
        while (draft().step === 'duel') await press('Weiß nicht');
        expect(draft().ranking).toEqual([['1', '2', '3', '4']]);
        document.body.replaceChildren();
        show({ step: 'duel' });
        expect(screen.getByText(/entscheidet der Zufall/)).toBeVisible();
    });

    it('shows the whole of a long text on demand', async () => {
        const long = 'Viele Worte. '.repeat(30);
        const options = ['1', '2', '3'].map((option) => ({
            option,
            title: `Idea ${option}`,
            text: long,
            lang: 'de',
        }));
        show({ step: 'duel' }, { options });
        await press('Alles lesen Idea 1');
        expect(screen.queryByRole('button', { name: 'Alles lesen Idea 1' })).toBeNull();
        expect(screen.getByRole('button', { name: 'Alles lesen Idea 2' })).toBeVisible();
    });
});

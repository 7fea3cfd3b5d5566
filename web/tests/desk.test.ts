/* The keyboard at the desk: what was opened in the place of a button gives the focus back. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { EventInfo } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import IdeaRow from '../src/moderator/IdeaRow.svelte';
import LabelRow from '../src/moderator/LabelRow.svelte';
import { idea } from './samples';

const label = { label: '3', name: 'Verkehr', lang: 'de' };
const event: EventInfo = {
    event: 'ABC129',
    title: 'Fest',
    lang: 'de',
    langs: ['de'],
    mode: 'open',
    call: true,
    tags: [label],
};
let desk: Desk;

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
    await addWords('screens');
    await addWords('desk');
    await chooseLocale('de');
    desk = new Desk();
    const session = new Session('ABC129', 'moderator', memoryKeep());
    session.hall = applyMessage(emptyHall, { op: 'change', from: 0, pos: 5, event }).hall;
    vi.spyOn(session, 'send').mockResolvedValue({
        ok: true,
        answer: { op: 'done', id: 'a'.repeat(32), pos: 5 },
    });
    desk.session = session;
});

const button = (name: RegExp) => screen.getByRole('button', { name });
async function press(name: RegExp): Promise<void> {
    button(name).focus();
    await fireEvent.click(button(name));
}

describe('the focus', () => {
    it('comes back to a label’s button after cancel and after saving', async () => {
        render(LabelRow, { desk, kind: 'tag', label, labels: [label], people: null });
        for (const [open, close] of [
            [/^Ändern/, /^Abbrechen/],
            [/^Ändern/, /^Speichern/],
            [/^Löschen/, /^Abbrechen/],
        ] as const) {
            await press(open);
            await press(close);
            await waitFor(() => expect(button(open)).toHaveFocus());
        }
    });

    it('comes back to the idea’s button that opened its tags, or a question', async () => {
        const kino = idea('7', { title: 'Kino', drawing: 'd'.repeat(32) });
        render(IdeaRow, { desk, idea: kino });
        await press(/^Themen/);
        await press(/^Abbrechen/);
        await waitFor(() => expect(button(/^Themen/)).toHaveFocus());
        await press(/^Themen/);
        await press(/^Speichern/);
        await waitFor(() => expect(button(/^Themen/)).toHaveFocus());
        await press(/^Zeichnung entfernen/);
        await press(/^Abbrechen/);
        await waitFor(() => expect(button(/^Zeichnung entfernen/)).toHaveFocus());
        await press(/^Zeichnung entfernen/);
        await press(/^Zeichnung entfernen/);
        await waitFor(() => expect(button(/^Ändern/)).toHaveFocus());
    });
});

describe('Escape', () => {
    const escape = () =>
        fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });

    it('closes a form at an idea and keeps what was typed; Cancel does not', async () => {
        render(IdeaRow, { desk, idea: idea('7', { title: 'Kino' }) });
        await press(/^Verbergen.*Kino/);
        const note = () => screen.getByLabelText(/^Ein Satz/);
        await fireEvent.input(note(), { target: { value: 'Steht schon da' } });
        note().focus();
        await escape();
        await waitFor(() => expect(button(/^Verbergen.*Kino/)).toHaveFocus());
        expect(desk.works.size).toBe(0);
        await press(/^Verbergen.*Kino/);
        expect(note()).toHaveValue('Steht schon da');
        await press(/^Abbrechen/);
        await press(/^Verbergen.*Kino/);
        expect(note()).toHaveValue('');
    });

    it('brings back nothing that nobody has typed', async () => {
        const row = render(IdeaRow, { desk, idea: idea('7', { title: 'Kino' }) });
        await press(/^Ändern/);
        screen.getByLabelText(/^Titel/).focus();
        await escape();
        await row.rerender({ desk, idea: idea('7', { title: 'Freiluftkino' }) });
        await press(/^Ändern/);
        expect(screen.getByLabelText(/^Titel/)).toHaveValue('Freiluftkino');
        await row.rerender({ desk, idea: idea('7', { title: 'Autokino' }) });
        screen.getByLabelText(/^Titel/).focus();
        await escape();
        await press(/^Ändern/);
        expect(screen.getByLabelText(/^Titel/)).toHaveValue('Autokino');
    });

    it('brings back no name of a label that others have changed', async () => {
        const row = { desk, kind: 'tag', labels: [label], people: null } as const;
        const { rerender } = render(LabelRow, { ...row, label });
        await press(/^Ändern/);
        screen.getByLabelText('Name des Themas').focus();
        await escape();
        await rerender({ ...row, label: { ...label, name: 'Wege' } });
        await press(/^Ändern/);
        expect(screen.getByLabelText('Name des Themas')).toHaveValue('Wege');
    });

    it('closes the innermost only: a question in the place of its button, and a name', async () => {
        const one = idea('7', { title: 'Kino', drawing: 'd'.repeat(32) });
        render(IdeaRow, { desk, idea: one });
        await press(/^Ändern/);
        await press(/^Zeichnung entfernen/);
        await escape();
        await waitFor(() => expect(button(/^Zeichnung entfernen/)).toHaveFocus());
        expect(desk.works.get('7')?.is).toBe('edit');
        render(LabelRow, { desk, kind: 'tag', label, labels: [label], people: null });
        await press(/^Ändern.*Verkehr/);
        const name = screen.getByLabelText('Name des Themas');
        await fireEvent.input(name, { target: { value: 'Wege' } });
        name.focus();
        await escape();
        await waitFor(() => expect(button(/^Ändern.*Verkehr/)).toHaveFocus());
        await press(/^Ändern.*Verkehr/);
        expect(screen.getByLabelText('Name des Themas')).toHaveValue('Wege');
    });
});

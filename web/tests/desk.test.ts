/* The keyboard at the desk: what was opened in the place of a button gives the focus back. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { EventInfo, Message } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import AgendaEdit from '../src/moderator/agenda/AgendaEdit.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import IdeaRow from '../src/moderator/IdeaRow.svelte';
import LabelRow from '../src/moderator/LabelRow.svelte';
import { changed, newPollDraft } from '../src/moderator/pollDraft';
import type { PollDraft } from '../src/moderator/pollDraft';
import PollPanel from '../src/moderator/PollPanel.svelte';
import PhaseTimer from '../src/moderator/agenda/PhaseTimer.svelte';
import MergeDialog from '../src/moderator/queue/MergeDialog.svelte';
import PollRow from '../src/moderator/PollRow.svelte';
import TeamPanel from '../src/moderator/team/TeamPanel.svelte';
import { idea, poll, result } from './samples';

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
        const row = { desk, kind: 'tag' as const, labels: [label], people: null };
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

    it('says at the button that something is begun, until it is sent or given up', async () => {
        render(IdeaRow, { desk, idea: idea('7', { title: 'Kino' }) });
        const begun = () => screen.queryAllByRole('button', { name: /Angefangen$/ });
        await press(/^Ändern/);
        await escape();
        expect(begun()).toHaveLength(0);
        await press(/^Ändern/);
        await fireEvent.input(screen.getByLabelText(/^Titel/), { target: { value: 'Kinos' } });
        await escape();
        await waitFor(() => expect(button(/^Ändern.*Kino.*Angefangen$/)).toHaveFocus());
        expect(begun()).toHaveLength(1);
        await press(/^Ändern/);
        await press(/^Abbrechen/);
        expect(begun()).toHaveLength(0);
    });

    it('closes the question about putting somebody out', async () => {
        vi.spyOn(desk.team, 'may').mockReturnValue(true);
        vi.spyOn(desk.team, 'sits').mockReturnValue(false);
        render(IdeaRow, { desk, idea: idea('7', { title: 'Kino', author: '9' }) });
        for (const leave of [escape, () => press(/^Abbrechen/)]) {
            await press(/^Verbergen/);
            await press(/^Person ausschließen/);
            await waitFor(() => expect(document.activeElement).toHaveTextContent(/\?$/));
            await leave();
            await waitFor(() => expect(button(/^Verbergen/)).toHaveFocus());
        }
    });

    it('closes the question about a place at the desk', async () => {
        const place = { number: 1, role: 'helper', at: 1, sat: 2 };
        const places = [{ ...place, person: '9' }];
        desk.team.hear({ op: 'change', from: 0, pos: 1, desk: places } as unknown as Message);
        vi.spyOn(desk.team, 'may').mockImplementation((op) => op === 'desk.revoke');
        render(TeamPanel, { desk, session: desk.session as Session });
        for (const leave of [escape, () => press(/^Abbrechen/)]) {
            await press(/^Platz entziehen/);
            expect(document.activeElement?.tagName).toBe('STRONG');
            await leave();
            await waitFor(() => expect(button(/^Platz entziehen/)).toHaveFocus());
        }
    });

    it('closes the question about the agenda', async () => {
        render(AgendaEdit, { desk, session: desk.session as Session });
        for (const leave of [escape, () => press(/^Abbrechen/)]) {
            await press(/^Ohne Ablauf weitermachen/);
            expect(document.activeElement?.tagName).toBe('P');
            await leave();
            await waitFor(() => expect(button(/^Ohne Ablauf weitermachen/)).toHaveFocus());
        }
    });
});

describe('the form of a poll', () => {
    const escape = () =>
        fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    const question = () => screen.getByLabelText(/^Frage/);
    const show = () => {
        vi.spyOn(desk.team, 'may').mockReturnValue(true);
        render(PollPanel, { desk, session: desk.session as Session });
    };

    it('is closed by Escape and keeps what was typed; Cancel does not', async () => {
        show();
        await press(/^Neue Abstimmung/);
        await waitFor(() => expect(question()).toHaveFocus());
        await fireEvent.input(question(), { target: { value: 'Was zuerst?' } });
        await escape();
        await waitFor(() => expect(button(/^Neue Abstimmung.*Angefangen$/)).toHaveFocus());
        expect(desk.pollDraft).toBeNull();
        await press(/^Neue Abstimmung/);
        expect(question()).toHaveValue('Was zuerst?');
        await press(/^Abbrechen/);
        await waitFor(() => expect(button(/^Neue Abstimmung$/)).toHaveFocus());
        await press(/^Neue Abstimmung/);
        expect(question()).toHaveValue('');
    });

    it('says nothing of what nobody has typed', async () => {
        show();
        await press(/^Neue Abstimmung/);
        await escape();
        await waitFor(() => expect(button(/^Neue Abstimmung$/)).toHaveFocus());
    });

    it('is about the ideas that were ticked since, and keeps the question', () => {
        const chosen = vi.spyOn(desk.queue, 'chosen', 'get').mockReturnValue(['1', '2']);
        desk.pollAside.begin('new', newPollDraft('de', ['1', '2']));
        desk.pollDraft = changed(desk.pollDraft as PollDraft, { question: 'Was?' });
        desk.pollAside.layAside();
        chosen.mockReturnValue(['1', '3']);
        desk.pollAside.begin('new', newPollDraft('de', ['1', '3']));
        expect(desk.pollDraft).toMatchObject({ question: 'Was?', options: ['1', '3'] });
    });

    it('goes back to the poll that is changed, and keeps each its own', async () => {
        const polls = [poll('1', { state: 'draft' }), poll('2', { state: 'draft' })];
        const session = desk.session as Session;
        session.hall = applyMessage(session.hall, {
            op: 'change',
            from: 5,
            pos: 6,
            polls,
        }).hall;
        show();
        const edits = () => screen.getAllByRole('button', { name: /^Ändern/ });
        const [second, first] = edits() as [HTMLElement, HTMLElement];
        first.focus();
        await fireEvent.click(first);
        await fireEvent.input(question(), { target: { value: 'Andere Frage' } });
        await fireEvent.click(second);
        expect(first).toHaveAccessibleName(/Angefangen$/);
        question().focus();
        await escape();
        expect(second).not.toHaveAccessibleName(/Angefangen$/);
        await fireEvent.click(first);
        expect(question()).toHaveValue('Andere Frage');
    });

    it('on paper is closed by Escape, and what was typed stays', async () => {
        vi.spyOn(desk.team, 'may').mockReturnValue(true);
        vi.spyOn(desk.team, 'sees').mockImplementation((what) => what === 'results');
        const options = [
            { option: '12', title: 'Bank' },
            { option: '7', title: 'Kino' },
        ];
        const open = poll('1', { options });
        render(PollRow, { desk, session: desk.session as Session, poll: open });
        await press(/^Papier und Hände/);
        const line = () => screen.getByLabelText(/^Stimmzettel/);
        await fireEvent.input(line(), { target: { value: '1 x14' } });
        line().focus();
        await escape();
        await waitFor(() => expect(button(/^Papier und Hände.*Angefangen$/)).toHaveFocus());
        expect(screen.queryByLabelText(/^Stimmzettel/)).toBeNull();
        await press(/^Papier und Hände/);
        expect(line()).toHaveValue('1 x14');
    });
});

describe('a result that only the desk sees', () => {
    it('is not shown for the poll that was opened and closed again since', async () => {
        vi.stubGlobal('fetch', () =>
            Promise.resolve(new Response(JSON.stringify(result('1', { winners: ['1'] })))),
        );
        const closed = poll('1', { state: 'closed' });
        const session = desk.session as Session;
        const { rerender } = render(PollRow, { desk, session, poll: closed });
        await press(/^Ergebnis/);
        expect(await screen.findByText('Idea 1 hat gewonnen')).toBeVisible();
        await rerender({ poll: { ...closed, reopened: 1 } });
        expect(screen.queryByText('Idea 1 hat gewonnen')).toBeNull();
        expect(button(/^Ergebnis/)).toBeVisible();
        vi.unstubAllGlobals();
    });
});

describe('an idea that is changed here and elsewhere', () => {
    it('keeps what somebody else has made of what was not touched here, and says so', async () => {
        const session = desk.session as Session;
        const one = idea('7', { title: 'Kino', text: 'am Markt' });
        const { rerender } = render(IdeaRow, { desk, idea: one });
        await press(/^Ändern/);
        const field = screen.getByLabelText(/^Titel/);
        await fireEvent.input(field, { target: { value: 'Freiluftkino' } });
        expect(screen.queryByText(/inzwischen|Inzwischen/)).toBeNull();
        await rerender({ idea: { ...one, title: 'Kinos', text: 'am Bahnhof' } });
        expect(screen.getByText(/Inzwischen hat jemand/)).toBeVisible();
        await press(/^Speichern/);
        expect(session.send).toHaveBeenLastCalledWith(
            expect.objectContaining({
                op: 'idea.edit',
                seen: session.hall.pos,
                title: 'Freiluftkino',
                text: 'am Bahnhof',
            }),
            undefined,
            undefined,
        );
    });
});

describe('two ideas side by side', () => {
    const radios = (): HTMLInputElement[] => screen.getAllByRole('radio');

    it('are not merged into another one than was chosen when that one goes', async () => {
        HTMLDialogElement.prototype.showModal = function (): void {
            this.open = true;
        };
        HTMLDialogElement.prototype.close = () => undefined;
        const session = desk.session as Session;
        const all = ['1', '2', '3'].map((id) => idea(id));
        const ideas = new Map(all.map((one) => [one.idea, one]));
        session.hall = { ...session.hall, ideas };
        render(MergeDialog, { desk, ids: ['1', '2', '3'], onclose: () => undefined });
        expect(radios().map((one) => one.checked)).toEqual([true, false, false]);
        const gone = idea('1', { state: 'hidden' });
        session.hall = { ...session.hall, ideas: new Map(ideas).set('1', gone) };
        await waitFor(() => expect(radios()).toHaveLength(2));
        expect(radios().some((one) => one.checked)).toBe(false);
        await fireEvent.submit(radios()[0]?.form as HTMLFormElement);
        expect(session.send).not.toHaveBeenCalled();
        expect(radios()[0]).toBeRequired();
    });
});

describe('the time and the call at a desk whose line is away', () => {
    it('are left as they are', async () => {
        const session = desk.session as Session;
        vi.spyOn(desk.team, 'may').mockReturnValue(true);
        render(PhaseTimer, { desk, timer: { left_ms: 60_000, running: true } });
        await fireEvent.click(screen.getAllByRole('button')[0] as HTMLElement);
        expect(session.send).not.toHaveBeenCalled();
        expect(desk.faults.get('timer')).toBe('offline');
    });
});

describe('a poll that somebody else acts on meanwhile', () => {
    it('takes no press right after its first button has become another', async () => {
        const session = desk.session as Session;
        session.line = 'open';
        const draft = poll('1', { state: 'draft' });
        const { rerender } = render(PollRow, { desk, session, poll: draft });
        await rerender({ poll: { ...draft, state: 'open' } });
        await press(/^In 10 Sekunden/);
        expect(session.send).not.toHaveBeenCalled();
    });

    it('is not asked about any more once its round is over', async () => {
        const session = desk.session as Session;
        session.line = 'open';
        const closed = poll('1', { state: 'closed' });
        const { rerender } = render(PollRow, { desk, session, poll: closed });
        await press(/^Allen zeigen/);
        expect(screen.getByText(/jetzt allen zeigen/)).toBeVisible();
        await rerender({ poll: { ...closed, state: 'open', reopened: 1 } });
        expect(screen.queryByText(/jetzt allen zeigen/)).toBeNull();
        await waitFor(() => expect(screen.getByRole('heading', { level: 3 })).toHaveFocus());
        await rerender({ poll: closed });
        expect(screen.queryByText(/jetzt allen zeigen/)).toBeNull();
    });
});

describe('a poll at a desk whose line is away', () => {
    it('is left as it is: later nobody knows how it stands', async () => {
        const session = desk.session as Session;
        render(PollRow, { desk, session, poll: poll('1', { state: 'draft' }) });
        await press(/^Abstimmung starten/);
        expect(session.send).not.toHaveBeenCalled();
        expect(desk.faults.get('poll:1')).toBe('offline');
        session.line = 'open';
        await press(/^Abstimmung starten/);
        expect(session.send).toHaveBeenCalledTimes(1);
        const request = { op: 'poll.open', poll: '1', seen: session.hall.pos };
        expect(session.send).toHaveBeenLastCalledWith(request, undefined, undefined);
    });
});

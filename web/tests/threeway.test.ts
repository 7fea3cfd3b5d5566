/* What is changed at two desks at once. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { Idea, Label, Request } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import IdeaRow from '../src/moderator/IdeaRow.svelte';
import LabelRow from '../src/moderator/LabelRow.svelte';
import { pollDraftOf } from '../src/moderator/pollDraft';
import PollForm from '../src/moderator/PollForm.svelte';
import { begin } from '../src/moderator/queue/deeds';
import WordList from '../src/moderator/queue/WordList.svelte';
import { merged, mergedList } from '../src/moderator/threeWay';
import { idea, poll } from './samples';

let desk: Desk;
let session: Session;
let sent: Request[];
const label = (id: string, name: string): Label => ({ label: id, name, lang: 'de' });
const save = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const changed = () => screen.queryByText(/Inzwischen hat jemand/);

beforeEach(async () => {
    localStorage.clear();
    await startWords(de);
    for (const part of ['more', 'screens', 'desk', 'follow', 'shares'] as const)
        await addWords(part);
    await chooseLocale('de');
    desk = new Desk();
    session = new Session('ABC129', 'moderator', memoryKeep());
    const event = {
        ...{ event: 'ABC129', title: 'Fest', lang: 'de', langs: ['de'] },
        tags: [label('5', 'Verkehr'), label('6', 'Grün'), label('7', 'Bad')],
        challenges: [label('8', 'Ufer'), label('9', 'Platz')],
    };
    const all = { op: 'change', from: 0, pos: 5, event } as const;
    session.hall = applyMessage(emptyHall, all as never).hall;
    sent = [];
    vi.spyOn(session, 'send').mockImplementation(async (request) => {
        sent.push(request);
        return { ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos: 6 } };
    });
    desk.session = session;
});

/* A form at an idea; what somebody else makes of it meanwhile. */
async function opened(is: 'tag' | 'challenge' | 'follow', before: Idea, after: Idea) {
    begin(desk, before, is);
    const { rerender } = render(IdeaRow, { desk, idea: before });
    expect(changed()).toBeNull();
    return async () => {
        await rerender({ idea: after });
        expect(changed()).toBeVisible();
    };
}

describe('three ways', () => {
    it('meet field by field, and in a list one by one', () => {
        const from = { a: 1, b: 2, c: 3 };
        const both = merged({ a: 9, b: 2, c: 8 }, from, { a: 1, b: 7, c: 7 });
        expect(both).toEqual({ a: 9, b: 7, c: 8 });
        expect(mergedList(['1', '3'], ['1', '2'], ['2', '1', '4'])).toEqual(['1', '4', '3']);
    });
});

describe('an idea at two desks', () => {
    it('keeps the tags that both have given, and loses those that one has taken', async () => {
        const goesOn = await opened(
            'tag',
            idea('1', { tags: ['5'] }),
            idea('1', { tags: ['5', '7'] }),
        );
        await fireEvent.click(screen.getByRole('button', { name: 'Grün' }));
        await fireEvent.click(screen.getByRole('button', { name: 'Verkehr' }));
        await goesOn();
        await save();
        expect(sent).toEqual([{ op: 'idea.tag', idea: '1', tags: ['7', '6'] }]);
    });

    it('stays with the challenge that somebody else has chosen', async () => {
        const goesOn = await opened(
            'challenge',
            idea('1', { challenge: '8' }),
            idea('1', { challenge: '9' }),
        );
        await goesOn();
        await save();
        expect(sent).toEqual([]);
    });

    it('keeps what somebody else has said of what became of it', async () => {
        const follow = { state: 'pilot' as const, department: 'Tiefbau', at: 1 };
        const goesOn = await opened(
            'follow',
            idea('1', { follow } as Partial<Idea>),
            idea('1', { follow: { ...follow, department: 'Parkamt' } } as Partial<Idea>),
        );
        await fireEvent.input(document.querySelector('[type=date]') as HTMLElement, {
            target: { value: '2027-03-01' },
        });
        await goesOn();
        await save();
        expect(sent[0]).toMatchObject({
            op: 'idea.follow',
            state: 'pilot',
            department: 'Parkamt',
            next: '2027-03-01',
        });
    });
});

describe('at two desks', () => {
    it('the list of words has those of both', async () => {
        desk.queue.words.list = 'doof\nmist';
        render(WordList, { desk, onclose: () => undefined });
        await fireEvent.input(screen.getByRole('textbox'), {
            target: { value: 'doof\nblöd' },
        });
        desk.queue.words.list = 'doof\nmist\ndumm';
        await tick();
        expect(changed()).toBeVisible();
        await save();
        expect(sent).toEqual([{ op: 'words', words: 'doof\ndumm\nblöd', seen: 5 }]);
    });

    it('a name that was not touched here is as somebody else has made it', async () => {
        const props = { desk, kind: 'tag', people: null } as const;
        const { rerender } = render(LabelRow, {
            ...props,
            labels: [],
            label: label('5', 'Verkehr'),
        });
        await fireEvent.click(screen.getByRole('button', { name: /^Ändern/ }));
        await rerender({ label: label('5', 'Mobilität') });
        expect(changed()).toBeVisible();
        expect(screen.getByRole('textbox')).toHaveValue('Mobilität');
        await save();
        expect(sent[0]).toMatchObject({ op: 'label.edit', name: 'Mobilität' });
    });
});

describe('a draft of a poll at two desks', () => {
    const draft = poll('1', { state: 'draft', question: 'Was zuerst?' });
    const has = (more: Partial<typeof draft>): void => {
        session.hall = { ...session.hall, polls: new Map([['1', { ...draft, ...more }]]) };
    };

    beforeEach(async () => {
        has({});
        desk.pollAside.begin('1', pollDraftOf(draft));
    });

    it('keeps what somebody else has made of what was not touched here', async () => {
        const props = { desk, session, draft: pollDraftOf(draft) };
        const { rerender } = render(PollForm, props);
        desk.pollDraft = { ...pollDraftOf(draft), seats: 2 };
        await rerender({ draft: desk.pollDraft });
        has({ question: 'Was nie?' });
        await tick();
        await rerender({ draft: desk.pollDraft });
        expect(desk.pollDraft).toMatchObject({ question: 'Was nie?', seats: 2 });
        expect(changed()).toBeVisible();
    });

    it('is followed where its form was closed, too', () => {
        desk.pollDraft = { ...pollDraftOf(draft), seats: 2 };
        desk.pollAside.layAside();
        desk.pollAside.begin('1', pollDraftOf({ ...draft, question: 'Was nie?' }));
        expect(desk.pollDraft).toMatchObject({ question: 'Was nie?', seats: 2 });
        expect(desk.pollAside.changed).toBe(true);
    });

    it('is said to be none any more as soon as it is opened', async () => {
        render(PollForm, { desk, session, draft: pollDraftOf(draft) });
        expect(screen.queryByText(/etwas geändert/)).toBeNull();
        has({ state: 'open' });
        await tick();
        expect(screen.getByText(/etwas geändert/)).toBeVisible();
        await save();
        expect(sent).toEqual([]);
    });
});

/* Groups and tags on the phone: chosen, frozen, looked for, sent. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import FindBar from '../src/lib/labels/FindBar.svelte';
import ChallengeFilter from '../src/lib/labels/ChallengeFilter.svelte';
import { Finder } from '../src/lib/labels/finder.svelte';
import { topicsOf } from '../src/lib/labels/topics';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { EventInfo, Idea, Poll } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import IdeaForm from '../src/participant/IdeaForm.svelte';
import GroupCard from '../src/participant/GroupCard.svelte';
import { Ideas } from '../src/participant/ideas.svelte';
import type { Participant } from '../src/participant/participant.svelte';
import ChooseCards from '../src/participant/ChooseCards.svelte';
import OrderList from '../src/participant/OrderList.svelte';
import Review from '../src/participant/Review.svelte';
import { emptyDraft } from '../src/lib/vote/draft';

const label = (id: string, name: string) => ({ label: id, name, lang: 'de' });
const event: EventInfo = {
    event: 'ABC129',
    title: 'Halle',
    lang: 'de',
    langs: ['de'],
    mode: 'open',
    call: true,
    groups: [label('1', 'Rot'), label('2', 'Blau')],
    tags: [label('3', 'Verkehr'), label('4', 'Wohnen'), label('5', 'Leer')],
};
const idea = (id: string, tags?: string[]): Idea => ({
    idea: id,
    state: 'published',
    title: `Idee ${id}`,
    ...(tags ? { tags } : {}),
});

function sessionWith(group?: string): Session {
    const session = new Session('ABC129', 'participant', memoryKeep());
    const me = { person: '7', ...(group ? { group } : {}) };
    const ideas = [idea('1', ['3']), idea('2', ['4', '3']), idea('9')];
    const change = { op: 'change', from: 0, pos: 5, event, ideas } as const;
    session.hall = { ...applyMessage(emptyHall, change).hall, me };
    return session;
}

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
    await chooseLocale('de');
});

describe('the group', () => {
    const show = (session: Session) =>
        render(GroupCard, { participant: { session } as Participant });

    it('is asked for, sent, and can be changed', async () => {
        const session = sessionWith();
        const sent = vi.spyOn(session, 'send');
        show(session);
        await fireEvent.click(await screen.findByRole('button', { name: 'Blau' }));
        expect(sent).toHaveBeenCalledWith({ op: 'group', group: '2' });
        expect(await screen.findByText('Deine Gruppe: Blau')).toHaveFocus();
        await fireEvent.click(screen.getByRole('button', { name: /^Ändern/ }));
        expect(screen.getByRole('button', { name: 'Blau', pressed: true })).toBeVisible();
    });

    it('stays as it is once a poll is open', async () => {
        const session = sessionWith('1');
        session.hall = { ...session.hall, polls: new Map([['3', {} as Poll]]) };
        show(session);
        expect(await screen.findByText('Deine Gruppe: Rot')).toBeVisible();
        expect(screen.queryByRole('button')).toBeNull();
        expect(screen.getByText(/deshalb bleibt deine Gruppe/)).toBeVisible();
    });

    it('is chosen for good while a poll is open, which is said before', async () => {
        const session = Object.assign(sessionWith(), { event: 'ABC778' });
        show(session);
        expect(screen.queryByText(/nicht mehr wechseln/)).toBeNull();
        session.hall = { ...session.hall, polls: new Map([['3', {} as Poll]]) };
        expect(await screen.findByText(/nicht mehr wechseln/)).toBeVisible();
    });

    it('may be left open', async () => {
        show(Object.assign(sessionWith(), { event: 'ABC777' }));
        await fireEvent.click(await screen.findByRole('button', { name: 'Jetzt nicht' }));
        expect(screen.getByText('Du bist noch in keiner Gruppe.')).toHaveFocus();
        expect(screen.getByRole('button', { name: 'Gruppe auswählen' })).toBeVisible();
    });
});

describe('tags', () => {
    it('are those that some of the ideas have; an option whose idea is gone is found under each', () => {
        const topics = topicsOf(sessionWith().hall, ['2', '9']);
        expect(topics.all.map(({ name }) => name)).toEqual(['Verkehr', 'Wohnen']);
        expect(topics.of('1')).toEqual(['3']);
        expect(topics.of('9')).toEqual([]);
        expect(topics.of('77')).toEqual(['3', '4']);
    });

    it('find ideas, together with words; what was found is said', async () => {
        const finder = new Finder();
        const tags = event.tags ?? [];
        render(FindBar, { finder, tags, found: 2, search: false });
        await fireEvent.click(screen.getByRole('button', { name: 'Verkehr' }));
        expect(finder.finds(['4', '3'], 'Nachtbus')).toBe(true);
        expect(finder.finds(['4'], 'Nachtbus')).toBe(false);
        expect(screen.getByRole('status')).toHaveTextContent('2 Treffer');
        finder.query = 'bad';
        expect(finder.finds(['3'], 'Nachtbus')).toBe(false);
        await fireEvent.click(screen.getByRole('button', { name: 'Alle' }));
        expect(finder.tag).toBe('');
    });

    it('go with an idea if they were touched, also one that was dropped: the server leaves it out', async () => {
        const session = sessionWith();
        const ideas = new Ideas(session, memoryKeep());
        const sent = vi.spyOn(session, 'send').mockResolvedValue({ ok: false, err: 'x' });
        ideas.setDraft({ idea: null, title: 'Bus', text: '', tags: ['3', '99'] });
        ideas.submit('de');
        expect(sent.mock.lastCall?.[0]).toMatchObject({ op: 'idea.submit', tags: ['3', '99'] });
        ideas.setDraft({ idea: '1', title: 'Bus', text: '', tags: ['3', '4', '5', '6'] });
        ideas.submit('de');
        expect(sent.mock.lastCall?.[0]).not.toHaveProperty('tags');
        ideas.setDraft({ idea: '1', title: 'Bus', text: '' });
        ideas.submit('de');
        expect(sent.mock.lastCall?.[0]).not.toHaveProperty('tags');
    });
});

describe('a ballot', () => {
    const poll = {
        poll: '3',
        form: 'ranking',
        ranks: 3,
        options: [
            { option: '2', title: 'Nachtbus', drawing: 'd2' },
            { option: '77', title: 'Bad' },
        ],
    } as unknown as Poll;
    const nothing = () => undefined;

    it('has the tags of each option that is known to have some', () => {
        const topics = topicsOf(sessionWith().hall, ['2', '77']);
        const { options } = poll;
        const given = { poll, options, topics, draft: emptyDraft, full: false };
        render(ChooseCards, { ...given, onchange: nothing });
        const [bus, bath] = screen.getAllByRole('listitem');
        expect(bus).toHaveTextContent(/Themen: *Verkehr, Wohnen/);
        expect(bath).not.toHaveTextContent('Verkehr');
    });

    it('has pictures while it is put in order and looked over; beside their titles they say nothing', () => {
        const draft = { ...emptyDraft, ranking: [['77'], ['2']] };
        const order = render(OrderList, { poll, draft, onchange: nothing });
        expect(order.container.querySelectorAll('img[alt=""]')).toHaveLength(1);
        order.unmount();
        const { container } = render(Review, { poll, ballot: { ranking: [['77'], ['2']] } });
        expect(container.querySelectorAll('img[alt=""]')).toHaveLength(1);
    });
});

describe('a challenge', () => {
    const challenges = [label('7', 'Schule'), label('8', 'Park')];
    const groups = [{ ...label('1', 'Rot'), challenge: '7' }, label('2', 'Blau')];

    async function form(group?: string) {
        const session = sessionWith(group);
        session.hall = { ...session.hall, event: { ...event, groups, challenges } };
        const ideas = new Ideas(session, memoryKeep());
        const sent = vi.spyOn(session, 'send');
        render(IdeaForm, { participant: { session, ideas } as Participant });
        const choice = await screen.findByLabelText('Zu welcher Aufgabe? (freiwillig)');
        await fireEvent.input(screen.getByLabelText('Titel'), { target: { value: 'Ampel' } });
        return {
            choice,
            ideas,
            async send() {
                await fireEvent.click(screen.getByRole('button', { name: 'Abschicken' }));
                return sent.mock.calls[0]?.[0];
            },
        };
    }

    it('is proposed as the own group has it, and sent as it is shown', async () => {
        const { choice, send } = await form('1');
        expect(choice).toHaveValue('7');
        expect(choice).toHaveAccessibleDescription('Daran arbeitet deine Gruppe.');
        expect(await send()).toMatchObject({ op: 'idea.submit', challenge: '7' });
    });

    it('may be another one, or none', async () => {
        const { choice, send } = await form('1');
        await fireEvent.change(choice, { target: { value: '8' } });
        expect(choice).not.toHaveAccessibleDescription();
        await fireEvent.change(choice, { target: { value: '0' } });
        expect(await send()).toMatchObject({ challenge: '0' });
    });

    it('is none where the group has none', async () => {
        expect((await form('2')).choice).toHaveValue('0');
    });

    it('finds ideas; one that none is for any more is let go', async () => {
        const onchange = vi.fn();
        const ideas = [{ ...idea('1'), challenge: '8' }, idea('2')];
        const { rerender } = render(ChallengeFilter, {
            challenges,
            ideas,
            chosen: '8',
            onchange,
        });
        const filter = await screen.findByLabelText('Nach Aufgabe filtern');
        expect([...filter.querySelectorAll('option')].map(({ label }) => label)).toEqual([
            'Alle Aufgaben',
            'Park',
        ]);
        expect(onchange).not.toHaveBeenCalled();
        await rerender({ ideas: [idea('2')] });
        expect(onchange).toHaveBeenCalledWith('');
    });
});

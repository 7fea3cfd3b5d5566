/* Ballots as they are typed from paper. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import type { Poll, Request } from '../src/lib/net/protocol';
import { memoryKeep } from '../src/lib/net/keep';
import { Session } from '../src/lib/state/session.svelte';
import type { Outcome } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import PaperBatch from '../src/moderator/paper/PaperBatch.svelte';
import PaperForm from '../src/moderator/paper/PaperForm.svelte';
import { Papers } from '../src/moderator/paper/papers.svelte';
import { ballotWords } from '../src/moderator/paper/words';
import { handPiles, readPile, sumOf, withPile } from '../src/moderator/paper/read';

const poll = (change: Partial<Poll>): Poll =>
    ({
        poll: '1',
        form: 'ranking',
        ranks: 3,
        ties: false,
        options: [{ option: '12' }, { option: '7' }, { option: '30' }],
        ...change,
    }) as Poll;

describe('a typed line', () => {
    it('is a ranking by the numbers on the ballot, best first', () => {
        const piles = ['3 1', '3,1', '3 > 1', ' 3  1 '].map((line) => readPile(poll({}), line));
        for (const pile of piles)
            expect(pile).toEqual({ count: 1, ballot: { ranking: [['30'], ['12']] } });
    });

    it('says how many equal ones there are', () => {
        for (const line of ['2 x14', '2 ×14', '2*14', '2 X 14'])
            expect(readPile(poll({}), line)).toEqual({
                count: 14,
                ballot: { ranking: [['7']] },
            });
        expect(readPile(poll({}), '2 x0')).toBeNull();
        expect(readPile(poll({}), '2 x10001')).toBeNull();
    });

    it('is blank as 0 or a dash, and nothing if it is empty', () => {
        expect(readPile(poll({}), '0 x3')).toEqual({ count: 3, ballot: { ranking: [] } });
        expect(readPile(poll({}), '-')?.ballot).toEqual({ ranking: [] });
        for (const line of ['', '  ', 'x3', ',']) expect(readPile(poll({}), line)).toBeNull();
    });

    it('obeys the poll: known options, each once, so many places, ties where they may be', () => {
        for (const line of ['4', '1 1', '1=2', 'a', '1 2 3 1', '1 0'])
            expect(readPile(poll({}), line), line).toBeNull();
        expect(readPile(poll({ ranks: 1 }), '1 2')).toBeNull();
        expect(readPile(poll({ ties: true }), '3=1 2')?.ballot).toEqual({
            ranking: [['30', '12'], ['7']],
        });
        expect(readPile(poll({ ties: true }), '3= 1')).toBeNull();
    });

    it('is crosses, scores or dots', () => {
        expect(readPile(poll({ form: 'approval' }), '3 1')?.ballot).toEqual({
            approval: ['30', '12'],
        });
        const score = poll({ form: 'score' });
        expect(readPile(score, '3:5 1:0')?.ballot).toEqual({
            score: [
                ['30', 5],
                ['12', 0],
            ],
        });
        for (const line of ['3:6', '3', '3:', ':3', '3:1 3:2'])
            expect(readPile(score, line), line).toBeNull();
        const dots = poll({ form: 'dots', dots: 5 });
        expect(readPile(dots, '3:4 1:1')?.ballot).toEqual({
            dots: [
                ['30', 4],
                ['12', 1],
            ],
        });
        expect(readPile(dots, '3:4 1:2')).toBeNull();
    });
});

describe('piles', () => {
    it('of equal ballots are one', () => {
        const pile = { count: 2, ballot: { ranking: [['7']] } };
        const piles = withPile(withPile([], pile), { ...pile, count: 3 });
        expect(piles).toEqual([{ count: 5, ballot: { ranking: [['7']] } }]);
        expect(sumOf(withPile(piles, { count: 1, ballot: { ranking: [] } }))).toBe(6);
    });

    it('of hands are those that were raised', () => {
        expect(handPiles(31, 0, 2)).toEqual([
            { count: 31, ballot: { answer: 'yes' } },
            { count: 2, ballot: { answer: 'abstain' } },
        ]);
    });
});

describe('what is on paper', () => {
    const batch = { batch: '2', poll: '1', state: 'waiting', by: '9', ballots: 3 } as const;
    const change = { op: 'change', pos: 7 } as const;

    it('is kept up to date, and begins anew from 0', () => {
        const papers = new Papers();
        papers.hear({ ...change, from: 3, batches: [batch] });
        papers.hear({ ...change, from: 4 });
        expect(papers.of('1')).toEqual([batch]);
        papers.hear({ ...change, from: 5, batches: [{ ...batch, state: 'dropped' }] });
        expect(papers.of('1')).toEqual([]);
        expect(papers.pollOf('2')).toBe('1');
        papers.hear({ ...change, from: 0 });
        expect(papers.pollOf('2')).toBeUndefined();
    });
});

function sessionOf(person: string): Session {
    const session = new Session('ABC129', 'moderator', memoryKeep());
    session.hall = { ...session.hall, me: { person } };
    return session;
}

describe('a batch on its way', () => {
    const done: Outcome = { ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos: 7 } };
    let desk: Desk;
    let sent: { request: Request; id: string | undefined; answer: (one: Outcome) => void }[];

    beforeEach(async () => {
        await startWords(de);
        await addWords('screens');
        await addWords('desk');
        await addWords('shares');
        await chooseLocale('de');
        desk = new Desk();
        desk.session = sessionOf('9');
        sent = [];
        vi.spyOn(desk, 'act').mockImplementation((_, request, id) => {
            return new Promise((answer) => sent.push({ request, id, answer }));
        });
    });

    const show = (change: Partial<Poll> = {}) =>
        render(PaperForm, { desk, poll: poll(change), where: 'paper:1' });
    async function type(line: string): Promise<void> {
        const input = screen.getByLabelText('Stimmzettel');
        await fireEvent.input(input, { target: { value: line } });
        await fireEvent.submit(input);
    }
    const enter = async () => {
        const button = screen.queryByRole('button', { name: 'Stapel eintragen' });
        if (button) await fireEvent.click(button);
    };
    async function answer(outcome: Outcome): Promise<void> {
        sent[0]?.answer(outcome);
        await tick();
        await tick();
    }
    const typed = () => desk.papers.draftOf('1').map(({ count }) => count);

    it('is not sent again by a form that was closed meanwhile', async () => {
        const first = show();
        await type('3 1 x4');
        await enter();
        first.unmount();
        show();
        await enter();
        expect(sent).toHaveLength(1);
        expect(screen.getByRole('status')).toHaveTextContent('4 Stimmzettel');
    });

    it('leaves what is typed meanwhile', async () => {
        show();
        await type('3 1 x4');
        await enter();
        await type('2 x9');
        await answer(done);
        expect(typed()).toEqual([9]);
        expect(screen.queryByRole('status')).toBeNull();
    });

    it('that is refused comes back, before what was typed meanwhile', async () => {
        show();
        await type('3 1 x4');
        await enter();
        await type('2 x9');
        await type('3 1');
        await answer({ ok: false, err: 'sealed' });
        expect(typed()).toEqual([5, 9]);
    });

    it('is sent once more, as the same, when the desk is entered anew', async () => {
        show();
        await type('3 1 x4');
        await enter();
        desk.session = sessionOf('9');
        desk.papers.resume(desk, '9');
        desk.papers.resume(desk, '9'); // the line broke once more
        expect(sent).toHaveLength(2);
        expect(sent[1]).toMatchObject({ request: sent[0]?.request, id: sent[0]?.id });
        expect(sent[0]?.id).toMatch(/^[0-9a-f]{32}$/);
        sent[1]?.answer(done);
        await answer({ ok: false, err: 'no-session' }); // nobody waits for it any more
        expect(typed()).toEqual([]);
    });

    it('comes back when somebody else enters the desk: under their name it would be another', async () => {
        show();
        await type('3 1 x4');
        await enter();
        desk.session = sessionOf('12');
        desk.papers.resume(desk, '12');
        expect(sent).toHaveLength(1);
        expect(typed()).toEqual([4]);
    });

    it('of hands is there too after the form was closed', async () => {
        const first = show({ form: 'yesno' });
        await fireEvent.input(screen.getByLabelText('Ja'), { target: { value: '31' } });
        first.unmount();
        show({ form: 'yesno' });
        expect(screen.getByLabelText('Ja')).toHaveValue(31);
        await enter();
        expect(sent[0]?.request).toMatchObject({
            piles: [{ count: 31, ballot: { answer: 'yes' } }],
        });
        expect(screen.getByLabelText('Ja')).toHaveValue(null);
    });

    it('takes its group along: the next one is asked for its own', async () => {
        const shares = [
            { group: '1', percent: 60 },
            { group: '2', percent: 40 },
        ] as unknown as NonNullable<Poll['shares']>;
        show({ shares });
        await fireEvent.change(screen.getByRole('combobox'), { target: { value: '2' } });
        await type('3 1');
        await enter();
        expect(sent[0]?.request).toMatchObject({ share: 2 });
        await answer(done);
        await type('2');
        await enter();
        expect(sent).toHaveLength(1);
        expect(screen.getByRole('combobox')).toBeInvalid();
    });
});

describe('a batch at the desk', () => {
    const batch = {
        batch: '2',
        poll: '1',
        state: 'waiting',
        by: '7',
        piles: [{ count: 3, ballot: { ranking: [['12'], ['7']] } }],
    } as const;
    const question = document.createElement('h3');
    let desk: Desk;

    beforeEach(async () => {
        await startWords(de);
        await addWords('screens');
        await addWords('desk');
        await chooseLocale('de');
        desk = new Desk();
        vi.spyOn(desk.team, 'may').mockReturnValue(true);
        vi.spyOn(desk, 'act').mockResolvedValue({
            ok: true,
            answer: { op: 'done', id: 'a'.repeat(32), pos: 7 },
        });
    });

    function show(change: Partial<Poll> = {}): void {
        const article = document.createElement('article');
        question.tabIndex = -1;
        article.append(question);
        document.body.append(article);
        const props = { desk, batch: { ...batch, piles: [...batch.piles] }, person: '9' };
        const of = poll({ state: 'closed', ...change });
        render(PaperBatch, {
            target: article,
            props: { ...props, poll: of, where: 'w' } as never,
        });
    }

    it('keeps the focus when its button is gone', async () => {
        show();
        const input = screen.getByRole('spinbutton');
        await fireEvent.input(input, { target: { value: '3' } });
        await fireEvent.submit(input);
        await vi.waitFor(() => expect(screen.getByRole('heading', { level: 4 })).toHaveFocus());
    });

    it('gives the focus to its poll when it is dropped', async () => {
        show();
        await fireEvent.click(screen.getByRole('button', { name: /^Stapel verwerfen/ }));
        await vi.waitFor(() => expect(question).toHaveFocus());
    });

    it('that nobody confirmed before the end is said not to count', () => {
        show({ state: 'sealed' });
        expect(screen.getByText('Nicht bestätigt, zählt nicht')).toBeVisible();
        expect(screen.queryByText('Wartet auf eine zweite Person')).toBeNull();
    });

    it('keeps each option with its number, whichever way it is written', () => {
        const words = ballotWords(poll({}), { ranking: [['12'], ['7']] });
        expect(words).toMatch(/^\u20681 .*\u2069 › \u20682 .*\u2069$/);
    });
});

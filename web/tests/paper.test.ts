/* Ballots as they are typed from paper. */
import { describe, expect, it } from 'vitest';
import type { Poll } from '../src/lib/net/protocol';
import { Papers } from '../src/moderator/paper/papers.svelte';
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

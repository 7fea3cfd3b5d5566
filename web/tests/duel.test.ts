// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
    answered,
    mostQuestions,
    questionOf,
    questionsLeft,
    rankingOf,
    readDuel,
    undone,
} from '../src/lib/vote/duel';
import type { Duel, Question, Verdict } from '../src/lib/vote/duel';

const start = (count: number): Duel => ({
    of: Array.from({ length: count }, (_, i) => String(i + 1)),
    asked: [],
});

/** Answers all questions; returns what came out. */
function play(
    count: number,
    ranks: number,
    verdict: (question: Question) => Verdict,
    ties = false,
): Duel {
    let duel = start(count);
    for (;;) {
        const question = questionOf(duel, { ranks, ties });
        if (!question) return duel;
        duel = answered(duel, question, verdict(question));
    }
}

/** Every order of 0 … count − 1: what[i] is the place of item i. */
function* orders(count: number, taken: number[] = []): Generator<number[]> {
    if (taken.length === count) yield taken;
    else
        for (let i = 0; i < count; i++)
            if (!taken.includes(i)) yield* orders(count, [...taken, i]);
}

/** Small random numbers, the same in each run. */
function dice(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

const byPlace =
    (places: readonly number[]) =>
    ({ first, second }: Question): Verdict =>
        (places[Number(first) - 1] as number) < (places[Number(second) - 1] as number)
            ? 'first'
            : 'second';

const informationBound = (n: number, k: number): number => {
    let ways = 1;
    for (let j = n - k + 2; j <= n; j++) ways *= j;
    return n - k + Math.ceil(Math.log2(ways));
};

describe('a duel', () => {
    it.each([2, 3, 4, 5, 6])(
        'finds the true best of %i, for every order and number of places',
        (n) => {
            for (let k = 1; k <= n; k++) {
                let longest = 0;
                for (const places of orders(n)) {
                    const duel = play(n, k, byPlace(places));
                    const truth = [...start(n).of].sort(
                        (a, b) => Number(places[Number(a) - 1]) - Number(places[Number(b) - 1]),
                    );
                    expect(rankingOf(duel, { ranks: k, ties: false })).toEqual(
                        truth.slice(0, k).map((id) => [id]),
                    );
                    longest = Math.max(longest, duel.asked.length);
                }
                expect(longest).toBeLessThanOrEqual(mostQuestions(n, k));
            }
        },
        60_000,
    );

    it('puts equals on one place and leaves out what is not wanted, for all likings of four', () => {
        for (let code = 0; code < 4 ** 4; code++) {
            const liking = [0, 1, 2, 3].map((i) => Math.floor(code / 4 ** i) % 4);
            const of = (id: string): number => liking[Number(id) - 1] as number;
            const duel = play(
                4,
                4,
                ({ first, second }) => {
                    if (of(first) === 0 && of(second) === 0) return 'neither';
                    if (of(first) === of(second)) return 'same';
                    return of(first) > of(second) ? 'first' : 'second';
                },
                true,
            );
            const truth = [3, 2, 1]
                .map((level) => start(4).of.filter((id) => of(id) === level))
                .filter((place) => place.length > 0);
            const ranking = rankingOf(duel, { ranks: 4, ties: true });
            expect(ranking.slice(0, truth.length)).toEqual(truth);
            // one that nobody wants may stand last: beside a better one it could not be refused
            expect(ranking.slice(truth.length).flat().length).toBeLessThanOrEqual(1);
        }
    });

    it('asks no more than merge insertion for an order of all', () => {
        const most = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => mostQuestions(n, n));
        expect(most).toEqual([0, 1, 3, 5, 7, 10, 13, 16, 19, 22, 26, 30]);
    });

    it('asks for few places little more than anybody must', () => {
        for (let n = 3; n <= 64; n++) {
            expect(mostQuestions(n, 1)).toBe(n - 1);
            expect(mostQuestions(n, 2)).toBe(informationBound(n, 2));
            expect(mostQuestions(n, 3) - informationBound(n, 3)).toBeLessThanOrEqual(2);
        }
        expect([mostQuestions(12, 3), mostQuestions(20, 3), mostQuestions(40, 3)]).toEqual([
            17, 27, 49,
        ]);
    });

    it('keeps to its bound whatever is answered, up to 200 ideas', () => {
        for (const [n, k, ties] of [
            [9, 3, true],
            [12, 12, true],
            [13, 5, false],
            [21, 21, false],
            [40, 3, true],
            [200, 3, false],
        ] as const) {
            const roll = dice(n);
            const rules = { ranks: k, ties };
            const verdicts: Verdict[] = [
                'first',
                'second',
                'first',
                'second',
                'same',
                'neither',
            ];
            for (let run = 0; run < (n > 100 ? 1 : 30); run++) {
                const duel = play(n, k, () => verdicts[roll(6)] as Verdict, ties);
                expect(duel.asked.length).toBeLessThanOrEqual(mostQuestions(n, k));
                const ids = rankingOf(duel, rules).flat();
                expect(new Set(ids).size).toBe(ids.length);
            }
        }
    }, 60_000);
});

describe('answers to a duel', () => {
    const rules = { ranks: 3, ties: false };
    const first = (): Verdict => 'first';

    it('asks the same again after a reload, and goes back one question', () => {
        let duel = start(5);
        const one = questionOf(duel, rules) as Question;
        duel = answered(duel, one, 'second');
        const two = questionOf(duel, rules) as Question;
        const kept: unknown = JSON.parse(JSON.stringify(answered(duel, two, 'first')));
        const again = readDuel(kept, duel.of) as Duel;
        expect(questionOf(again, rules)).not.toEqual(two);
        expect(questionOf(undone(again), rules)).toEqual(two);
        expect(questionOf(undone(undone(again)), rules)).toEqual(one);
        expect(undone(start(5))).toEqual(start(5));
    });

    it('asks nothing twice, and nothing that follows from other answers', () => {
        const duel = play(16, 16, byPlace([...Array(16).keys()].reverse()));
        const pairs = duel.asked.map(({ first, second }) => `${first}/${second}`);
        expect(new Set(pairs).size).toBe(pairs.length);
    });

    it('gives one place to those between which nobody can decide, if the poll allows', () => {
        const same = (): Verdict => 'same';
        const ties = play(3, 3, same, true);
        expect(rankingOf(ties, { ranks: 3, ties: true })).toEqual([['1', '2', '3']]);
    });

    it('takes a tie with the last place along', () => {
        const duel: Duel = {
            of: ['1', '2', '3'],
            asked: [
                { first: '1', second: '2', verdict: 'same' },
                { first: '1', second: '3', verdict: 'first' },
            ],
        };
        expect(rankingOf(duel, { ranks: 1, ties: true })).toEqual([['1', '2']]);
    });

    it('goes by the phone’s own order where there are no ties', () => {
        const duel = play(3, 3, () => 'same');
        expect(rankingOf(duel, rules)).toEqual([['1'], ['2'], ['3']]);
    });

    it('ranks neither of two that are not wanted, nor what was liked less', () => {
        let duel = start(4);
        duel = answered(duel, questionOf(duel, rules) as Question, 'first'); // 1 before 2
        duel = answered(duel, questionOf(duel, rules) as Question, 'first'); // 3 before 4
        duel = answered(duel, questionOf(duel, rules) as Question, 'neither'); // 1, 3
        expect(questionOf(duel, rules)).toBeNull();
        expect(rankingOf(duel, rules)).toEqual([]);
    });

    it('ranks what is left when nothing else is wanted', () => {
        const duel = play(3, 3, () => 'neither');
        expect(rankingOf(duel, rules)).toEqual([['3']]);
    });

    it('has no ranking before its end', () => {
        expect(rankingOf(start(3), rules)).toEqual([]);
    });

    it('says honestly how many questions are left', () => {
        let duel = start(12);
        const told: number[] = [];
        for (;;) {
            const question = questionOf(duel, rules);
            if (!question) break;
            told.push(questionsLeft(duel, rules));
            duel = answered(duel, question, first());
        }
        told.forEach((left, i) =>
            expect(Math.abs(told.length - i - left)).toBeLessThanOrEqual(2),
        );
        expect(told[told.length - 1]).toBe(1);
    });

    it('reads back only what is one', () => {
        const options = ['1', '2', '3'];
        const duel = play(3, 3, first);
        expect(readDuel(duel, options)).toEqual(duel);
        for (const not of [
            undefined,
            'duel',
            { of: ['1'], asked: [] },
            { of: ['1', '9'], asked: [] },
            { of: ['1', '1'], asked: [] },
            { of: ['1', '2'], asked: [{ first: '1', second: '3', verdict: 'first' }] },
            { of: ['1', '2'], asked: [{ first: '1', second: '1', verdict: 'first' }] },
            { of: ['1', '2'], asked: [{ first: '1', second: '2', verdict: 'maybe' }] },
            { of: ['1', '2'], asked: [null] },
        ])
            expect(readDuel(not, options)).toBeNull();
    });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { createHmac } from 'node:crypto';
import { drawLot, lotsOf } from '../src/lib/charts/lot';
import { storyOf } from '../src/lib/charts/story';
import {
    duelsOf,
    majorityShare,
    order,
    pairwiseTable,
    placeIn,
    roundBars,
    scoreBars,
    toNumber,
} from '../src/lib/charts/tell';
import {
    amount,
    factsSentence,
    methodSentence,
    roundSentence,
    runoffSentences,
    stateSentence,
    tieSentences,
    turnoutSentence,
    winnerSentence,
} from '../src/lib/charts/words';
import { addWords, startWords, useLocale } from '../src/lib/i18n/index.svelte';
import type { Round } from '../src/lib/net/protocol';
import de from '../src/lib/i18n/locales/de.json';
import { poll, result } from './samples';

const irv = result('1', {
    method: 'irv',
    winners: ['2'],
    ranking: [['2'], ['1'], ['3'], ['4']],
    rounds: [
        {
            votes: { 1: '4', 2: '3', 3: '2', 4: '1' },
            exhausted: '0',
            eliminated: ['4'],
            elected: [],
        },
        { votes: { 1: '4', 2: '4', 3: '2' }, exhausted: '0', eliminated: ['3'], elected: [] },
        { votes: { 1: '4', 2: '6' }, exhausted: '0', eliminated: [], elected: ['2'] },
    ],
});
const pairs = result('1', {
    pairwise: {
        options: ['1', '2', '3'],
        matrix: [
            [0, 4, 6],
            [5, 0, 7],
            [3, 2, 0],
        ],
    },
    ranking: [['2'], ['1'], ['3']],
    duels: [{ winner: '2', loser: '3', for: 7, against: 2, locked: true }],
});

beforeAll(async () => {
    await startWords(de);
    await addWords('more');
    await useLocale('de');
});

/* As anybody would draw the lot, by another hand than ours. */
function sortedBy(seed: string, poll: string, options: string[]): string[] {
    const bytes = (id: string) => Buffer.from(BigInt(id).toString(16).padStart(16, '0'), 'hex');
    const drawn = (option: string) =>
        createHmac('sha256', Buffer.from(seed, 'hex'))
            .update(Buffer.concat([bytes(poll), bytes(option)]))
            .digest('hex');
    return options.sort((a, b) => (drawn(a) < drawn(b) ? -1 : 1));
}

describe('a lot', () => {
    const seed = 'c3'.repeat(32);
    const options = Array.from({ length: 40 }, (_, i) => String(i + 1));
    const lot = sortedBy(seed, '12', options);

    it('is drawn as the server draws it', () => {
        const drawn = drawLot(poll('12'), seed, { lot }, options);
        expect(drawn?.map(({ option }) => option)).toEqual(lot);
        expect(drawn?.every(({ number }) => /^\d{6}$/.test(number))).toBe(true);
    });

    it('is not shown where it would not give the result', () => {
        expect(drawLot(poll('12'), seed, { lot: [...lot].reverse() }, options)).toBeNull();
        expect(drawLot(poll('12'), seed, {}, ['1', '2'])).toBeNull();
    });
});

describe('numbers of the server', () => {
    it('are whole, halves or fractions', () => {
        expect([toNumber('20'), toNumber('20.5'), toNumber('7/2')]).toEqual([20, 20.5, 3.5]);
        expect([amount('1000'), amount('20.5'), amount('7/3')]).toEqual([
            '1.000',
            '20,5',
            '7/3',
        ]);
    });
});

describe('bars', () => {
    it('are as long as their share of the longest', () => {
        const bars = scoreBars(result('1', { scores: { 1: '5', 2: '10', 3: '0', 4: '1' } }));
        expect(bars.map((bar) => [bar.id, bar.share])).toEqual([
            ['2', 1],
            ['1', 0.5],
            ['3', 0],
            ['4', 0.1],
        ]);
        expect(bars.map((bar) => bar.winner)).toEqual([true, false, false, false]);
    });

    it('are none without scores, and none is longer than its room where all are zero', () => {
        expect(scoreBars(result('1'))).toEqual([]);
        expect(
            scoreBars(result('1', { scores: { 1: '0', 2: '0' } })).map((bar) => bar.share),
        ).toEqual([0, 0]);
    });

    it('of a round stand by strength, on the scale of all rounds', () => {
        const bars = roundBars(irv, 0);
        expect(bars.map((bar) => bar.id)).toEqual(['1', '2', '3', '4']);
        expect(bars[0]?.share).toBeCloseTo(4 / 6);
        expect(bars.filter((bar) => bar.leaves).map((bar) => bar.id)).toEqual(['4']);
        expect(majorityShare(poll('1'), irv, 2)).toBeCloseTo(5 / 6);
        expect(roundBars(irv, 9)).toEqual([]);
    });
});

/* More points for 1, but two of three ballots prefer 2. */
const star = result('1', {
    method: 'star',
    winners: ['2'],
    ranking: [['2'], ['1', '3', '4']],
    scores: { 1: '10', 2: '7', 3: '1', 4: '0' },
    duels: [{ winner: '2', loser: '1', for: 2, against: 1, locked: true }],
});

describe('the bars of STAR', () => {
    it('stand by their length, because it orders only whom it elects', () => {
        expect(scoreBars(star).map((bar) => [bar.id, bar.winner])).toEqual([
            ['1', false],
            ['2', true],
            ['3', false],
            ['4', false],
        ]);
    });

    it('come with the duel that decided', () => {
        expect(runoffSentences(poll('1', { form: 'score', method: 'star' }), star)).toEqual([
            'Im Duell stehen sich die zwei mit den meisten Punkten gegenüber: Auf 2 Stimmzetteln hat Idea 2 mehr Punkte, auf 1 hat Idea 1 mehr.',
        ]);
        expect(runoffSentences(poll('1'), pairs)).toEqual([]);
    });
});

describe('the method', () => {
    it('of dots has a name of its own', () => {
        const dots = poll('1', { form: 'dots', method: 'score', dots: 5 });
        expect(methodSentence(dots)).toBe(
            'Gezählt nach: Klebepunkte. Es gewinnt, worauf die meisten Klebepunkte stehen.',
        );
        expect(methodSentence({ ...dots, form: 'score' })).toBe(
            'Gezählt nach: Punkte. Es gewinnt, wer die meisten Punkte bekommt.',
        );
    });
});

describe('places', () => {
    it('leave gaps after ties', () => {
        const one = result('1');
        expect(order(one)).toEqual(['2', '1', '3', '4']);
        expect(['2', '1', '3', '4'].map((id) => placeIn(one, id))).toEqual([1, 2, 2, 4]);
    });
});

describe('duels', () => {
    it('are told from one side, in the order of the result', () => {
        expect(duelsOf(pairs, '2')).toEqual([
            { other: '1', for: 5, against: 4 },
            { other: '3', for: 7, against: 2 },
        ]);
        expect(duelsOf(pairs, '9')).toEqual([]);
    });

    it('make a table in the order of the result', () => {
        expect(pairwiseTable(pairs, 2)).toEqual({
            ids: ['2', '1'],
            cells: [
                [0, 5],
                [4, 0],
            ],
        });
    });
});

describe('the story of a count', () => {
    it('of rounds tells each round, then the winner', () => {
        expect(storyOf(poll('1'), irv).map((step) => step.is)).toEqual([
            'intro',
            'rounds',
            'rounds',
            'rounds',
            'podium',
        ]);
    });

    it('draws the lot that decided, before the end', () => {
        const seed = '5a'.repeat(32);
        const tied = result('7', {
            state: 'tie-decisive',
            lot: sortedBy(seed, '7', ['1', '2', '3', '4']),
            ties: [
                { options: ['3', '4'], by: 'lot' },
                { options: ['1', '2', '3'], by: 'lot' },
            ],
        });
        const [first = ''] = tied.lot ?? [];
        const steps = storyOf(poll('7', { seed }), { ...tied, winners: [first] });
        const lots = steps.flatMap((step) => (step.is === 'lot' ? [step.drawn] : []));
        expect(lots.flat().map(({ option }) => option)).toContain(first);
        expect(steps.at(-1)?.is).toBe('podium');
        expect(lotsOf(poll('7'), tied)).toEqual([]);
        expect(lotsOf(poll('7', { seed }), { ...tied, state: 'tie-irrelevant' })).toEqual([]);
    });

    it('tells many early rounds in one step', () => {
        const rounds = Array.from({ length: 20 }, () => ({
            votes: { 1: '1' },
            exhausted: '0',
            eliminated: [],
            elected: [],
        }));
        const steps = storyOf(poll('1'), result('1', { rounds }));
        expect(steps.length).toBe(1 + 1 + 7 + 1);
        expect(steps[1]).toEqual({ is: 'rounds', from: 0, to: 12 });
        expect(steps[8]).toEqual({ is: 'rounds', from: 19, to: 19 });
    });

    it('of pairs tells the winner’s duels', () => {
        expect(storyOf(poll('1'), pairs)[1]).toEqual({
            is: 'duels',
            id: '2',
            won: 2,
            of: 2,
            dropped: 0,
        });
    });

    it('of scores shows bars', () => {
        expect(
            storyOf(poll('1', { form: 'approval' }), result('1', { scores: { 1: '1' } }))[1],
        ).toEqual({ is: 'bars' });
    });

    it('of STAR shows the points, then the duel that decided', () => {
        expect(storyOf(poll('1', { form: 'score' }), star).map((step) => step.is)).toEqual([
            'intro',
            'bars',
            'runoff',
            'podium',
        ]);
    });

    it('is short where only the order may be shown, or nobody voted', () => {
        expect(storyOf(poll('1'), result('1')).map((step) => step.is)).toEqual([
            'intro',
            'podium',
        ]);
        expect(storyOf(poll('1'), { ...irv, ballots: 0 }).map((step) => step.is)).toEqual([
            'intro',
            'podium',
        ]);
    });
});

describe('sentences', () => {
    it('say who won', () => {
        expect(winnerSentence(poll('1'), result('1'))).toBe('Idea 2 hat gewonnen');
        expect(winnerSentence(poll('1'), result('1', { winners: ['1', '2'] }))).toBe(
            'Idea 1 und Idea 2 haben gewonnen',
        );
        expect(winnerSentence(poll('1'), result('1', { winners: [] }))).toBe('Kein Sieger');
        expect(winnerSentence(poll('1'), result('1', { ballots: 0 }))).toBe(
            'Niemand hat abgestimmt',
        );
    });

    it('say who is ahead while the poll runs, and nobody has won yet', () => {
        const live = (winners: string[]) => result('1', { live: true, winners });
        expect(winnerSentence(poll('1'), live(['1']))).toBe('Idea 1 liegt vorn');
        expect(winnerSentence(poll('1'), live(['1', '2']))).toBe(
            'Idea 1 und Idea 2 liegen vorn',
        );
        const yesno = poll('1', {
            form: 'yesno',
            options: [
                { option: '1', code: 'yes' },
                { option: '2', code: 'no' },
            ],
        });
        expect(winnerSentence(yesno, live(['1']))).toBe('Bisher mehr Ja als Nein');
        expect(winnerSentence(yesno, live(['2']))).toBe('Bisher mehr Nein als Ja');
        const tied = result('1', { live: true, state: 'tie-decisive' });
        expect(stateSentence(poll('1'), tied)).toBe('');
    });

    it('say what came of a question of yes and no', () => {
        const yesno = poll('1', {
            form: 'yesno',
            options: [
                { option: '1', code: 'yes' },
                { option: '2', code: 'no' },
            ],
        });
        expect(winnerSentence(yesno, result('1', { winners: ['1'] }))).toBe('Angenommen');
        expect(winnerSentence(yesno, result('1', { winners: ['2'] }))).toBe('Abgelehnt');
        expect(winnerSentence(yesno, result('1', { winners: ['1', '2'] }))).toBe(
            'Unentschieden: gleich viele Ja wie Nein',
        );
        const tied = result('1', {
            winners: ['1', '2'],
            state: 'tie-decisive',
            scores: { 1: '3', 2: '3' },
            blank: 1,
        });
        expect(turnoutSentence(yesno, tied)).toBe(
            '10 Stimmzettel. Ja: 3, Nein: 3, Enthaltung: 1.',
        );
        expect(stateSentence(yesno, tied)).toBe('');
        expect(turnoutSentence(yesno, result('1', { winners: ['1'] }))).toBe('10 Stimmzettel.');
    });

    it('count ballots and blank ones', () => {
        expect(factsSentence(result('1', { ballots: 1 }))).toBe('1 Stimmzettel.');
        expect(factsSentence(result('1', { ballots: 1200, blank: 2 }))).toBe(
            '1.200 Stimmzettel. 2 davon waren leer.',
        );
    });

    it('tell each round and each tie', () => {
        expect(roundSentence(poll('1'), irv, 0)).toBe(
            'Idea 4 hat am wenigsten Stimmen und scheidet aus.',
        );
        const duel = { ...irv.rounds?.[0], eliminated: ['3'] } as Round;
        const lost = { ...irv, method: 'bottom-two-runoff', rounds: [duel] };
        expect(roundSentence(poll('1'), lost, 0)).toBe('Idea 3 scheidet aus.');
        expect(roundSentence(poll('1'), { ...irv, method: 'baldwin' }, 0)).toBe(
            'Idea 4 scheidet aus.',
        );
        const tied = (by: 'lot' | 'earlier-round') =>
            roundSentence(
                poll('1'),
                { ...irv, ties: [{ options: ['3', '4'], round: 1, by }] },
                0,
            );
        expect(tied('lot')).toBe(
            'Idea 3 und Idea 4 lagen am Ende gleichauf; das Los entschied: Idea 4 scheidet aus.',
        );
        expect(tied('earlier-round')).toBe(
            'Idea 3 und Idea 4 lagen am Ende gleichauf; in einer Runde davor hatte Idea 4 weniger und scheidet aus.',
        );
        expect(roundSentence(poll('1'), irv, 2)).toBe('Idea 2 hat mehr als die Hälfte.');
        const quota = { votes: { 1: '4', 2: '3', 3: '3' }, exhausted: '0', eliminated: [] };
        expect(
            roundSentence(poll('1'), { ...irv, rounds: [{ ...quota, elected: ['1'] }] }, 0),
        ).toBe('Idea 1 ist gewählt.');
        expect(
            tieSentences(
                poll('1'),
                result('1', { ties: [{ options: ['3', '1'], by: 'lot' }] }),
            ),
        ).toEqual([
            'Gleichstand von Idea 3 und Idea 1. Das Los entschied für Idea 3. Es stand schon fest, bevor abgestimmt wurde.',
        ]);
    });
});

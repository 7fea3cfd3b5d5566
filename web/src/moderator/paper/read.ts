/* Ballots as one types them from paper: the numbers of the options as they stand on the ballot,
 * "3 1 7", equal places "3=1", points "3:5", several equal ballots "3 1 7 x14", blank "0". */
import type { Ballot, Pile, Poll } from '../../lib/net/protocol';

/** A batch holds so many different ballots; the server has the same. */
export const PILES_MAX = 60;
export const COUNT_MAX = 10000;

const SEVERAL = /\s*[x×*]\s*(\d+)$/i;

/** null: there is no such option. */
function optionAt(poll: Poll, number: string): string | null {
    return /^\d+$/.test(number) ? (poll.options[Number(number) - 1]?.option ?? null) : null;
}

function places(poll: Poll, words: readonly string[]): string[][] | null {
    const ranking = words.map((word) =>
        word.split('=').map((number) => optionAt(poll, number) ?? ''),
    );
    const tied = ranking.some((place) => place.length > 1);
    const fits = ranking.length <= poll.ranks && (poll.ties || !tied);
    return fits ? ranking : null;
}

function points(poll: Poll, words: readonly string[]): [string, number][] | null {
    const max = poll.form === 'dots' ? (poll.dots ?? 0) : 5;
    const pairs = words.map((word): [string, number] => {
        const [number = '', value = ''] = word.split(':');
        return [optionAt(poll, number) ?? '', /^\d+$/.test(value) ? Number(value) : -1];
    });
    const sum = pairs.reduce((all, [, value]) => all + value, 0);
    const fits = pairs.every(([, value]) => value >= 0 && value <= max);
    if (!fits || (poll.form === 'dots' && sum > max)) return null;
    return poll.form === 'dots' ? pairs.filter(([, value]) => value > 0) : pairs;
}

/* Every option is on the ballot, and none stands there twice. */
const sound = (options: readonly string[]): boolean =>
    !options.includes('') && new Set(options).size === options.length;

function ballotOf(poll: Poll, words: readonly string[]): Ballot | null {
    if (poll.form === 'ranking') {
        const ranking = places(poll, words);
        return ranking && sound(ranking.flat()) ? { ranking } : null;
    }
    if (poll.form === 'approval') {
        const approval = words.map((word) => optionAt(poll, word) ?? '');
        return sound(approval) ? { approval } : null;
    }
    const pairs = points(poll, words);
    if (!pairs || !sound(pairs.map(([option]) => option))) return null;
    return poll.form === 'dots' ? { dots: pairs } : { score: pairs };
}

/** null: no ballot of this poll can be read from it. */
export function readPile(poll: Poll, line: string): Pile | null {
    const several = SEVERAL.exec(line.trim());
    const count = several ? Number(several[1]) : 1;
    const written = line.trim().replace(SEVERAL, '');
    if (count < 1 || count > COUNT_MAX || (written === '' && !several)) return null;
    const blank = written === '0' || written === '-';
    const words = blank ? [] : written.split(/[\s,;>]+/).filter((word) => word !== '');
    if (!blank && words.length === 0) return null;
    const ballot = ballotOf(poll, words);
    return ballot && { count, ballot };
}

/** Lays it on an equal pile if there is one. */
export function withPile(piles: readonly Pile[], pile: Pile): Pile[] {
    const same = JSON.stringify(pile.ballot);
    const at = piles.findIndex((one) => JSON.stringify(one.ballot) === same);
    if (at < 0) return [...piles, pile];
    return piles.map((one, i) => (i === at ? { ...one, count: one.count + pile.count } : one));
}

/** How many hands there were for an answer. */
export const handsFor = (piles: readonly Pile[], answer: 'yes' | 'no' | 'abstain'): number =>
    sumOf(piles.filter(({ ballot }) => 'answer' in ballot && ballot.answer === answer));

export const sumOf = (piles: readonly Pile[]): number =>
    piles.reduce((sum, pile) => sum + pile.count, 0);

/** Hands for yes, no and neither: what is 0 is no pile. */
export function handPiles(yes: number, no: number, abstain: number): Pile[] {
    const piles: Pile[] = [
        { count: yes, ballot: { answer: 'yes' } },
        { count: no, ballot: { answer: 'no' } },
        { count: abstain, ballot: { answer: 'abstain' } },
    ];
    return piles.filter((pile) => pile.count > 0);
}

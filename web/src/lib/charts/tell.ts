/* Reads a result for charts and sentences: who won, what each bar is, which duels there
 * were. Pure; numbers that may be fractions stay texts until they are drawn. */
import type { Poll, Result, Round } from '../net/protocol';

export interface Bar {
    id: string;
    value: string;
    /** 0 … 1 of the longest bar's room. */
    share: number;
    winner: boolean;
    /** It leaves the count after this round. */
    leaves: boolean;
}

/** "20", "20.5" or "7/3" as a number, for lengths only: no decision is made here. */
export function toNumber(value: string): number {
    const [above = '0', below] = value.split('/');
    return below ? Number(above) / Number(below) : Number(above);
}

/** Ids from the best, ties side by side. */
export const order = (result: Result): string[] => result.ranking.flat();

export function placeIn(result: Pick<Result, 'ranking'>, id: string): number {
    const index = result.ranking.findIndex((place) => place.includes(id));
    const before = result.ranking.slice(0, Math.max(0, index));
    return before.reduce((sum, place) => sum + place.length, 1);
}

function barsOf(
    values: Record<string, string>,
    ids: string[],
    room: number,
    result: Result,
): Bar[] {
    return ids
        .filter((id) => id in values)
        .map((id) => {
            const value = values[id] ?? '0';
            const share = room > 0 ? Math.max(0, toNumber(value)) / room : 0;
            return { id, value, share, winner: result.winners.includes(id), leaves: false };
        });
}

const largest = (values: Record<string, string>): number =>
    Math.max(0, ...Object.values(values).map(toNumber));

/** One bar for each option, in the order of the result; none where there are no scores. STAR
 * orders only whom it elects: there the longest bar comes first. */
export function scoreBars(result: Result): Bar[] {
    if (!result.scores) return [];
    const bars = barsOf(result.scores, order(result), largest(result.scores), result);
    return result.method === 'star' ? bars.sort((a, b) => b.share - a.share) : bars;
}

/** The duels that decide by STAR, one for each seat. */
export const runoffsOf = (result: Result): NonNullable<Result['duels']> =>
    result.method === 'star' ? (result.duels ?? []) : [];

/** The bars of one round, the strongest first; all rounds share one scale. */
export function roundBars(result: Result, index: number): Bar[] {
    const rounds = result.rounds ?? [];
    const round = rounds[index];
    if (!round) return [];
    const room = Math.max(...rounds.map((one) => largest(one.votes)), majority(round) ?? 0);
    const ids = order(result).filter((id) => id in round.votes);
    const bars = barsOf(round.votes, ids, room, result).map((bar) => ({
        ...bar,
        leaves: round.eliminated.includes(bar.id),
        winner: round.elected.includes(bar.id),
    }));
    return bars.sort((a, b) => b.share - a.share);
}

/** More than this many votes are more than half of those that still count. */
export function majority(round: Round): number | null {
    const votes = Object.values(round.votes).map(toNumber);
    const sum = votes.reduce((a, b) => a + b, 0);
    return sum > 0 ? sum / 2 : null;
}

/** Where the line of the majority stands on the bars' scale; for several seats there is none. */
export function majorityShare(poll: Poll, result: Result, index: number): number | null {
    if (poll.seats > 1) return null;
    const rounds = result.rounds ?? [];
    const round = rounds[index];
    const half = round ? majority(round) : null;
    if (half === null) return null;
    return half / Math.max(...rounds.map((one) => largest(one.votes)), half);
}

export interface Duel {
    other: string;
    for: number;
    against: number;
}

/** How one option fared against each other one, in the order of the result. */
export function duelsOf(result: Result, id: string): Duel[] {
    const pairwise = result.pairwise;
    const row = pairwise?.options.indexOf(id) ?? -1;
    if (!pairwise || row < 0) return [];
    return order(result).flatMap((other) => {
        const column = pairwise.options.indexOf(other);
        if (other === id || column < 0) return [];
        return [
            {
                other,
                for: pairwise.matrix[row]?.[column] ?? 0,
                against: pairwise.matrix[column]?.[row] ?? 0,
            },
        ];
    });
}

/** The matrix with rows and columns in the order of the result, at most `max` of them. */
export function pairwiseTable(
    result: Result,
    max: number,
): { ids: string[]; cells: number[][] } {
    const pairwise = result.pairwise;
    if (!pairwise) return { ids: [], cells: [] };
    const ids = order(result)
        .filter((id) => pairwise.options.includes(id))
        .slice(0, max);
    const index = ids.map((id) => pairwise.options.indexOf(id));
    return { ids, cells: index.map((a) => index.map((b) => pairwise.matrix[a]?.[b] ?? 0)) };
}

/** The option's words on this poll's ballot. */
export function optionOf(
    poll: Poll,
    id: string,
): { title: string; lang: string | undefined; code: 'yes' | 'no' | undefined } {
    const option = poll.options.find((one) => one.option === id);
    return { title: option?.title ?? '', lang: option?.lang, code: option?.code };
}

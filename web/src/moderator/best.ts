/* From one poll's result to the next poll's options: the best of it that can still be voted on. */
import type { Hall } from '../lib/net/hall';
import type { Idea, Poll } from '../lib/net/protocol';

/** So many a ballot may have. */
const OPTIONS_MAX = 200;

/** How many go on if nobody says else: about half, and no more than are ranked with care. */
export const suggested = (options: number): number =>
    Math.min(options, Math.max(3, Math.min(7, Math.ceil(options / 2))));

/** Can the best of this poll go on? */
export const givesBest = (poll: Poll): boolean =>
    (poll.state === 'closed' || poll.state === 'sealed') &&
    !poll.annulled &&
    poll.form !== 'yesno' &&
    poll.options.length > 2;

export interface Best {
    options: string[];
    /** Some at the border were as good as each other: all were taken, or none, being too many. */
    tied: 'no' | 'taken' | 'left';
}

/* What became of an idea since: merged into another, or not to be seen any more. */
function standing(hall: Hall, id: string): string | null {
    let idea: Idea | undefined = hall.ideas.get(id);
    const met = new Set<string>();
    while (idea?.state === 'merged' && idea.into && !met.has(idea.idea)) {
        met.add(idea.idea);
        idea = hall.ideas.get(idea.into);
    }
    return idea?.state === 'published' ? idea.idea : null;
}

/** The places of a result, as far as they stand: each idea once, at its best. */
export function placesOf(hall: Hall, ranking: readonly (readonly string[])[]): string[][] {
    const met = new Set<string>();
    return ranking
        .map((place) =>
            place.flatMap((id) => {
                const idea = standing(hall, id);
                if (idea === null || met.has(idea)) return [];
                met.add(idea);
                return [idea];
            }),
        )
        .filter((place) => place.length > 0);
}

/** The first `n` of these places. Those tied at the border go on together, if that does not make
 * them more than twice as many. */
export function bestOf(places: readonly (readonly string[])[], n: number): Best {
    const options: string[] = [];
    for (const place of places) {
        if (options.length >= n) break;
        const all = options.length + place.length;
        const most = Math.min(2 * n, OPTIONS_MAX);
        if (all > most && options.length > 1) return { options, tied: 'left' };
        options.push(...place);
        if (all > n) return { options: options.slice(0, OPTIONS_MAX), tied: 'taken' };
    }
    return { options, tied: 'no' };
}

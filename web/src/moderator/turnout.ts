/* How far a poll that runs has come: counts, of which none can be joined to a person. */
import type { Live, Poll } from '../lib/net/protocol';

export interface Turnout {
    online: number;
    /** Have begun or voted. */
    started: number;
    voted: number;
    /** May vote and have not: also those who went away. */
    left: number;
    /** What the others are parts of; never 0. */
    all: number;
}

/** Of `people`, where the poll says how many may vote; else of all who came in. */
export function turnoutOf(
    live: Live | null,
    { poll, people }: Pick<Poll, 'poll' | 'people'>,
): Turnout {
    const counters = live?.polls?.find((one) => one.poll === poll);
    const voted = counters?.voted ?? 0;
    const started = Math.max(counters?.started ?? 0, voted);
    const joined = Math.max(people ?? live?.joined ?? 0, started);
    return {
        online: live?.online ?? 0,
        started,
        voted,
        left: joined - voted,
        all: Math.max(joined, 1),
    };
}

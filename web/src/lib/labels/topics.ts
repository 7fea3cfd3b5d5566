/* Which tags some ideas have. */
import type { Hall } from '../net/hall';
import type { Label } from '../net/protocol';

export interface Topics {
    /** The event's tags that one of the ideas has, in the event's order. */
    all: readonly Label[];
    /** An idea's tags. Of one that is not shown by itself any more none is known: it stands on a
     * ballot still, and is found under each. */
    of: (idea: string) => readonly string[];
    /** The tags that an idea is known to have. */
    named: (idea: string) => readonly string[];
}

export function topicsOf(hall: Hall | undefined, ideas: readonly string[]): Topics {
    const known = hall?.event?.tags ?? [];
    const has = (idea: string) => hall?.ideas.get(idea)?.tags ?? [];
    const used = new Set(ideas.flatMap(has));
    const all = known.filter((tag) => used.has(tag.label));
    const of = (idea: string) => {
        const state = hall?.ideas.get(idea)?.state;
        const gone = state === undefined || state === 'merged' || state === 'gone';
        return gone ? all.map(({ label }) => label) : has(idea);
    };
    return { all, of, named: has };
}

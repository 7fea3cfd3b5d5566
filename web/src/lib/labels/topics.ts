/* Which tags some ideas have. */
import type { Hall } from '../net/hall';
import type { Label } from '../net/protocol';

export interface Topics {
    /** The event's tags that one of the ideas has, in the event's order. */
    all: readonly Label[];
    /** An idea's tags; all of them if it has none that is known: it is found under each. */
    of: (idea: string) => readonly string[];
}

export function topicsOf(hall: Hall | undefined, ideas: readonly string[]): Topics {
    const known = hall?.event?.tags ?? [];
    const has = (idea: string) => hall?.ideas.get(idea)?.tags ?? [];
    const used = new Set(ideas.flatMap(has));
    const all = known.filter((tag) => used.has(tag.label));
    const of = (idea: string) => {
        const tags = has(idea).filter((tag) => known.some(({ label }) => label === tag));
        return tags.length > 0 ? tags : all.map(({ label }) => label);
    };
    return { all, of };
}

/* Which tags some ideas have. */
import type { Hall } from '../net/hall';
import type { Label } from '../net/protocol';

export interface Topics {
    /** The event's tags that one of the ideas has, in the event's order. */
    all: readonly Label[];
    /** An idea's tags. */
    of: (idea: string) => readonly string[];
}

export function topicsOf(hall: Hall | undefined, ideas: readonly string[]): Topics {
    const of = (idea: string) => hall?.ideas.get(idea)?.tags ?? [];
    const used = new Set(ideas.flatMap(of));
    const all = (hall?.event?.tags ?? []).filter((tag) => used.has(tag.label));
    return { all, of };
}

/* Which challenges some ideas are for. */
import type { Idea, Label } from '../net/protocol';

type Named = readonly Label[] | undefined;

/** The event's challenges that one of the ideas is for, in the event's order. */
export function challengesOf(all: Named, ideas: readonly Idea[]): Label[] {
    const has = new Set(ideas.map((idea) => idea.challenge));
    return (all ?? []).filter(({ label }) => has.has(label));
}

/** The ideas for one, as a poll takes them. */
export const ideasFor = (ideas: readonly Idea[], challenge: string): string[] =>
    ideas.filter((idea) => idea.challenge === challenge).map(({ idea }) => idea);

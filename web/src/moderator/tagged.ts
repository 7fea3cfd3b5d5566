/* A poll's options from a tag. */
import type { Idea, Label } from '../lib/net/protocol';

/** The ideas with a tag, as a poll takes them. */
export const ofTag = (ideas: readonly Idea[], tag: string): string[] =>
    ideas.filter((idea) => idea.tags?.includes(tag)).map((idea) => idea.idea);

/** The tags that any of the ideas has. */
export const tagged = (tags: readonly Label[], ideas: readonly Idea[]): Label[] =>
    tags.filter((tag) => ofTag(ideas, tag.label).length > 0);

/** All of them on the ballot; if they were there already, none. */
export function withTag(options: readonly string[], ideas: readonly string[]): string[] {
    const missing = ideas.filter((id) => !options.includes(id));
    if (missing.length > 0) return [...options, ...missing];
    return options.filter((id) => !ideas.includes(id));
}

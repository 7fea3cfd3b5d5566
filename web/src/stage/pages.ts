/* The idea wall of an event with challenges: one challenge at a time. */
import { challengesOf } from '../lib/labels/challenges';
import type { Idea, Label } from '../lib/net/protocol';

/** How long one stands before the next comes. */
export const PAGE_MS = 12_000;
/** How long one stands at least, whatever comes. */
export const READ_MS = 4000;

/** The challenges that have ideas, by id in the event's order; last '' for the ideas without one. */
export function pagesOf(
    challenges: readonly Label[] | undefined,
    ideas: readonly Idea[],
): string[] {
    const some = challengesOf(challenges, ideas).map(({ label }) => label);
    const rest = some.length > 0 && ideas.some(({ challenge }) => !challenge);
    return rest ? [...some, ''] : some;
}

/** Which one comes after this; the first after the last, and after one that is gone. */
export const pageAfter = (pages: readonly string[], page: string): string =>
    pages[(pages.indexOf(page) + 1) % pages.length] ?? '';

/** Tells of the ideas which are new since it was last asked; the first time none is. */
export function newcomers(): (ideas: readonly Idea[]) => Idea[] {
    let known: ReadonlySet<string> | null = null;
    return (ideas) => {
        const before = known;
        known = new Set(ideas.map(({ idea }) => idea));
        return before ? ideas.filter(({ idea }) => !before.has(idea)) : [];
    };
}

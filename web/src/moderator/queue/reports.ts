/* What people have reported: how many, and why. Never who. */
import type { Idea, Reason } from '../../lib/net/protocol';

/** How many people, by their reason; the most frequent first. */
export function reportsOf(idea: Idea): [Reason, number][] {
    const reports = Object.entries(idea.reports ?? {}) as [Reason, number][];
    return reports.filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
}

export const reportCount = (idea: Idea): number =>
    reportsOf(idea).reduce((sum, [, n]) => sum + n, 0);

/** Does it wait for somebody to look? What is hidden does so no more. */
export const isReported = (idea: Idea): boolean =>
    idea.state === 'published' && reportCount(idea) > 0;

/* One act with all ticked ideas, over the same requests as with a single one. What was done loses
 * its tick; what was refused keeps it, with the reason beside the idea. */
import { t } from '../../lib/i18n/index.svelte';
import type { Idea, Request } from '../../lib/net/protocol';
import { announce } from '../../lib/ui/announce.svelte';
import type { Desk } from '../desk.svelte';
import { seenAt } from './deeds';

/** Sends what `request` makes of each idea as it is by then; null: nothing is to be done with it.
 * An idea that has another state since the beginning was treated by somebody else. */
export async function actOnAll(
    desk: Desk,
    ideas: readonly Idea[],
    request: (idea: Idea) => Request | null,
): Promise<void> {
    const { queue } = desk;
    const { many } = queue;
    if (many.running) return;
    const needed = ideas.filter((idea) => request(idea));
    queue.untick(ideas.filter((idea) => !needed.includes(idea)).map(({ idea }) => idea));
    await many.run(needed, async ({ idea, state }) => {
        const now = queue.idea(idea);
        const deed = now?.state === state ? request(now) : null;
        const outcome = deed && (await desk.act(`idea:${idea}`, deed));
        if (outcome?.ok !== false) queue.untick([idea]);
        return outcome;
    });
    const said = t('queue.done', { n: many.done - many.refused - many.skipped });
    announce(many.skipped > 0 ? `${said}. ${t('queue.faster', { n: many.skipped })}` : said);
}

/** The request that gives an idea these tags besides its own; null if it has them all. */
export function tagged(idea: Idea, tags: readonly string[]): Request | null {
    const own = idea.tags ?? [];
    const all = [...new Set([...own, ...tags])];
    return all.length === own.length ? null : { op: 'idea.tag', idea: idea.idea, tags: all };
}

/** The request that makes an idea one for this challenge, '0' for none; null if it is that. */
export function forChallenge(idea: Idea, challenge: string): Request | null {
    if (challenge === (idea.challenge ?? '0')) return null;
    const said = challenge === '0' ? {} : { challenge };
    return { op: 'idea.challenge', idea: idea.idea, ...said };
}

/** Merges all others into the one that stays. They are few and go at once, also while many other
 * acts are on their way. */
export async function mergeAll(
    desk: Desk,
    ideas: readonly Idea[],
    keep: string,
): Promise<void> {
    const { queue } = desk;
    const others = ideas.map(({ idea }) => idea).filter((idea) => idea !== keep);
    queue.untick([keep]);
    const seen = seenAt(desk);
    const merge = async (idea: string): Promise<boolean> => {
        const request = { op: 'idea.merge' as const, idea, into: keep, seen };
        const { ok } = await desk.act(`idea:${idea}`, request);
        if (ok) queue.untick([idea]);
        return ok;
    };
    const done = (await Promise.all(others.map(merge))).filter(Boolean).length;
    const refused = others.length - done;
    const said = t('queue.done', { n: done });
    announce(refused > 0 ? `${said}. ${t('queue.refused', { n: refused })}` : said);
}

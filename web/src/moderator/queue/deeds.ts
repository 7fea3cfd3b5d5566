/* What is done with one idea, by a button or by a key. */
import { t } from '../../lib/i18n/index.svelte';
import type { Idea, Request } from '../../lib/net/protocol';
import { announce } from '../../lib/ui/announce.svelte';
import type { Desk, Followed, IdeaWork } from '../desk.svelte';
import { reportsOf } from './reports';

export const isAlive = (idea: Idea): boolean =>
    idea.state === 'pending' || idea.state === 'published';
export const mayRelease = (idea: Idea): boolean =>
    idea.state === 'pending' || idea.state === 'hidden';

/** Says whether it was done; while the same idea is under way nothing is sent. */
export async function once(desk: Desk, request: Request & { idea: string }): Promise<boolean> {
    const { underWay } = desk.queue.own;
    if (underWay.has(request.idea)) return false;
    underWay.add(request.idea);
    const outcome = await desk.act(`idea:${request.idea}`, request);
    underWay.delete(request.idea);
    return outcome.ok;
}

/** What this screen shows: nothing that was written since is acted on unread. */
export const seenAt = (desk: Desk): number => desk.session?.hall.pos ?? 0;

export const releasing = (desk: Desk, idea: string) => ({
    op: 'idea.release' as const,
    idea,
    seen: seenAt(desk),
});

export async function release(desk: Desk, { idea, title = '' }: Idea): Promise<void> {
    if (await once(desk, releasing(desk, idea))) announce(t('desk.said.released', { title }));
}

/** What was reported may stay. */
export async function findFine(desk: Desk, { idea, title = '' }: Idea): Promise<void> {
    if (await once(desk, { op: 'idea.clear', idea })) announce(t('desk.said.fine', { title }));
}

export async function split(desk: Desk, { idea, title = '' }: Idea): Promise<void> {
    if (await once(desk, { op: 'idea.split', idea })) announce(t('desk.said.split', { title }));
}

/** What was said last of what became of an idea. */
export const followedOf = ({ follow }: Idea): Followed => ({
    state: follow?.state ?? '',
    department: follow?.department ?? '',
    note: follow?.note ?? '',
    next: follow?.next ?? '',
});

function freshWork(idea: Idea, is: IdeaWork['is']): IdeaWork {
    const { title = '', text = '', tags = [], challenge = '0' } = idea;
    const works: Record<IdeaWork['is'], IdeaWork> = {
        edit: { is: 'edit', title, text, from: { title, text } },
        hide: { is: 'hide', reason: reportsOf(idea)[0]?.[0] ?? '', note: '' },
        merge: { is: 'merge', query: '' },
        ban: { is: 'ban' },
        tag: { is: 'tag', tags, from: tags },
        challenge: { is: 'challenge', challenge, from: challenge },
        follow: { is: 'follow', ...followedOf(idea), from: followedOf(idea) },
    };
    return works[is];
}

/** Opens the form of something that needs more words. */
export function begin(desk: Desk, idea: Idea, is: IdeaWork['is']): void {
    desk.takeUp(idea.idea, freshWork(idea, is));
}

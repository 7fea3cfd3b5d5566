/* What is done with one idea, by a button or by a key. */
import { t } from '../../lib/i18n/index.svelte';
import type { Idea } from '../../lib/net/protocol';
import { announce } from '../../lib/ui/announce.svelte';
import type { Desk, IdeaWork } from '../desk.svelte';

export const isAlive = (idea: Idea): boolean =>
    idea.state === 'pending' || idea.state === 'published';
export const mayRelease = (idea: Idea): boolean =>
    idea.state === 'pending' || idea.state === 'hidden';

export async function release(desk: Desk, { idea, title = '' }: Idea): Promise<void> {
    const outcome = await desk.act(`idea:${idea}`, { op: 'idea.release', idea });
    if (outcome.ok) announce(t('desk.said.released', { title }));
}

export async function split(desk: Desk, { idea, title = '' }: Idea): Promise<void> {
    const outcome = await desk.act(`idea:${idea}`, { op: 'idea.split', idea });
    if (outcome.ok) announce(t('desk.said.split', { title }));
}

/** Opens the form of something that needs more words. */
export function begin(desk: Desk, idea: Idea, is: IdeaWork['is']): void {
    const { title = '', text = '', tags = [] } = idea;
    const works: Record<IdeaWork['is'], IdeaWork> = {
        edit: { is: 'edit', title, text },
        hide: { is: 'hide', reason: '', note: '' },
        merge: { is: 'merge', query: '' },
        tag: { is: 'tag', tags },
    };
    desk.setWork(idea.idea, works[is]);
}

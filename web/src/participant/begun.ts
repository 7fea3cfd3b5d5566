/* Tells the server once for each poll that a ballot was begun here, and nothing of it: the desk
 * sees how many are at it. */
import type { Poll } from '../lib/net/protocol';
import type { Session } from '../lib/state/session.svelte';

const told = new Set<string>();

/** Not worth a letter that waits for a line: then the next touch tells it. */
export function tellBegun(session: Session | null, { poll, uid, reopened }: Poll): void {
    if (!session || session.line !== 'open') return;
    const key = [session.event, session.hall.me?.person, uid, reopened].join(' ');
    if (told.has(key)) return;
    told.add(key);
    void session.send({ op: 'begin', poll });
}

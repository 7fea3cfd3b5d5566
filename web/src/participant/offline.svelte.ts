/* So that the page starts without its server: the worker, the files that this page is made of,
 * and what it knew last. On plain http there is no worker, and nothing of this happens. */
import { locale } from '../lib/i18n/index.svelte';
import { emptyHall, LAST_HALL } from '../lib/net/hall';
import type { EventInfo, Idea, Me, Poll, Result } from '../lib/net/protocol';
import type { Session } from '../lib/state/session.svelte';
import { CACHE, filesUsed, hasWorker, startWorker } from './worker';

const PAUSE_MS = 500;

interface Kept {
    event: EventInfo;
    me: Me | null;
    ideas: Idea[];
    polls: Poll[];
    results: Result[];
}

let served: Session | null = null;
/* All files are kept that the page has used. */
let complete = false;
let stop: () => void = () => undefined;

/** Once the server has answered and all that the page needs is here. Throws where the browser
 * refuses: then there is no start without a server. */
export async function prepare(session: Session): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    if (served === session) return complete ? undefined : keepFiles(session);
    if (!(await hasWorker())) return;
    stop();
    stop = remember(session);
    await startWorker();
    served = session;
}

function remember(session: Session): () => void {
    return $effect.root(() => {
        const pos = $derived(session.hall.pos);
        const me = $derived(session.hall.me);
        const known = $derived(pos > 0 && me !== undefined);
        $effect(() => {
            void session.hall.results; // one may come by itself
            if (pos === 0 || me === undefined) return undefined;
            const timer = setTimeout(() => void keepHall(session), PAUSE_MS);
            return () => clearTimeout(timer);
        });
        $effect(() => {
            if (known && locale()) void keepFiles(session).catch(() => undefined);
        });
    });
}

async function keepHall({ hall, keep, line }: Session): Promise<void> {
    const { event, me, ideas, polls, results } = hall;
    if (!event || line === 'ended') return;
    const lists = {
        ideas: [...ideas.values()],
        polls: [...polls.values()],
        results: [...results.values()],
    };
    await keep.set(LAST_HALL, { event, me, ...lists } satisfies Kept).catch(() => undefined);
}

/** Shows what was known last, until the server answers: that replaces all of it. */
export async function recall(session: Session): Promise<void> {
    if (session.hall.event) return;
    const kept = (await session.keep.get(LAST_HALL).catch(() => undefined)) as Kept | undefined;
    if (kept?.event.event !== session.event || session.hall !== emptyHall) return;
    session.hall = {
        ...emptyHall,
        event: kept.event,
        me: kept.me,
        ideas: new Map(kept.ideas.map((idea) => [idea.idea, idea])),
        polls: new Map(kept.polls.map((poll) => [poll.poll, poll])),
        results: new Map(kept.results.map((result) => [result.poll, result])),
    };
}

/* The page that runs and the files it has used. A page that the server has since replaced
 * would name other files: it is kept when it runs itself. The page comes last: where it is,
 * everything is that a start needs. */
async function keepFiles(session: Session): Promise<void> {
    complete = false;
    const running = document.querySelector('script[type=module]')?.textContent ?? '';
    const page = await fetch('/', { redirect: 'error' });
    if (!page.ok) return;
    const cache = await caches.open(CACHE);
    if (!(await page.clone().text()).includes(running)) {
        await cache.delete('/'); // the next start waits for the new one, however slow the line
        return;
    }
    const used = filesUsed();
    await cache.addAll(used);
    await keepHall(session);
    await cache.put('/', page);
    for (const { url } of await cache.keys()) {
        const { pathname } = new URL(url);
        if (pathname !== '/' && !used.includes(pathname)) await cache.delete(url);
    }
    complete = true;
}

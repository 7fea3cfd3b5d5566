/* The page without its server, on https and localhost: the server's own page while it answers,
 * else the one that this phone keeps. It keeps nothing itself: the page knows what it needs, and
 * puts that into the cache (participant/offline.svelte.ts). Everything but the participant's
 * page, the tablet's (kiosk/offline.ts) and hashed files passes by. */
export {};

interface Lasting extends Event {
    waitUntil(work: Promise<unknown>): void;
}
interface Asking extends Lasting {
    request: Request;
    respondWith(answer: Promise<Response>): void;
}
declare const registration: ServiceWorkerRegistration;

/* Also in participant/worker.ts; another name when what is kept changes its form. */
const CACHE = 'stimmwerk-1';
const PATIENCE_MS = 3000;

const kept = (what: Request | string) => caches.match(what, { ignoreVary: true });

/* To its last byte: a line may die in the middle of a page. */
async function whole(request: Request): Promise<Response> {
    const { ok, redirected, headers, body } = await fetch(request);
    if (!ok || redirected) throw new Error('not the page itself');
    return new Response(await new Response(body).blob(), { headers });
}

/* Whatever is not the page itself (a portal's, a proxy's "busy") counts as no answer. */
/* The phone's page has two addresses, the tablet's one; of others nothing is kept. */
const shellOf = (path: string): string | undefined =>
    /^\/(kiosk)?$/.exec(path.replace(/^\/j$/, '/'))?.[0];

async function page(request: Request, name: string): Promise<Response> {
    const shell = await kept(name);
    if (!shell) return fetch(request);
    const fresh = whole(request).catch(() => shell);
    const late = new Promise<Response>((take) => setTimeout(take, PATIENCE_MS, shell));
    return Promise.race([fresh, late]);
}

async function asset(request: Request): Promise<Response> {
    return (await kept(request)) ?? fetch(request);
}

async function forget(left: (name: string) => boolean): Promise<void> {
    const names = await caches.keys();
    await Promise.all(names.filter(left).map((name) => caches.delete(name)));
}

/* Under this address is a server without a worker now: so this one is not wanted. */
async function stepAside(): Promise<void> {
    const own = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    if (own.status !== 404 && own.status !== 410) return;
    await forget(() => true);
    await registration.unregister();
}

addEventListener('activate', (event) => {
    (event as Lasting).waitUntil(forget((name) => name !== CACHE));
});

addEventListener('fetch', (event) => {
    const asking = event as Asking;
    const { request } = asking;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin) return;
    if (pathname.startsWith('/assets/')) return asking.respondWith(asset(request));
    const shell = shellOf(pathname);
    if (request.mode !== 'navigate' || !shell) return;
    asking.respondWith(page(request, shell));
    asking.waitUntil(stepAside().catch(() => undefined));
});

/* So that the tablet's page starts without its server: the page and its files are kept, and nothing
 * of anybody. On plain http there is no worker, and nothing of this happens. */
import { CACHE, filesUsed, hasWorker, startWorker } from '../participant/worker';

const PAGE = '/kiosk';

/** Once the server has answered and all words are here. Throws where the browser refuses. */
export async function keepPage(): Promise<void> {
    if (!('serviceWorker' in navigator) || !(await hasWorker())) return;
    await startWorker();
    const cache = await caches.open(CACHE);
    const used = filesUsed();
    const page = await fetch(PAGE, { redirect: 'error' });
    const text = await page.clone().text();
    /* A newer page names files that this one has not used: it is kept when it runs itself. */
    const named = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)];
    if (!page.ok || !named.every(([, path]) => used.includes(path ?? ''))) {
        await cache.delete(PAGE);
        return;
    }
    await cache.addAll(used);
    await cache.put(PAGE, page);
    if (await cache.match('/')) return; // a phone's page is kept here too, with files of its own
    for (const { url } of await cache.keys()) {
        const { pathname } = new URL(url);
        if (pathname !== PAGE && !used.includes(pathname)) await cache.delete(url);
    }
}

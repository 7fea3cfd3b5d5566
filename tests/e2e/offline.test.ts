/* A start without the server: what the phone keeps, what it takes for the page, and when a
 * new version comes. 127.0.0.1 is as good as https to Chromium. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, seatAt, test } from './fixtures';
import { Hall } from './hall';
import { Network } from './proxy';

const STORED = 'Deine Stimme ist gespeichert';

const kept = (page: Page): Promise<string[]> =>
    page.evaluate(async () => {
        const found: string[] = [];
        for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys())
                found.push(new URL(url).pathname.replace(/-[\w-]{8}\./, '.'));
        return found;
    });
const workers = (page: Page): Promise<number> =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

/** Everything is here that a start without the server needs. */
async function prepared(page: Page): Promise<void> {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => kept(page)).toContain('/');
}

async function isWhereOneWas(page: Page): Promise<void> {
    await expect(page.getByRole('heading', { name: 'Was zuerst?' })).toBeVisible();
    await expect(page.getByText('Auf diesem Gerät gespeichert')).toBeVisible();
}

/** Another version's pages: the first thing that they say is different. */
function newVersion(folder: string): void {
    const path = join(folder, 'index.html');
    const html = readFileSync(path, 'utf8').replace('<title>', '<meta name="next" /><title>');
    for (const packed of ['.br', '.gz']) rmSync(path + packed);
    writeFileSync(path, html);
}

test('without its server the page starts with all it knows, and takes a new version at the next start', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    const place = await seatAt(browser, hall, complaints);
    const network = await Network.before(hall.url);
    await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join({ base: network.url, locale: 'bg' });
    await page.getByLabel('Език').selectOption('de');
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await page.getByRole('button', { name: 'Kino' }).click();
    await prepared(page);
    await hall.stop('SIGKILL');

    await page.reload();
    await expect(page.getByRole('button', { name: 'Kino', pressed: true })).toBeVisible();
    await page.getByRole('button', { name: 'Prüfen' }).click();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await isWhereOneWas(page); // until that is said it is a draft
    await page.reload();
    await isWhereOneWas(page);

    await test.step('a portal, a proxy and silence are not taken for the page', async () => {
        const portal = 'HTTP/1.1 302 Found\r\nLocation: /hotel\r\nContent-Length: 0\r\n\r\n';
        const proxy = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\noops';
        for (network.instead of [portal, proxy]) {
            await page.goto(`${network.url}/j`);
            await expect(page.getByText('Was zuerst?')).toBeVisible();
        }
        network.instead = '';
        network.deaf = true;
        await page.reload();
        await expect(page.getByText('Was zuerst?')).toBeVisible();
        network.deaf = false;
        network.cut();
    });

    await test.step('a new version comes at the next start', async () => {
        hall.web = hall.copyPages();
        newVersion(hall.web);
        await hall.start();
        await expect(page.getByText(STORED)).toBeVisible();
        await expect(async () => {
            await page.reload(); // a server that is slow to answer is not waited for
            await expect(page.locator('meta[name=next]')).toHaveCount(1, { timeout: 1000 });
        }).toPass();
        await expect(page.getByText(STORED)).toBeVisible();
    });

    await test.step('where there is no worker any more, this one goes', async () => {
        await hall.stop();
        rmSync(join(hall.web, 'sw.js'));
        await hall.start();
        await page.reload();
        await expect.poll(() => workers(page)).toBe(0);
    });
    await page.context().close();
    await network.close();
    await hall.close();
});

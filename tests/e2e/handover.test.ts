/* A tablet goes from one to the next: whatever happens in between, nobody is taken for somebody
 * else, and nobody is thanked for what has not arrived. */
import { both } from './axe';
import { expect, test } from './fixtures';
import { Phone } from './phone';
import { Network } from './proxy';
import {
    castAndGo,
    counted,
    hafen,
    openLosing,
    left,
    nothing,
    tablet,
    typeIn,
    upright,
    vote,
} from './tablet';

const LOST = /nicht angekommen\. Gib den Code deiner Karte ein/;

test('who wakes a tablet that has slept is not the one before', async ({ place }) => {
    const { hall } = place;
    const { event, codes } = await hafen(hall, 1);
    const page = await place.open(`/kiosk#${event.code}`, tablet);
    await page.clock.install();
    await page.reload();
    await typeIn(page, codes[0] ?? '');
    await vote(page, 'Skatepark');
    await page.clock.setSystemTime(Date.now() + 600_000); // no timer has run meanwhile
    await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
    expect(await page.content()).not.toMatch(/Skatepark/);
    await expect(page.getByRole('button', { name: 'Quittung zeigen' })).toHaveCount(0);
    expect(await page.context().cookies()).toEqual([]);
});

test('who takes the card along before the vote is there is told, and nothing stays', async ({
    place,
}) => {
    const { hall } = place;
    const { event, codes, poll } = await hafen(hall, 1);
    const network = await Network.before(hall.url);
    const page = await place.open(`/kiosk#${event.code}`, { ...tablet, base: network.url });
    await typeIn(page, codes[0] ?? '');
    await page.getByRole('button', { name: 'Abstimmen' }).click();
    await page.getByRole('button', { name: 'Skatepark' }).click();
    await page.getByRole('button', { name: 'Prüfen' }).click();
    network.away = true;
    network.cut();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await page.getByRole('button', { name: 'Ich bin fertig' }).click();
    await expect(page.getByRole('heading', { name: 'Noch einen Moment' })).toBeVisible();
    const elsewhere = await Phone.join(hall.url, event.code, { code: codes[0] ?? '' });
    network.away = false;
    await expect(page.getByText(LOST)).toBeVisible();
    await both(page, 'kiosk, something is lost');
    await page.setViewportSize(upright);
    await both(page, 'kiosk, something is lost, upright');
    expect(await left(page)).toBe(nothing);
    expect(await page.context().cookies()).toEqual([]);
    expect(await counted(hall, event.code, poll)).toBe(0);
    elsewhere.hangUp();
    await network.close();
});

test('what was refused after a reload is said', async ({ place }) => {
    const { hall } = place;
    const { event, codes, poll } = await hafen(hall, 1);
    const page = await place.open('/kiosk', tablet);
    const line = await openLosing(page, hall, event.code);
    await typeIn(page, codes[0] ?? '');
    await castAndGo(page, 'Skatepark');
    expect(await counted(hall, event.code, poll)).toBe(0);
    line.loses = false;
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Gib den Code' })).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: /Abstimmung/ })).toBeVisible();
    expect(await left(page)).toBe(nothing);
});

test('two pages of one browser do not mix their people', async ({ place }) => {
    const { hall } = place;
    const { event, codes } = await hafen(hall, 2);
    const network = await Network.before(hall.url);
    const page = await place.open(`/kiosk#${event.code}`, { ...tablet, base: network.url });
    await typeIn(page, codes[0] ?? '');
    await vote(page, 'Skatepark');
    const other = await page.context().newPage();
    await other.setViewportSize(tablet.viewport);
    await other.goto(`${network.url}/m`); // the page itself would begin by leaving
    const joined = await other.evaluate(async (code) => {
        const body = JSON.stringify({ code });
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch('/join', { method: 'POST', headers, body })).status;
    }, codes[1] ?? '');
    expect(joined).toBe(200);
    network.cut();
    await expect(page.getByRole('heading', { name: 'Gib den Code' })).toBeVisible();
    expect(await page.content()).not.toMatch(/Skatepark/);
    await network.close();
});

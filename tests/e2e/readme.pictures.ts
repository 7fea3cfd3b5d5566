/* The three pictures of the README, into docs/images. */
import type { Page } from '@playwright/test';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { fill } from './scenery';

const images = join(import.meta.dirname, '../../docs/images');
const font = join(
    import.meta.dirname,
    'node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
);
const BYTES_MAX = 150_000;

/* A phone shows its own typeface; a build machine seldom has a good one. */
async function withGoodType(page: Page): Promise<void> {
    await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
        const face = await new FontFace('Phone', bytes, { weight: '200 900' }).load();
        document.fonts.add(face);
        document.documentElement.style.setProperty('--font', 'Phone');
    }, readFileSync(font).toString('base64'));
}

async function take(page: Page, name: string): Promise<void> {
    const path = join(images, `${name}.png`);
    await page.waitForTimeout(800);
    await page.screenshot({ path });
    expect(statSync(path).size, name).toBeLessThanOrEqual(BYTES_MAX);
}

test('the pictures of the README', async ({ place }) => {
    mkdirSync(images, { recursive: true });
    const { hall, event } = place;
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1280, height: 720 },
    });
    const moderator = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 720 },
    });
    const scenery = await fill(place, 42);
    const poll = await scenery.open('Was machen wir zuerst?');
    await scenery.vote(poll, 31);
    await take(moderator, 'desk');

    const phone = await place.join({ viewport: { width: 390, height: 720 } });
    await withGoodType(phone);
    await phone.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    for (const title of ['Nachtbus', 'Repair', 'Freies WLAN']) {
        await phone.getByRole('button', { name: title }).click();
    }
    await phone.evaluate(() => scrollTo(0, 0));
    await take(phone, 'phone');

    await scenery.vote(poll, 0);
    await scenery.close(poll);
    await expect(wall.getByText('So wurde gezählt')).toBeVisible();
    await wall.keyboard.press('ArrowRight');
    await wall.keyboard.press('ArrowRight');
    await expect(wall.getByText('hat gewonnen')).toBeVisible();
    await take(wall, 'stage');
});

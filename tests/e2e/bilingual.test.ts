/* The wall of an event in two languages, and the hall's Wi-Fi on it. */
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { both, clean } from './axe';
import { expect, seatAt, test } from './fixtures';
import { fits, sizes } from './onwall';

const question = 'Womit soll die Stadt im kommenden Jahr zuerst beginnen, und wer hilft dabei?';
const titles = [
    'Kino unter freiem Himmel',
    'Mehr Bänke im Park',
    'Skatepark am Bahnhof',
    'Lesecafé',
];
const wifi = {
    op: 'wifi',
    name: 'Rathaus-Gast',
    password: 'Halle 0O-2026',
    shown: true,
};

/* What is beneath can be read from the last row, and stands beneath. */
async function readable(wall: Page, name: string): Promise<void> {
    const found = await wall.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.second')]
            .filter((one) => one.checkVisibility())
            .map((one) => {
                const size = parseFloat(getComputedStyle(one).fontSize);
                const first = parseFloat(
                    getComputedStyle(one.parentElement as Element).fontSize,
                );
                const small = size < 0.022 * innerHeight - 0.1 ? `small ${size}` : '';
                const large = size > first ? `larger than ${first}` : '';
                return { said: one.textContent, fault: small + large };
            }),
    );
    expect(found.length, name).toBeGreaterThan(0);
    expect(
        found.filter(({ fault }) => fault !== ''),
        name,
    ).toEqual([]);
}

/* In all sizes; with a folder in STIMMWERK_PICTURES pictures are kept. */
async function looked(wall: Page, name: string): Promise<void> {
    await fits(wall, name);
    await wall.setViewportSize(sizes[2] ?? { width: 1920, height: 1080 });
    await readable(wall, name);
    const folder = process.env['STIMMWERK_PICTURES'];
    if (!folder) return;
    for (const size of sizes.slice(1))
        for (const colorScheme of ['dark', 'light'] as const) {
            await wall.evaluate(
                (theme) => (document.documentElement.dataset['theme'] = theme),
                colorScheme,
            );
            await wall.setViewportSize(size);
            const path = join(folder, `${name}-${size.width}-${colorScheme}.png`);
            await wall.screenshot({ path });
        }
    await wall.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    await wall.setViewportSize(sizes[2] ?? { width: 1920, height: 1080 });
}

const halls = [
    {
        langs: 'de,bg',
        page: 'de',
        join: ['Mach mit', 'Включи се'],
        voteNow: ['Jetzt abstimmen', 'Гласувай сега'],
        story: ['So wurde gezählt', 'Така се броеше'],
    },
    {
        langs: 'en,ar',
        page: 'en',
        join: ['Join in', 'شاركوا معنا'],
        voteNow: ['Vote now', ''],
        story: ['', ''],
    },
] as const;

for (const { langs, page, join: joins } of halls) {
    test(`a wall in ${langs} says each sentence twice, and nothing leaves it`, async ({
        browser,
        hall,
        complaints,
    }) => {
        test.slow();
        const [, other = ''] = langs.split(',');
        const place = await seatAt(browser, hall, complaints, langs);
        const wall = await place.open(place.event.stage, { viewport: sizes[2] ?? null });
        await wall.emulateMedia({ reducedMotion: 'reduce' });
        const beneath = (text: string) =>
            wall.locator(`.second[lang=${other}]`, { hasText: text });
        await expect(beneath(joins[1]).first()).toBeVisible();
        await expect(wall.locator('html')).toHaveAttribute('lang', page);
        await expect(wall.getByRole('heading', { level: 2 })).toContainText(joins[0]);
        expect(await beneath('').first().getAttribute('dir')).toBe(
            other === 'ar' ? 'rtl' : 'ltr',
        );
        await looked(wall, `${langs} join`);
        await place.desk.ask(wifi);
        await expect(wall.getByText('Halle 0O-2026')).toBeVisible();
        await looked(wall, `${langs} wifi`);
        await clean(wall, `${langs} wifi`);

        const ideas = await Promise.all(titles.map((title) => place.desk.submit(title)));
        await wall.getByText('Kino unter').waitFor();
        await looked(wall, `${langs} ideas`);
        const { poll, options } = await place.poll(question, titles, {
            method: 'irv',
        });
        expect(ideas).toHaveLength(options.length);
        await expect(wall.getByRole('heading', { name: /Womit soll/ })).toBeVisible();
        for (let i = 0; i < 9; i++) {
            const person = await place.person();
            const liked = [options[i % 4], options[(i * 3 + 1) % 4]];
            await person.cast(poll, {
                ranking: [...new Set(liked)].map((id) => [id]),
            });
            person.hangUp();
        }
        await looked(wall, `${langs} progress`);
        await clean(wall, `${langs} progress`);
        await place.desk.ask({ op: 'poll.close', poll });
        await looked(wall, `${langs} closed`);
        await place.desk.ask({ op: 'poll.publish', poll });
        const step = () => wall.locator('[data-step]').getAttribute('data-step');
        await expect.poll(step).toBe('intro');
        for (let n = 0; (await step()) !== 'podium'; n++) {
            await looked(wall, `${langs} story ${n}`);
            await wall.keyboard.press('ArrowRight');
        }
        await looked(wall, `${langs} podium`);
        await clean(wall, `${langs} podium`);
        await place.lead('follow-up');
        await expect(wall.locator('.thanks')).toBeVisible();
        await looked(wall, `${langs} thanks`);
        place.desk.hangUp();
    });
}

test('the Wi-Fi is typed once, at the desk, and leaves the wall with a tick', async ({
    place,
}) => {
    const wall = await place.open(place.event.stage, {
        viewport: sizes[1] ?? null,
    });
    await expect(wall.getByRole('heading', { name: 'Mach mit' })).toBeVisible();
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await desk.getByRole('button', { name: 'Karten und Aushänge' }).click();
    await desk.getByLabel('Name des WLANs').fill('Rathaus-Gast');
    await desk.getByLabel('Passwort des WLANs').fill('halle2026');
    const tick = desk.getByLabel('An der Wand zeigen');
    await tick.check();
    await both(desk, 'the Wi-Fi at the desk');
    await expect(wall.getByText('halle2026')).toBeVisible();
    const steps = wall.getByRole('main').getByRole('listitem');
    await expect(steps.nth(0)).toContainText('Erst ins WLAN');
    await expect(steps.nth(0).getByRole('img')).toHaveAccessibleName(/Rathaus-Gast/);
    await expect(steps.nth(1)).toContainText('Dann mitmachen');
    await fits(wall, 'Wi-Fi in one language');
    await clean(wall, 'Wi-Fi in one language');
    const phone = await place.join();
    expect(await phone.content()).not.toContain('halle2026');
    await tick.uncheck();
    await expect(wall.getByText('halle2026')).toBeHidden();
    await expect(wall.getByRole('heading', { name: 'Mach mit' })).toBeVisible();
    const other = await place.open(`/m#${await place.hall.newLink(place.event.code)}`);
    await other.getByRole('button', { name: 'Karten und Aushänge' }).click();
    await expect(other.getByLabel('Passwort des WLANs')).toHaveValue('halle2026');
});

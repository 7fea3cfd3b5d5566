/* A tablet for people without a phone: two of them one after another, and nothing stays. */
import { both } from './axe';
import { expect, seatAt, test } from './fixtures';
import { Hall } from './hall';
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

/* All keys and the button are in sight at once, in any way that a tablet lies or stands. */
test('no key is below the edge, whichever way the tablet lies, with many languages', async ({
    place,
}) => {
    const { event } = await hafen(place.hall, 1, 'de,en,bg,ar,el');
    const page = await place.open(`/kiosk#${event.code}`, tablet);
    await expect(page.getByRole('button', { name: 'Ελληνικά' })).toBeVisible();
    for (const size of [tablet.viewport, upright, { width: 1280, height: 800 }]) {
        await page.setViewportSize(size);
        for (const language of ['Deutsch', 'Ελληνικά', 'العربية']) {
            await page
                .getByRole('group')
                .getByRole('button', { name: language, exact: true })
                .click();
            const out = (): Promise<string[]> =>
                page.locator('main button, main input').evaluateAll((all) => {
                    const inSight = ({ top, bottom, left, right }: DOMRect): boolean =>
                        top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
                    return all
                        .filter((one) => !inSight(one.getBoundingClientRect()))
                        .map((one) => one.textContent);
                });
            await expect.poll(out, `${size.width} × ${size.height}, ${language}`).toEqual([]);
        }
    }
    await both(page, 'kiosk, many languages');
});

test('two people vote at one tablet, both count, and nothing of the first is left', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    try {
        const place = await seatAt(browser, hall, complaints);
        const { event, codes, poll } = await hafen(hall, 2);
        const [first = '', second = ''] = codes;
        expect(second).not.toBe('');

        const page = await place.open(`/kiosk#${event.code}`, tablet);
        const heading = page.getByRole('heading', { level: 1, name: 'Gib den Code' });
        await expect(heading).toBeVisible();
        await both(page, 'kiosk, start');
        await page.setViewportSize(upright);
        await both(page, 'kiosk, start, upright');
        await page.setViewportSize(tablet.viewport);
        const cookies = () => page.context().cookies();
        expect(await left(page)).toBe(nothing);
        expect(await cookies()).toEqual([]);

        await test.step('the event’s code lets nobody in here', async () => {
            await page.getByRole('textbox').fill(event.code);
            await page.getByRole('textbox').press('Enter');
            await expect(page.getByText(/nur mit dem Code einer Karte/)).toBeVisible();
            await page.getByRole('textbox').fill('');
        });

        await test.step('the first one votes, changes the language, and is done', async () => {
            await typeIn(page, first);
            await expect(
                page.getByRole('heading', { level: 2, name: 'Was zuerst?' }),
            ).toBeVisible();
            await both(page, 'kiosk, inside');
            await page.setViewportSize(upright);
            await both(page, 'kiosk, inside, upright');
            await page.setViewportSize(tablet.viewport);
            await vote(page, 'Kino im Park');
            await page.getByLabel('Sprache').selectOption('English');
            await page.getByRole('button', { name: 'Back', exact: true }).click();
            await page
                .getByRole('button', { name: /^Submit|idea/i })
                .first()
                .click();
            await page.getByRole('textbox').first().fill('Meine geheime Idee');
            await page.getByRole('button', { name: 'I am done' }).click();
            await expect(page.getByRole('dialog')).toContainText('not sent something');
            await both(page, 'kiosk, something is not sent');
            await page.getByRole('dialog').getByRole('button', { name: 'I am done' }).click();
            await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
            await page.getByRole('button', { name: 'Quittung zeigen' }).click();
            await expect(page.getByRole('img', { name: /^([0-9a-f]{4} ){3}/ })).toBeVisible();
            await both(page, 'kiosk, receipt');
            await page.getByRole('button', { name: 'Zurück zum Anfang' }).click();
            await expect(heading).toBeVisible();
        });

        await test.step('nothing is left, by Back and by a reload neither', async () => {
            const bare = async () => {
                await expect(heading).toBeVisible();
                expect(await left(page)).toBe(nothing);
                expect(await cookies()).toEqual([]);
                expect(await page.content()).not.toMatch(/Kino|geheime|Was zuerst/);
                await expect(page.getByRole('textbox')).toHaveValue('');
            };
            await bare();
            await page.goBack().catch(() => null);
            await bare();
            await page.reload();
            await bare();
        });

        await test.step('the second one votes and goes away without a word', async () => {
            await page.clock.install();
            await page.reload();
            await typeIn(page, second);
            await vote(page, 'Skatepark');
            await page.clock.fastForward(61_000);
            await expect(page.getByRole('dialog', { name: 'Noch da?' })).toBeVisible();
            await both(page, 'kiosk, still there');
            await page.getByRole('button', { name: 'Weitermachen' }).click();
            await expect(page.getByRole('dialog')).toHaveCount(0);
            await page.clock.fastForward(61_000);
            await expect(page.getByRole('dialog', { name: 'Noch da?' })).toBeVisible();
            await page.clock.runFor(21_000);
            await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
            await page.clock.runFor(21_000);
            await expect(heading).toBeVisible();
            expect(await cookies()).toEqual([]);
        });

        await test.step('the first card again shows what it has voted, and no other', async () => {
            await typeIn(page, first);
            await expect(page.getByText('Abgestimmt')).toBeVisible();
            await page.clock.fastForward(61_000);
            const dialog = page.getByRole('dialog', { name: 'Noch da?' });
            await dialog.getByRole('button', { name: 'Ich bin fertig' }).click();
            await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
            await page.getByRole('button', { name: 'Zurück zum Anfang' }).click();
        });

        await test.step('a code that was begun and left goes too', async () => {
            await typeIn(page, 'ABC');
            await page.getByRole('combobox', { name: /^Sprache/ }).selectOption('English');
            await page.clock.fastForward(61_000);
            await page.clock.runFor(21_000);
            await expect(heading).toBeVisible();
            await expect(page.getByRole('textbox')).toHaveValue('');
            expect(await left(page)).toBe(nothing);
        });

        expect(await counted(hall, event.code, poll)).toBe(2);
    } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
        await hall.close();
    }
});

test('a ballot that is on its way is not lost, and the next one waits for it', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    try {
        const place = await seatAt(browser, hall, complaints);
        const { event, codes, poll } = await hafen(hall, 1);
        const [ticket = ''] = codes;

        const page = await place.open(`/kiosk#${event.code}`, tablet);
        await typeIn(page, ticket);
        await page.getByRole('button', { name: 'Abstimmen' }).click();
        await page.getByRole('button', { name: 'Kino im Park' }).click();
        await page.getByRole('button', { name: 'Prüfen' }).click();
        await hall.stop();
        await page.getByRole('button', { name: 'Stimme abgeben' }).click();
        await page.getByRole('button', { name: 'Ich bin fertig' }).click();
        await expect(page.getByRole('heading', { name: 'Noch einen Moment' })).toBeVisible();
        expect(await page.content()).not.toMatch(/Kino/);
        await both(page, 'kiosk, on its way');
        await hall.start();
        await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
        expect(await left(page)).toBe(nothing);
        expect(await counted(hall, event.code, poll)).toBe(1);
    } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
        await hall.close();
    }
});

test('a ballot that was not answered goes out again after a reload', async ({ place }) => {
    const { hall } = place;
    const { event, codes, poll } = await hafen(hall, 1);
    const page = await place.open('/kiosk', tablet);
    await expect(page.getByText('Diese Adresse gehört zu keiner')).toBeVisible();
    const line = await openLosing(page, hall, event.code);
    await typeIn(page, codes[0] ?? '');
    await castAndGo(page, 'Kino im Park');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Noch einen Moment' })).toBeVisible();
    expect(await page.content()).not.toMatch(/Kino/);
    line.loses = false;
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Gib den Code' })).toBeVisible();
    expect(await left(page)).toBe(nothing);
    expect(await counted(hall, event.code, poll)).toBe(1);
});

test('the desk leads to the tablet, which says that it needs cards', async ({ place }) => {
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await desk.getByRole('button', { name: 'Karten und Aushänge' }).click();
    await expect(
        desk.getByRole('heading', { name: 'Tablet für alle ohne Handy' }),
    ).toBeVisible();
    await both(desk, 'the way to the tablet');
    const coming = desk.waitForEvent('popup');
    await desk.getByRole('link', { name: 'Hier öffnen' }).click();
    const page = await coming;
    await expect(page.getByText('Für dieses Gerät braucht es Karten.')).toBeVisible();
});

test('the next one begins in a language of the event, and leaves the first of them', async ({
    place,
}) => {
    const { hall } = place;
    const { event, codes } = await hafen(hall, 1, 'de,bg');
    const page = await place.open(`/kiosk#${event.code}`, { ...tablet, locale: 'en-GB' });
    const start = page.getByRole('heading', { level: 1, name: 'Gib den Code' });
    await expect(start).toBeVisible();
    const languages = page.getByRole('group', { name: 'Sprache für dich' });
    await expect(languages.getByRole('button')).toHaveText([
        'Deutsch',
        'Deutsch, leicht',
        'Български',
    ]);
    await both(page, 'kiosk, languages');
    await languages.getByRole('button', { name: 'Български' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'bg');
    await expect(page.getByRole('button', { name: 'Български' })).toHaveAttribute(
        'aria-pressed',
        'true',
    );
    await both(page, 'kiosk, in Bulgarian');
    await typeIn(page, codes[0] ?? '');
    await page.getByRole('button', { name: 'Готово' }).last().click();
    await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.getByRole('button', { name: 'Zurück zum Anfang' }).click();
    await expect(start).toBeVisible();
    expect(await left(page)).toBe(nothing);
});

test('a tablet that is switched on without network waits for it and goes on by itself', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    try {
        const place = await seatAt(browser, hall, complaints);
        const { event, codes } = await hafen(hall, 1);
        const page = await place.open(`/kiosk#${event.code}`, tablet);
        const start = page.getByRole('heading', { level: 1, name: 'Gib den Code' });
        await expect(start).toBeVisible();
        await page.waitForFunction(() => caches.match('/kiosk', { ignoreVary: true }));
        await page.evaluate(() => navigator.serviceWorker.ready);
        await hall.stop();
        await page.reload();
        await expect(page.getByRole('heading', { name: 'Keine Verbindung' })).toBeVisible();
        await both(page, 'kiosk, without network');
        await hall.start();
        await expect(start).toBeVisible();
        await typeIn(page, codes[0] ?? '');
        await expect(
            page.getByRole('heading', { level: 2, name: 'Was zuerst?' }),
        ).toBeVisible();
    } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
        await hall.close();
    }
});

/* Cards and signs: issued at the desk, printed, redeemed on phones, voided and replaced. */
import type { Page } from '@playwright/test';
import { both } from './axe';
import { expect, seatAt, test } from './fixtures';
import { Hall } from './hall';
import { Phone } from './phone';

const desktop = { viewport: { width: 1280, height: 900 } };

/** How many pages the PDF of this page has. */
async function pagesOf(page: Page, path?: string): Promise<number> {
    const pdf = await page.pdf({
        preferCSSPageSize: true,
        ...(path ? { path } : {}),
    });
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

const kept = (name: string): string | undefined => {
    const folder = process.env['STIMMWERK_PICTURES'];
    return folder ? `${folder}/${name}.pdf` : undefined;
};

/** The panel of an event's desk; nothing is really printed. */
async function openPanel(page: Page): Promise<void> {
    await page.evaluate(() => (window.print = () => undefined));
    await page.getByRole('button', { name: 'Karten und Aushänge' }).click();
}

async function issue(desk: Page, count: number): Promise<string[]> {
    await desk.getByLabel('Wie viele Karten?').fill(String(count));
    await desk.getByRole('button', { name: 'Karten ausgeben' }).click();
    await expect(desk.getByText(/^Bereit zum Drucken: Karten Nr\. 1/)).toBeVisible();
    await expect(desk.locator('.paper .ticket')).toHaveCount(count);
    return desk.locator('.paper .ticket .code').allTextContents();
}

test('cards are issued and printed, let people in, are voided and replaced', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    try {
        const place = await seatAt(browser, hall, complaints);
        const title = 'Ideenwerkstatt am Hafen: Was soll hier wachsen?';
        const event = await hall.makeEvent(title, 'ticket');
        const desk = await place.open(`/m#${event.link}`, desktop);
        await openPanel(desk);
        await desk.getByLabel('Name des WLANs').fill('Saal; "Gast"');
        await desk.getByLabel('Passwort des WLANs').fill('mit:machen,2026');
        await desk.getByLabel('Passwort des WLANs').blur();
        const codes = await issue(desk, 24);
        await expect(desk.getByRole('button', { name: 'Karten drucken' })).toBeFocused();
        expect(new Set(codes).size).toBe(24);
        await both(desk, 'cards that are ready');
        expect(await pagesOf(desk, kept('tickets'))).toBe(1);

        const phone = await place.open(`/j#${(codes[4] ?? '').replace(' ', '')}`);
        await expect(phone.getByRole('heading', { level: 1, name: title })).toBeVisible();
        await desk.getByRole('button', { name: 'Gedruckt, Codes vergessen' }).click();
        await expect(desk.locator('.paper')).toHaveCount(0);
        await expect(desk.getByRole('heading', { name: 'Karten', exact: true })).toBeFocused();
        const batch = desk.getByRole('listitem').filter({ hasText: 'Karten Nr. 1 bis 24' });
        await expect(batch).toContainText('Eingelöst: 1 · Ungültig: 0 · Noch frei: 23');

        // Number 5 is in use: void, and undone
        await desk.getByLabel('Nummer oder Code der Karte').fill('5');
        await desk.getByRole('button', { name: 'Suchen' }).click();
        await expect(desk.getByText('Karte Nr. 5 ist eingelöst.')).toBeVisible();
        await both(desk, 'one card');
        await desk.getByRole('button', { name: 'Ungültig machen', exact: true }).click();
        await expect(desk.getByText('Karte Nr. 5 ist ungültig.')).toBeVisible();
        await expect(phone.getByText('Diese Karte ist ungültig.')).toBeVisible();
        const instead = desk.getByRole('button', {
            name: 'Ersetzen und neu drucken',
        });
        await expect(instead).toBeFocused();
        await both(phone, 'a card that is void');
        await expect(batch).toContainText('Ungültig: 1');

        // replaced: the same person, on a phone that has the new code
        await instead.click();
        await expect(desk.locator('.paper .ticket')).toHaveCount(1);
        expect(await pagesOf(desk)).toBe(1);
        const [fresh] = await desk.locator('.paper .ticket .code').allTextContents();
        await phone.getByRole('textbox').fill(fresh ?? '');
        await phone.getByRole('textbox').press('Enter');
        await expect(phone.getByRole('heading', { level: 1, name: title })).toBeVisible();
        await expect(batch).toContainText('Eingelöst: 1 · Ungültig: 1 · Noch frei: 23');
        await desk.getByRole('button', { name: 'Gedruckt, Codes vergessen' }).click();

        // the page was closed before printing: the free ones are void, and printed anew
        await desk
            .getByRole('button', { name: /^Freie ungültig machen und neu drucken/ })
            .click();
        await expect(desk.locator('.paper .ticket')).toHaveCount(23);
        await expect(batch).toContainText('Noch frei: 0');
        const refused = await fetch(`${hall.url}/join`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Origin: hall.url },
            body: JSON.stringify({ code: codes[0] }),
        });
        expect(await refused.json()).toMatchObject({ err: 'ticket-void' });
        expect(await hall.table(event.code, 'tickets.csv')).toEqual([
            ['1', '', '', '1', '24', '1', '1', '24', '0'],
            ['2', '', '', '26', '23', '0', '0', '0', '23'],
        ]);
        place.desk.hangUp();
    } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
        await hall.close();
    }
});

test('two hundred and forty cards are ten sheets', async ({ place }) => {
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, desktop);
    await openPanel(desk);
    await issue(desk, 240);
    expect(await pagesOf(desk)).toBe(10);
    await desk.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const [width, height] = await desk
        .locator('.paper .ticket')
        .first()
        .evaluate((one) => [
            one.getBoundingClientRect().width,
            one.getBoundingClientRect().height,
        ]);
    expect([width, height].map((px) => Math.round(((px ?? 0) / 96) * 25.4))).toEqual([64, 35]);
    const colours = await desk
        .locator('.paper')
        .evaluate((paper) => [
            getComputedStyle(paper).color,
            getComputedStyle(document.body).backgroundColor,
        ]);
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    await expect(desk.getByRole('main')).toBeHidden();
});

test('a desk that is left before its cards are printed asks first', async ({ place }) => {
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, desktop);
    await openPanel(desk);
    await issue(desk, 1);
    const panel = desk.getByRole('button', {
        name: 'Karten und Aushänge',
        exact: true,
    });
    await panel.click(); // folded up: the codes are still nowhere else
    const asked = desk.waitForEvent('dialog');
    await desk.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await panel.click();
    await desk.getByRole('button', { name: 'Gedruckt, Codes vergessen' }).click();
    await desk.close({ runBeforeUnload: true });
    await expect.poll(() => desk.isClosed()).toBe(true);
});

test('a sign is one sheet, and cards of a group bring people into it', async ({ place }) => {
    const { hall, event } = place;
    const { label } = await place.desk.ask({
        op: 'label.add',
        kind: 'group',
        name: 'Jury',
        lang: 'de',
    });
    await place.desk.ask({
        op: 'label.add',
        kind: 'group',
        name: 'Saal',
        lang: 'de',
    });
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, desktop);
    await openPanel(desk);
    await desk.getByLabel('Name des WLANs').fill('Buergerhaus');
    await desk.getByRole('button', { name: 'Aushang drucken' }).click();
    await expect(desk.locator('.paper .sign')).toHaveCount(1);
    const sign = await desk.locator('.paper').textContent();
    expect(sign).toContain('Connect your phone to the Wi-Fi Buergerhaus.');
    expect(await pagesOf(desk, kept('sign'))).toBe(1);
    await expect(desk.locator('.paper')).toHaveCount(0);

    await desk.getByLabel('Für welche Gruppe?').selectOption(String(label));
    const [code] = await issue(desk, 2);
    const phone = await place.open(`/j#${(code ?? '').replace(' ', '')}`);
    await expect(phone.getByText('Deine Gruppe: Jury')).toBeVisible();
    await expect(phone.getByText('Deine Karte sagt, in welcher Gruppe du bist.')).toBeVisible();
    await expect(phone.getByRole('button', { name: /^Ändern/ })).toBeHidden();
    await both(phone, 'a group by card');
    await both(desk, 'cards for a group');
});

test('cards that another desk issued are listed on a phone too', async ({ place }) => {
    const other = await Phone.join(place.hall.url, place.event.code, {
        link: await place.hall.newLink(place.event.code),
    });
    await other.ask({ op: 'tickets.issue', count: 3 });
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, {
        viewport: { width: 360, height: 740 },
    });
    await openPanel(desk);
    await expect(desk.getByRole('strong').getByText('Karten Nr. 1 bis 3')).toBeVisible();
    await both(desk, 'cards on a phone');
    other.hangUp();
});

/** The direction in which the characters of an element stand: a code that begins with digits
 * would be turned round in Arabic. */
const directionOf = (one: Element): string =>
    getComputedStyle(one.querySelector('bdi') ?? one).direction;

test('at a desk in Arabic codes are read from the left, and nothing leaves its card', async ({
    place,
}) => {
    const { hall, desk: moderator } = place;
    const name = 'Klasse 9b der Schule am Hafen, Raum 3';
    const { label } = await moderator.ask({
        op: 'label.add',
        kind: 'group',
        name,
        lang: 'de',
    });
    const desk = await place.open(`/m#${await hall.newLink(place.event.code)}`, {
        ...desktop,
        locale: 'ar',
    });
    await desk.evaluate(() => (window.print = () => undefined));
    await desk.getByRole('button', { name: 'البطاقات واللافتات' }).click();
    await desk.getByLabel('اسم شبكة Wi-Fi').fill('Saal');
    await desk.getByLabel('لأي مجموعة؟').selectOption(String(label));
    await desk.getByRole('button', { name: 'إصدار بطاقات' }).click();
    await expect(desk.locator('.paper .ticket')).toHaveCount(24);
    await both(desk, 'cards in Arabic');
    expect(await desk.locator('.head .code').evaluate(directionOf)).toBe('ltr');
    await desk.emulateMedia({ media: 'print' });
    const out = await desk.locator('.paper .ticket').evaluateAll(
        (cards) =>
            cards.filter((card) => {
                const edge = card.getBoundingClientRect();
                return [...card.querySelectorAll('svg, p')].some((part) => {
                    const box = part.getBoundingClientRect();
                    return (
                        box.right > edge.right ||
                        box.left < edge.left ||
                        box.bottom > edge.bottom
                    );
                });
            }).length,
    );
    expect(out).toBe(0);
});

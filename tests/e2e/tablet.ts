/* What tests of the tablet share: an event with cards, hands at the keys, what is left behind. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import type { Hall } from './hall';
import { Phone, pollOf } from './phone';

export const tablet = { viewport: { width: 1024, height: 768 } };
export const upright = { width: 768, height: 1024 };

/* All that a browser could tell the next one. */
export async function left(page: Page): Promise<string> {
    return page.evaluate(async () => {
        const databases = (await indexedDB.databases()).map(({ name }) => name);
        const local = Object.entries({ ...localStorage });
        const session = Object.entries({ ...sessionStorage });
        const kept: string[] = []; // the page itself and its files are nobody's
        for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys())
                kept.push(new URL(url).pathname);
        const cached = kept.filter((path) => !/^\/(kiosk$|assets\/)/.test(path));
        const state = JSON.stringify(history.state);
        return JSON.stringify({ databases, local, session, cached, state });
    });
}
export const nothing = JSON.stringify({
    databases: [],
    local: [],
    session: [],
    cached: [],
    state: 'null',
});

export async function typeIn(page: Page, ticket: string): Promise<void> {
    for (const symbol of ticket.replace(/[\s-]/g, ''))
        await page.getByRole('button', { name: symbol, exact: true }).click();
}

/* The mark of an option in the ballot. */
export async function vote(page: Page, choice: string): Promise<void> {
    await page.getByRole('button', { name: 'Abstimmen' }).click();
    await page.getByRole('button', { name: choice }).click();
    await page.getByRole('button', { name: 'Prüfen' }).click();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText('Deine Stimme ist gespeichert')).toBeVisible();
}

/** An event by tickets with a poll that is open. */
export async function hafen(hall: Hall, tickets: number, langs = 'de') {
    const event = await hall.makeEvent('Ideen für den Hafen', 'ticket', langs);
    /* The file has each twice, to be read and to be scanned. */
    const codes = (await hall.tickets(event.code, tickets)).map((one) => one.replace('-', ''));
    const desk = await Phone.join(hall.url, event.code, { link: event.link });
    const options = [await desk.submit('Kino im Park'), await desk.submit('Skatepark')];
    const question = pollOf('Was zuerst?', options, { form: 'approval', method: 'approval' });
    const poll = String((await desk.ask(question))['poll']);
    await desk.ask({ op: 'poll.open', poll });
    desk.hangUp();
    return { event, codes: [...new Set(codes)], poll };
}

/** Opens the event's tablet over a line that loses ballots as long as it says so. */
export async function openLosing(
    page: Page,
    hall: Hall,
    code: string,
): Promise<{ loses: boolean }> {
    const line = { loses: true };
    await page.routeWebSocket(/\/ws$/, (route) => {
        const server = route.connectToServer();
        route.onMessage((message) => {
            if (!line.loses || !String(message).includes('"cast"')) server.send(message);
        });
    });
    await page.goto(`${hall.url}/kiosk#${code}`);
    await page.reload();
    return line;
}

/** Votes and goes; the ballot is on its way. */
export async function castAndGo(page: Page, choice: string): Promise<void> {
    await page.getByRole('button', { name: 'Abstimmen' }).click();
    await page.getByRole('button', { name: choice }).click();
    await page.getByRole('button', { name: 'Prüfen' }).click();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await page.getByRole('button', { name: 'Ich bin fertig' }).click();
    await expect(page.getByRole('heading', { name: 'Noch einen Moment' })).toBeVisible();
}

/** Closes the poll; how many ballots count. */
export async function counted(hall: Hall, code: string, poll: string): Promise<number> {
    const desk = await Phone.join(hall.url, code, { link: await hall.newLink(code) });
    await desk.ask({ op: 'poll.close', poll });
    desk.hangUp();
    return (await hall.ballots(code)).length;
}

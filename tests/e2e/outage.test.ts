/* Phones on a bad network: nothing that was acknowledged is lost, nothing counts twice. */
import type { Page } from '@playwright/test';
import { expect, seatAt, test } from './fixtures';
import type { Place } from './fixtures';
import { Hall } from './hall';
import { Network } from './proxy';

const STORED = 'Deine Stimme ist gespeichert';

async function choose(page: Page, ...titles: string[]): Promise<void> {
    for (const title of titles) await page.getByRole('button', { name: title }).click();
    await page.getByRole('button', { name: 'Prüfen' }).click();
}

const voted = ({ desk }: Place, poll: string): number => {
    const live = desk.pushes.filter((push) => push.op === 'live').pop();
    const polls = (live?.['polls'] ?? []) as { poll: string; voted: number }[];
    return polls.find((one) => one.poll === poll)?.voted ?? 0;
};

/** Closes the poll and counts: how many ballots, who won. */
async function counted(
    { desk, hall, event }: Place,
    poll: string,
): Promise<{ ballots: number; winners: string[] }> {
    await desk.ask({ op: 'poll.close', poll });
    await desk.ask({ op: 'poll.publish', poll });
    const response = await fetch(`${hall.url}/result/${event.code}/${poll}`);
    return (await response.json()) as { ballots: number; winners: string[] };
}

test('the line is cut between the sending and the acknowledgement: one ballot', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await choose(page, 'Kino');
    network.deaf = true;
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect.poll(() => voted(place, poll)).toBe(1);
    await expect(page.getByText('Wird gesendet …').last()).toBeVisible();
    await expect(page.getByText(STORED)).toHaveCount(0);
    network.away = true;
    network.cut();
    await expect(page.getByText('Auf diesem Gerät gespeichert')).toBeVisible();
    network.deaf = network.away = false;
    await expect(page.getByText(STORED)).toBeVisible();
    expect(await counted(place, poll)).toMatchObject({
        ballots: 1,
        winners: [options[0]],
    });
    await network.close();
});

test('the tab is closed before the acknowledgement: the next visit finishes it', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await choose(page, 'Park', 'Kino');
    network.deaf = true;
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect.poll(() => voted(place, poll)).toBe(1);
    const context = page.context();
    await page.close();
    network.cut();
    network.deaf = false;
    const again = await context.newPage();
    await again.goto(`${network.url}/j`);
    await expect(again.getByText('Abgestimmt')).toBeVisible();
    await again.getByRole('button', { name: 'Ansehen' }).click();
    await expect(again.getByText(STORED)).toBeVisible();
    expect((await counted(place, poll)).ballots).toBe(1);
    await network.close();
});

test('no network at all: the ballot waits on the phone, over a reload too', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await choose(page, 'Park');
    network.away = true;
    network.cut();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText('Auf diesem Gerät gespeichert')).toBeVisible();
    await expect(page.getByText('Gerade keine Verbindung.')).toBeVisible();
    expect(voted(place, poll)).toBe(0);
    network.away = false;
    await page.reload();
    await expect(page.getByText(STORED)).toBeVisible();
    expect(await counted(place, poll)).toMatchObject({
        ballots: 1,
        winners: [options[1]],
    });
    await network.close();
});

test('the server is killed and comes back: what was stored is there, what was not arrives', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    const place = await seatAt(browser, hall, complaints);
    const { poll } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join();
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await choose(page, 'Kino');
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText(STORED)).toBeVisible();
    await hall.stop('SIGKILL');
    await page.getByRole('button', { name: 'Stimme ändern' }).click();
    await choose(page, 'Park');
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText('Auf diesem Gerät gespeichert')).toBeVisible();
    await hall.start();
    await expect(page.getByText(STORED)).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Park' })).toBeVisible();
    const link = await hall.newLink(place.event.code);
    const desk = await (
        await import('./phone')
    ).Phone.join(hall.url, place.event.code, { link });
    expect((await counted({ ...place, desk }, poll)).ballots).toBe(1);
    await page.context().close();
    await hall.close();
});

test('what the disk forgot after all, the phone brings again', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    const place = await seatAt(browser, hall, complaints);
    const network = await Network.before(hall.url);
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await choose(page, 'Park');
    await hall.stop();
    await hall.start();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText(STORED)).toBeVisible();
    network.away = true;
    await hall.killAndForget();
    const { Phone } = await import('./phone');
    const link = await hall.newLink(place.event.code);
    const desk = await Phone.join(hall.url, place.event.code, { link });
    await expect.poll(() => desk.pushes.some(({ op }) => op === 'live')).toBe(true);
    expect(voted({ ...place, desk }, poll)).toBe(0);
    network.away = false;
    await expect.poll(() => voted({ ...place, desk }, poll)).toBe(1);
    expect((await counted({ ...place, desk }, poll)).winners).toEqual([options[1]]);
    await page.context().close();
    await network.close();
    await hall.close();
});

test('the disk burns and the backup is older: the phone brings its vote again', async ({
    browser,
    complaints,
}) => {
    const hall = await Hall.open();
    const place = await seatAt(browser, hall, complaints);
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join();
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await hall.backUp();
    await choose(page, 'Park');
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText(STORED)).toBeVisible();
    await hall.burnAndRestore();
    const { Phone } = await import('./phone');
    const link = await hall.newLink(place.event.code);
    const desk = await Phone.join(hall.url, place.event.code, { link });
    await expect.poll(() => voted({ ...place, desk }, poll)).toBe(1);
    await expect(page.getByText(STORED)).toBeVisible();
    const screen = await place.open(`/m#${await hall.newLink(place.event.code)}`, {
        viewport: { width: 1280, height: 800 },
    });
    await expect(screen.getByText('Aus einer Sicherung zurückgeholt')).toBeVisible();
    await screen.context().close();
    expect(await counted({ ...place, desk }, poll)).toMatchObject({
        ballots: 1,
        winners: [options[1]],
    });
    await page.context().close();
    await hall.close();
});

test('an idea whose acknowledgement is lost is there once', async ({ place }) => {
    const network = await Network.before(place.hall.url);
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Idee einreichen' }).click();
    await page.getByLabel('Titel').fill('Ein Kino');
    network.deaf = true;
    await page.getByRole('button', { name: 'Abschicken' }).click();
    const arrived = () =>
        place.desk.pushes.filter((push) => JSON.stringify(push).includes('"title":"Ein Kino"'))
            .length;
    await expect.poll(arrived).toBe(1);
    await expect(page.getByText('wird gesendet')).toBeVisible();
    network.cut();
    network.deaf = false;
    await expect(page.getByText('Wartet auf Freigabe')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Ein Kino' })).toHaveCount(1);
    expect(arrived()).toBe(1);
    await network.close();
});

test('a half-written ballot and a half-written idea survive a reload', async ({ place }) => {
    await place.poll('Was zuerst?', ['Kino', 'Park', 'Skatepark am Bahnhof']);
    const page = await place.join();
    await page.getByRole('button', { name: 'Idee einreichen' }).click();
    await page.getByLabel('Titel').fill('Halb fer');
    await page.getByRole('button', { name: 'Zurück' }).click();
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await page.getByRole('button', { name: 'Kino' }).click();
    await page.getByRole('button', { name: 'Park', exact: true }).click();
    await page.getByRole('button', { name: 'Ordnen' }).click();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Deine Reihenfolge' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Kino nach unten' })).toBeVisible();
    await page.getByRole('button', { name: 'Zurück' }).click();
    await page.getByRole('button', { name: 'Idee weiterschreiben' }).click();
    await expect(page.getByLabel('Titel')).toHaveValue('Halb fer');
});

test('lines cut at many moments while one person votes again and again: one ballot, the last', async ({
    place,
}) => {
    test.slow();
    const network = await Network.before(place.hall.url);
    const titles = ['Kino', 'Park', 'Bad'];
    const { poll, options } = await place.poll('Was zuerst?', titles, {
        ranks: 1,
    });
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    const cuts_ms = [0, 1, 2, 4, 8, 16, 32, 64];
    for (const [i, cut_ms] of cuts_ms.entries()) {
        if (i > 0) {
            await page.getByRole('button', { name: 'Stimme ändern' }).click();
            await page.getByRole('button', { name: titles[(i - 1) % 3] ?? '' }).click();
        }
        await choose(page, titles[i % 3] ?? '');
        const cut = new Promise((resolve) => {
            setTimeout(() => resolve(network.cut()), cut_ms);
        });
        await page.getByRole('button', { name: 'Stimme abgeben' }).click({ noWaitAfter: true });
        await cut;
        await expect(page.getByText(STORED)).toBeVisible();
    }
    const last = options[(cuts_ms.length - 1) % 3];
    expect(await counted(place, poll)).toMatchObject({
        ballots: 1,
        winners: [last],
    });
    await network.close();
});

test('the wall keeps its last picture when the line is away, with a small sign', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    await place.poll('Was zuerst?', ['Kino', 'Park']);
    const wall = await place.open(`/stage#${place.event.code}`, {
        base: network.url,
        viewport: { width: 1280, height: 720 },
    });
    await expect(wall.getByRole('heading', { name: 'Was zuerst?' })).toBeVisible();
    network.away = true;
    network.cut();
    await expect(wall.getByText('nicht aktuell')).toBeVisible();
    await expect(wall.getByRole('heading', { name: 'Was zuerst?' })).toBeVisible();
    network.away = false;
    await expect(wall.getByText('nicht aktuell')).toHaveCount(0);
    await network.close();
});

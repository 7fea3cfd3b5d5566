/* What a phone knows of its votes: in two windows, and when the answer came too late. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { Network } from './proxy';

const STORED = 'Deine Stimme ist gespeichert';

async function vote(page: Page, title: string): Promise<void> {
    await page.getByRole('button', { name: title }).click();
    await page.getByRole('button', { name: 'Prüfen' }).click();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
}

test('two windows of one person: each shows the vote that counts', async ({ place }) => {
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park'], { ranks: 1 });
    const one = await place.join();
    const two = await one.context().newPage();
    await two.goto(one.url());
    for (const page of [one, two])
        await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await vote(one, 'Kino');
    await expect(one.getByText(STORED)).toBeVisible();
    await expect(two.getByText(STORED)).toBeVisible();
    await two.getByRole('button', { name: 'Stimme ändern' }).click();
    await two.getByRole('button', { name: 'Kino' }).click();
    await vote(two, 'Park');
    for (const page of [one, two])
        await expect(page.getByRole('listitem').filter({ hasText: 'Park' })).toBeVisible();
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.publish', poll });
    const response = await fetch(`${place.hall.url}/result/${place.event.code}/${poll}`);
    expect(await response.json()).toMatchObject({ ballots: 1, winners: [options[1]] });
});

test('a vote whose answer was lost until the poll was sealed is not called refused', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll } = await place.poll('Was zuerst?', ['Kino', 'Park'], { ranks: 1 });
    const page = await place.join({ base: network.url });
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    network.deaf = true;
    await vote(page, 'Kino');
    const voted = () =>
        place.desk.pushes.some((push) => JSON.stringify(push).includes('"voted":1'));
    await expect.poll(voted).toBe(true);
    network.away = true;
    network.cut();
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.seal', poll });
    network.deaf = network.away = false;
    await expect(page.getByText(/weiß dieses Gerät nicht/)).toBeVisible();
    await expect(page.getByText(/nicht angenommen/)).toHaveCount(0);
    await page.reload();
    await expect(page.getByText(/weiß dieses Gerät nicht/)).toBeVisible();
    await network.close();
});

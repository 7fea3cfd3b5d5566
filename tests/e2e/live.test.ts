/* Results as they come: on the wall while the poll runs, and on screens that were away when
 * it ended. */
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { Network } from './proxy';

const LIVE = { live: true, ranks: 1 };
const FIRST_STEP = 20; // so few ballots are never shown

/** So many people come and rank one option first. */
async function vote(place: Place, poll: string, option: string, people: number) {
    for (let i = 0; i < people; i++) {
        const person = await place.person();
        await person.cast(poll, { ranking: [[option]] });
        person.hangUp();
    }
}

/** Closes and publishes; all who are there have the result. */
async function end({ desk }: Place, poll: string): Promise<void> {
    const told = () => desk.pushes.filter(({ op, live }) => op === 'result' && !live).length;
    const before = told();
    await desk.ask({ op: 'poll.close', poll });
    await desk.ask({ op: 'poll.publish', poll });
    await expect.poll(told).toBe(before + 1);
}

test('a wall that is opened while the poll runs shows the last step at once', async ({
    place,
}) => {
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park'], LIVE);
    await vote(place, poll, String(options[0]), FIRST_STEP);
    const wall = await place.open(`/stage#${place.event.code}`);
    await expect(wall.getByText('Zwischenstand')).toBeVisible();
    await expect(wall.getByText('Kino liegt vorn')).toBeVisible();
});

test('a phone that slept while the poll ended shows the result, not the last step', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park'], LIVE);
    const page = await place.join({ base: network.url });
    await vote(place, poll, String(options[0]), FIRST_STEP - 1);
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await page.getByRole('button', { name: 'Kino' }).click();
    await page.getByRole('button', { name: 'Prüfen' }).click();
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText('Kino liegt vorn')).toBeVisible();
    network.away = true;
    network.cut();
    await vote(place, poll, String(options[1]), FIRST_STEP + 3);
    await end(place, poll);
    network.away = false;
    await expect(page.getByRole('main').getByText('Park hat gewonnen')).toBeVisible();
    await expect(page.getByText('Kino liegt vorn')).toHaveCount(0);
    await network.close();
});

test('a phone that slept while a result was taken back shows the one after it', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const page = await place.join({ base: network.url });
    await vote(place, poll, String(options[0]), 5);
    await end(place, poll);
    await page.getByRole('button', { name: 'Ergebnis ansehen' }).click();
    await expect(page.getByText('Kino hat gewonnen')).toBeVisible();
    network.away = true;
    network.cut();
    await place.desk.ask({ op: 'poll.reopen', poll, reason: 'technical' });
    await vote(place, poll, String(options[1]), 7);
    await end(place, poll);
    network.away = false;
    await expect(page.getByRole('main').getByText('Park hat gewonnen')).toBeVisible();
    await expect(page.getByText('Kino hat gewonnen')).toHaveCount(0);
    await network.close();
});

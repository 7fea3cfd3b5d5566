/* A poll that runs: the desk sees how many are at it, and a close is announced on every screen. */
import type { Page } from '@playwright/test';
import { both, clean, fits } from './axe';
import { expect, test } from './fixtures';

const QUESTION = 'Was zuerst?';
const LONGEST_MS = 60_000; // CLOSE_IN_MS_MAX in bounds.h
const titles = ['Skatepark am Bahnhof', 'Kino im Freibad', 'Trinkbrunnen'];
const wide = { viewport: { width: 1280, height: 900 } };

const counts = (desk: Page): Promise<string[]> =>
    desk
        .locator('[data-poll] li')
        .evaluateAll((items) =>
            items.map((item) => item.textContent?.replace(/\s+/g, ' ').trim() ?? ''),
        );

test('the desk counts who is at it and announces the close', async ({ place }) => {
    const { hall, event } = place;
    const { poll } = await place.poll(QUESTION, titles);
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    const one = await place.join({ viewport: { width: 360, height: 740 } });
    const two = await place.join();

    await test.step('here, begun, voted, not yet', async () => {
        await expect
            .poll(() => counts(desk))
            .toEqual(['2 verbunden', '0 angefangen', '0 abgestimmt', '2 noch nicht']);
        await one.getByRole('button', { name: 'Abstimmen', exact: true }).click();
        await one.getByRole('button', { name: /^Kino/ }).first().click();
        await two.getByRole('button', { name: 'Abstimmen', exact: true }).click();
        await two
            .getByRole('button', { name: /^Trinkbrunnen/ })
            .first()
            .click();
        await two.getByRole('button', { name: 'Prüfen' }).click();
        await two.getByRole('button', { name: 'Stimme abgeben' }).click();
        await expect
            .poll(() => counts(desk))
            .toEqual(['2 verbunden', '2 angefangen', '1 abgestimmt', '1 noch nicht']);
        await both(desk, 'desk, a poll runs');
        await desk.setViewportSize({ width: 360, height: 740 });
        await fits(desk, 'desk, a poll runs');
        await desk.setViewportSize(wide.viewport);
    });

    await test.step('announced, voted meanwhile, and taken back', async () => {
        const line = /Die Abstimmung endet: noch \d+ Sekunden?/;
        const goesOn = 'Die Abstimmung läuft weiter.';
        const announce = async () => {
            for (const in_ms of [0, LONGEST_MS])
                await place.desk.ask({ op: 'poll.countdown', poll, in_ms });
            for (const page of [one, wall]) await expect(page.getByText(goesOn)).toHaveCount(0);
        };
        await announce();
        await expect(one.getByText(line).first()).toBeVisible();
        await expect(one.getByText(/^Deine Stimme ist noch nicht abgeschickt/)).toBeVisible();
        await expect(two.getByText(line).first()).toBeVisible();
        await expect(two.getByText(/^Deine Stimme ist noch nicht abgeschickt/)).toBeHidden();
        await expect(wall.getByRole('timer')).toHaveText(/^\d+$/);
        await expect(desk.getByRole('timer')).toHaveText(/^\d+$/);
        await both(one, 'phone, a close is announced');
        await announce();
        await clean(wall, 'wall, a close is announced');
        await announce();
        await both(desk, 'desk, a close is announced');
        await announce();
        await one.getByRole('button', { name: 'Prüfen' }).click();
        await one.getByRole('button', { name: 'Stimme abgeben' }).click();
        await expect(one.getByText('Deine Stimme ist gespeichert')).toBeVisible();
        await desk
            .getByRole('button', { name: `Doch weiterlaufen lassen ${QUESTION}` })
            .click();
        await expect(one.getByText(goesOn).first()).toBeVisible();
        await expect(wall.getByText(goesOn).first()).toBeVisible();
        await expect(one.getByText(line)).toHaveCount(0);
    });

    await test.step('announced, and it comes, whoever has gone', async () => {
        await desk.getByRole('button', { name: `In 10 Sekunden beenden ${QUESTION}` }).click();
        await expect(desk.getByRole('timer')).toHaveText(/^\d+$/);
        await desk.close();
        await expect(wall.getByText('Die Abstimmung ist beendet')).toBeVisible();
        await expect(one.getByText(/Die Abstimmung ist beendet. Das Ergebnis/)).toBeVisible();
        await expect(wall.getByText('2', { exact: true }).first()).toBeVisible();
    });
});

test('a new start of the server leaves an announced close behind, and says so', async ({
    place,
}) => {
    const { hall, event } = place;
    await place.poll(QUESTION, titles);
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    await desk.getByRole('button', { name: `In 10 Sekunden beenden ${QUESTION}` }).click();
    await expect(desk.getByRole('timer')).toBeVisible();
    await hall.stop('SIGKILL');
    await hall.start();
    await expect(desk.getByText('Die Abstimmung läuft weiter.').first()).toBeVisible();
    await expect(
        desk.getByRole('button', { name: `In 10 Sekunden beenden ${QUESTION}` }),
    ).toBeVisible();
});

/* People support ideas on their phones; what is merged unites them, what is split gives them back,
 * and the desk begins a poll with the most supported. */
import { both, clean } from './axe';
import { expect, test } from './fixtures';

const SETTINGS = { op: 'settings', youth: false, nicknames: false };

test('two phones support two ideas, which are merged and split, and the desk polls on them', async ({
    place,
}) => {
    const bench = await place.desk.submit('Bänke im Stadtpark', 'Mit Lehne.');
    const seat = await place.desk.submit('Sitzbänke', 'Im Park, aus Holz.');
    await place.desk.submit('Trinkbrunnen auf dem Markt');
    const [anna, ben] = [await place.join(), await place.join()];
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    const heart = (page: typeof anna, title: string) =>
        page
            .getByRole('listitem')
            .filter({ hasText: title })
            .getByRole('button', { name: 'Unterstützen' });
    const row = (title: string) => desk.getByRole('article', { name: title });

    await test.step('the desk lets them, and keeps the numbers to itself', async () => {
        await expect(heart(anna, 'Sitzbänke')).toHaveCount(0);
        await desk.getByRole('button', { name: 'Einstellungen' }).click();
        await desk.getByLabel('Ideen unterstützen').selectOption('hidden');
        await expect(heart(anna, 'Sitzbänke')).toBeVisible();
        await both(desk, 'settings with support');
        await desk.getByRole('button', { name: 'Einstellungen' }).click();
    });

    await test.step('a tap each, and one that is taken back', async () => {
        await heart(anna, 'Bänke im Stadtpark').click();
        await heart(anna, 'Sitzbänke').click();
        await heart(ben, 'Sitzbänke').press('Enter');
        await heart(ben, 'Trinkbrunnen').click();
        await heart(ben, 'Trinkbrunnen').click();
        await expect(heart(anna, 'Sitzbänke')).toHaveAttribute('aria-pressed', 'true');
        await expect(heart(ben, 'Trinkbrunnen')).toHaveAttribute('aria-pressed', 'false');
        await expect(anna.locator('[data-support]')).toHaveCount(0);
        await both(anna, 'supporting');
        await anna.reload();
        await expect(heart(anna, 'Sitzbänke')).toHaveAttribute('aria-pressed', 'true');
    });

    await test.step('the desk sees how many, and sorts by it', async () => {
        await desk.getByRole('button', { name: 'Zu sehen' }).click();
        await expect(row('Sitzbänke')).toContainText('Unterstützt von: 2');
        await expect(row('Bänke im Stadtpark')).toContainText('Unterstützt von: 1');
        await expect(row('Trinkbrunnen')).not.toContainText('Unterstützt von');
        await desk.keyboard.press('j');
        await desk.keyboard.press('s');
        await expect(desk.getByRole('article').first()).toContainText('Sitzbänke');
        await both(desk, 'supported ideas at the desk');
    });

    await test.step('merged they have two supporters, split what each had', async () => {
        await place.desk.ask({ op: 'idea.merge', idea: bench, into: seat });
        await expect(row('Sitzbänke')).toContainText('Unterstützt von: 2');
        await expect(heart(anna, 'Bänke im Stadtpark')).toHaveCount(0);
        await place.desk.ask({ op: 'idea.split', idea: bench });
        await expect(row('Bänke im Stadtpark')).toContainText('Unterstützt von: 1');
        await expect(heart(anna, 'Bänke im Stadtpark')).toHaveAttribute('aria-pressed', 'true');
    });

    await test.step('the two that anybody supports are a poll by one tap', async () => {
        await desk.getByRole('button', { name: 'Neue Abstimmung' }).click();
        await desk.getByRole('button', { name: 'Am meisten unterstützt: 2' }).click();
        const options = desk.getByRole('list', { name: '2 Ideen zur Wahl' });
        await expect(options.getByRole('listitem')).toHaveCount(2);
        await expect(options).not.toContainText('Trinkbrunnen');
        await clean(desk, 'a poll of the most supported');
    });

    await test.step('shown, the numbers are on phones and on the wall', async () => {
        const wall = await place.open(`/stage#${place.event.code}`, {
            viewport: { width: 1920, height: 1080 },
        });
        await expect(wall.getByText('Sitzbänke')).toBeVisible();
        await expect(wall.locator('[data-support]')).toHaveCount(0);
        await place.desk.ask({ ...SETTINGS, support: 'shown' });
        await expect(ben.getByText('Unterstützt von: 2')).toBeVisible();
        await expect(ben.locator('[data-support]')).toHaveCount(2); // none where nobody does
        await expect(wall.getByText('Unterstützt von: 2')).toBeVisible();
        await both(ben, 'supporting with numbers');
        await clean(wall, 'the wall with numbers');
        const rows = await place.hall.table(place.event.code, 'ideas.csv');
        expect(rows.find(([idea]) => idea === seat)?.at(-1)).toBe('2');
    });
});

test('a tap without a network waits, is sent when it is back, and counts once', async ({
    place,
}) => {
    await place.desk.submit('Sitzbänke', 'Im Park, aus Holz.');
    await place.desk.ask({ ...SETTINGS, support: 'shown' });
    const phone = await place.join();
    const heart = phone.getByRole('button', { name: 'Unterstützen' });
    await expect(heart).toBeVisible();
    await place.hall.stop();
    await heart.click();
    await expect(heart).toHaveAttribute('aria-pressed', 'true');
    await expect(phone.getByText('Wird gesendet')).toBeVisible();
    await place.hall.start();
    await expect(phone.getByText('Unterstützt von: 1')).toBeVisible();
    await expect(phone.getByText('Wird gesendet')).toHaveCount(0);
    await expect(heart).toHaveAttribute('aria-pressed', 'true');
});

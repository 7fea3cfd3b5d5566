/* Somebody reports an idea on a phone; it is in the queue at once, and gone everywhere when the
 * desk hides it. */
import { both, clean, fits } from './axe';
import { expect, test } from './fixtures';

test('a report comes into the queue, and what is hidden then leaves every phone', async ({
    place,
}) => {
    const bad = await place.desk.submit('Nieder mit Frau Müller', 'Sie wohnt Markt 3.');
    await place.desk.submit('Sitzbänke am Weiher', 'Mit Lehne.');
    const phone = await place.join();
    const other = await place.join();
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    const row = desk.getByRole('article', { name: 'Nieder mit Frau Müller' });
    const card = phone.getByRole('listitem').filter({ hasText: 'Nieder mit' });

    await test.step('one tap, a reason, thanks', async () => {
        await card.getByRole('button', { name: 'Melden' }).click();
        await expect(card.getByRole('button', { name: 'Beleidigt' })).toBeFocused();
        await both(phone, 'reporting');
        await phone.setViewportSize({ width: 320, height: 640 });
        await fits(phone, 'reporting, narrow');
        await card.getByRole('button', { name: 'Nein, lieber nicht' }).click();
        await expect(card.getByRole('button', { name: 'Melden' })).toBeFocused();
        await card.getByRole('button', { name: 'Melden' }).press('Enter');
        await card.getByRole('button', { name: 'Nennt oder zeigt jemanden' }).press('Enter');
        await expect(card).toContainText('Danke, das wird angesehen.');
        await clean(phone, 'reported');
    });

    await test.step('the queue has it at once, with the reason and no name', async () => {
        await desk.getByRole('button', { name: 'Gemeldet 1' }).click();
        await expect(row).toContainText('Meldungen: 1');
        await expect(row).toContainText('Nennt oder zeigt jemanden');
        await both(desk, 'a report at the desk');
        await expect(other.getByText('Nieder mit Frau Müller')).toBeVisible();
    });

    await test.step('it is found fine by a key, undone, and hidden by another', async () => {
        await desk.keyboard.press('j');
        await expect(row).toBeFocused();
        await desk.keyboard.press('f');
        await expect(desk.getByText('Keine Idee ist gemeldet.')).toBeVisible();
        await desk.getByRole('button', { name: 'Rückgängig' }).click();
        await expect(row).toContainText('Meldungen: 1');
        await row.focus();
        await desk.keyboard.press('h');
        await expect(row.getByLabel('Grund')).toHaveValue('personal-data');
        await row.getByRole('button', { name: 'Verbergen', exact: true }).click();
        await expect(other.getByText('Nieder mit Frau Müller')).toHaveCount(0);
        await expect(phone.getByText('Was du gemeldet hast, wird nicht mehr')).toBeVisible();
        await expect(other.getByText('Was du gemeldet hast')).toHaveCount(0);
    });

    await test.step('the auditor learns how many it were, and nobody who', async () => {
        await phone.reload();
        await expect(phone.getByText('Was du gemeldet hast, wird nicht mehr')).toBeVisible();
        const rows = await place.hall.table(place.event.code, 'ideas.csv');
        expect(rows.find(([idea]) => idea === bad)?.at(-2)).toBe('1'); // before supporters
    });
});

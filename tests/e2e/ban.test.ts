/* Somebody floods the queue; the desk puts them out by one act, undoes it, and lets them in again
 * after that. Their vote counts all the while. */
import { both, clean, fits } from './axe';
import { expect, test } from './fixtures';

test('who floods the queue is put out, keeps their vote, and comes back when that is undone', async ({
    place,
}) => {
    const { poll } = await place.poll('Was zuerst?', ['Kino', 'Bank']);
    const phone = await place.join();
    const desk = await place.open(`/m#${await place.hall.newLink(place.event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    const row = (title: string) => desk.getByRole('article', { name: title });
    const home = phone.getByRole('heading', { level: 1, name: 'Ideen für Halle' });
    const press = (name: string | RegExp) => phone.getByRole('button', { name }).click();
    async function vote(title: string): Promise<void> {
        await press(/^Abstimmen/);
        await press(title);
        await press('Prüfen');
        await press('Stimme abgeben');
        await expect(phone.getByText('Deine Stimme ist gespeichert')).toBeVisible();
    }
    const banned = desk.locator('[data-banned]');
    const out = phone.getByRole('heading', { level: 1, name: 'Deine Teilnahme ist beendet' });

    await test.step('a vote and three ideas, of which one is released', async () => {
        await vote('Kino');
        await phone.getByRole('button', { name: 'Zurück' }).click();
        for (const title of ['Wasserspiel', 'Doof seid ihr', 'Alle doof hier']) {
            await phone.getByRole('button', { name: 'Idee einreichen' }).click();
            await phone.getByLabel('Titel').fill(title);
            await phone.getByRole('button', { name: 'Abschicken' }).click();
            await expect(row(title)).toBeVisible();
        }
        await row('Wasserspiel')
            .getByRole('button', { name: /^Freigeben/ })
            .click();
    });

    await test.step('the desk is told what it does, and does it', async () => {
        const open = row('Doof seid ihr').getByRole('button', { name: /^Verbergen/ });
        const ask = row('Doof seid ihr').getByRole('button', { name: 'Person ausschließen' });
        await open.press('Enter');
        await both(desk, 'hiding, with putting out');
        await ask.press('Enter');
        await expect(row('Doof seid ihr')).toContainText(
            'Stimmen, die sie schon abgegeben hat',
        );
        await expect(desk.locator('p[data-first]')).toBeFocused(); // no second Enter puts out
        await both(desk, 'before somebody is put out');
        await row('Doof seid ihr').getByRole('button', { name: 'Abbrechen' }).click();
        await expect(open).toBeFocused();
        await open.click();
        await ask.click();
        await row('Doof seid ihr')
            .getByRole('button', { name: 'Ausschließen', exact: true })
            .click();
        await expect(desk.getByText('Nichts wartet auf Freigabe.')).toBeVisible();
    });

    await test.step('the desk lists them, and undoes it at once; what waited waits again', async () => {
        await expect(out).toBeVisible();
        await desk.locator('summary', { hasText: 'Ausgeschlossen (1)' }).click();
        await expect(banned).toContainText('Doof seid ihr');
        await desk.getByRole('button', { name: 'Rückgängig' }).first().press('Enter');
        await expect(row('Doof seid ihr')).toBeFocused();
        await expect(row('Alle doof hier')).toBeVisible();
        await expect(banned).toHaveCount(0);
        await phone.getByRole('button', { name: 'Noch einmal versuchen' }).click();
        await expect(home).toBeVisible();
    });

    const second = await place.poll('Und jetzt?', ['See', 'Berg']);
    await test.step('put out again', async () => {
        const missing = desk.getByText(/Ausgeschlossene .*: höchstens 1\./);
        await expect(missing).toHaveCount(0);
        await row('Alle doof hier')
            .getByRole('button', { name: /^Verbergen/ })
            .click();
        await row('Alle doof hier')
            .getByRole('button', { name: 'Person ausschließen' })
            .click();
        await row('Alle doof hier')
            .getByRole('button', { name: 'Ausschließen', exact: true })
            .click();
        await expect(out).toBeVisible();
        await expect(missing).toHaveCount(1); // in the first poll they have voted
    });

    await test.step('the phone says so calmly, also after a reload', async () => {
        await expect(out).toBeVisible();
        await expect(phone.getByText('Stimmen, die du schon abgegeben hast')).toBeVisible();
        await both(phone, 'put out');
        await phone.setViewportSize({ width: 320, height: 640 });
        await fits(phone, 'put out, narrow');
        await phone.setViewportSize({ width: 360, height: 740 });
        await phone.getByRole('button', { name: 'Noch einmal versuchen' }).click();
        await expect(
            phone.getByRole('main').getByText('Du bist noch nicht wieder zugelassen.'),
        ).toBeVisible();
        await both(phone, 'put out still');
        await phone.reload();
        await expect(out).toBeVisible();
    });

    await test.step('let in by the list', async () => {
        await desk.locator('summary', { hasText: 'Ausgeschlossen (1)' }).click();
        await expect(banned).toContainText('Alle doof hier');
        await both(desk, 'who is put out');
        await desk.setViewportSize({ width: 320, height: 700 });
        await fits(desk, 'who is put out, narrow');
        await desk.setViewportSize({ width: 1280, height: 900 });
        await desk.getByRole('button', { name: /^Wieder zulassen/ }).press('Enter');
        await expect(banned).toHaveCount(0);
        await expect(desk.getByRole('heading', { name: 'Ideen', exact: true })).toBeFocused();
        await phone.getByRole('button', { name: 'Noch einmal versuchen' }).click();
        await expect(home).toBeVisible();
        await clean(phone, 'back again');
        await vote('See');
        for (const one of [poll, second.poll])
            await place.desk.ask({ op: 'poll.close', poll: one });
        const rows = await place.hall.records(place.event.code, 'participation.csv');
        expect(rows.map((one) => one['voted'])).toEqual(['', '1', '1']);
        expect(rows[0]).toMatchObject({ joined: '1', banned: '0' });
    });
});

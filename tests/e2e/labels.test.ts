/* Groups and tags: made at the desk, chosen on a phone, looked for, and in the export. */
import { clean, fits } from './axe';
import { expect, test } from './fixtures';

test('groups and tags go from the desk to phone, wall and export; a poll freezes the groups', async ({
    place,
}) => {
    const { hall, event } = place;
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await desk.getByRole('button', { name: 'Einstellungen' }).click();
    for (const [field, button, name] of [
        ['Name der Gruppe', 'Gruppe hinzufügen', 'Rot'],
        ['Name der Gruppe', 'Gruppe hinzufügen', 'Blau'],
        ['Name des Themas', 'Thema hinzufügen', 'Verkehr'],
        ['Name des Themas', 'Thema hinzufügen', 'Wohnen'],
    ] as const) {
        await desk.getByLabel(field).fill(name);
        await desk.getByRole('button', { name: button }).click();
        await expect(desk.getByRole('button', { name: `Ändern ${name}` })).toBeVisible();
    }
    await clean(desk, 'labels at the desk');

    const phone = await place.join();
    const card = phone.getByRole('region', { name: 'In welcher Gruppe bist du?' });
    await expect(card).toBeVisible();
    await clean(phone, 'groups');
    await fits(phone, 'groups');
    await card.getByRole('button', { name: 'Blau' }).click();
    await expect(phone.getByRole('main').getByText('Deine Gruppe: Blau')).toBeFocused();
    await phone.getByRole('button', { name: 'Ändern Blau' }).click();
    await card.getByRole('button', { name: 'Rot' }).click();
    await phone.reload();
    await expect(phone.getByRole('main').getByText('Deine Gruppe: Rot')).toBeVisible();
    const red = desk.getByRole('listitem').filter({ hasText: 'Rot' });
    await expect(red).toContainText('1 macht mit');
    await expect(red.getByRole('button', { name: 'Löschen' })).toBeHidden();

    await phone.getByRole('button', { name: 'Idee einreichen' }).click();
    await phone.getByLabel('Titel').fill('Skatepark');
    const tags = phone.getByRole('group', { name: /^Themen/ });
    await tags.getByRole('button', { name: 'Verkehr' }).click();
    await clean(phone, 'an idea with tags');
    await phone.getByRole('button', { name: 'Abschicken' }).click();
    const idea = desk.getByRole('article').filter({ hasText: 'Skatepark' });
    await expect(idea).toContainText('Verkehr');
    await idea.getByRole('button', { name: 'Themen Skatepark' }).click();
    await idea.getByRole('button', { name: 'Wohnen' }).click();
    await idea.getByRole('button', { name: 'Speichern' }).click();
    await expect(idea).toContainText('Verkehr, Wohnen');
    await idea.getByRole('button', { name: 'Freigeben Skatepark' }).click();
    await place.desk.submit('Mehr Bänke');

    const list = phone.getByRole('region', { name: /^\d Ideen/ });
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await list.getByRole('button', { name: 'Verkehr' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await expect(list.getByRole('listitem')).toContainText('Skatepark');
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    await expect(wall.getByText('Wohnen')).toBeVisible();

    await place.poll('Was zuerst?', ['Kino', 'Park']);
    await expect(phone.getByText(/deshalb bleibt deine Gruppe/)).toBeVisible();
    await expect(phone.getByRole('button', { name: 'Ändern Rot' })).toBeHidden();
    const late = await place.join();
    await late.getByRole('button', { name: 'Blau' }).click();
    await expect(late.getByRole('main').getByText('Deine Gruppe: Blau')).toBeVisible();
    // The phone shows a choice at once; the desk only what the server has.
    await expect(desk.getByRole('listitem').filter({ hasText: 'Blau' })).toContainText(
        '1 macht mit',
    );
    expect(await hall.table(event.code, 'groups.csv')).toEqual([
        ['1', 'Rot', 'de', '1', ''],
        ['2', 'Blau', 'de', '1', ''],
        ['', '', '', '0', ''],
    ]);
});

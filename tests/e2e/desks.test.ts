/* Two hands at two desks, one of them behind the other: nobody writes over what a colleague has
 * just done, and nobody ends a round that they have not seen. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { Network } from './proxy';

const SIZE = { viewport: { width: 1280, height: 900 } };

async function deskAt({ hall, event, open }: Place, base: string): Promise<Page> {
    const link = await hall.newLink(event.code);
    const desk = await open(`/m#${link}`, { ...SIZE, base });
    await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
    return desk;
}

test('a box that is ticked while the line is away leaves a colleague’s as it is', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const desk = await deskAt(place, network.url);
    await desk.getByRole('button', { name: 'Einstellungen' }).click();
    network.away = true;
    network.cut();
    await expect(desk.getByText('Keine Verbindung')).toBeVisible();
    await desk.getByLabel(/Für junge Leute/).click();
    await place.desk.ask({ op: 'settings', youth: false, nicknames: true });
    network.away = false;
    await expect(desk.getByLabel(/Ausgedachte Namen/)).toBeChecked();
    await expect(desk.getByLabel(/Für junge Leute/)).toBeChecked();
    await network.close();

    const other = await deskAt(place, place.hall.url);
    await other.getByRole('button', { name: 'Einstellungen' }).click();
    await expect(other.getByLabel(/Ausgedachte Namen/)).toBeChecked();
    await expect(other.getByLabel(/Für junge Leute/)).toBeChecked();
});

test('a round that a colleague has reopened is not closed by a press that was meant for the one before', async ({
    place,
}) => {
    const network = await Network.before(place.hall.url);
    const { poll } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const desk = await deskAt(place, network.url);
    const row = desk.getByRole('article').filter({ hasText: 'Was zuerst?' });
    await row.getByRole('button', { name: /^Jetzt beenden/ }).click();
    network.deaf = true; // it sends, and hears nothing any more
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.reopen', poll, reason: 'mistake' });
    await row.getByRole('button', { name: 'Jetzt beenden', exact: true }).click();
    network.deaf = false;
    network.cut();
    await expect(row.getByRole('alert')).toContainText('inzwischen hat sich etwas geändert');
    await expect(row.getByText('Läuft', { exact: true })).toBeVisible();
    await network.close();
});

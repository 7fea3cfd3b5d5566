/* The desk's queue: through it by keyboard, many at once, a table from an office, twins. */
import { readFileSync } from 'node:fs';
import { both, clean, fits } from './axe';
import { expect, test } from './fixtures';

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/* As Excel saves it in Windows-1252: semicolons, umlauts, a quote with a line end, two bad rows. */
const table = Buffer.from(
    [
        'Titel;Beschreibung;Sprache',
        'Größere Mülleimer;"Für alles, was übrig bleibt;\nauch abends";Deutsch',
        ';Hier fehlt der Titel;de',
        'Öffentliche Bücher;;de',
        'Größere Mülleimer;"Für alles, was übrig bleibt;\nauch abends";de',
        '=HYPERLINK("x");;',
    ].join('\r\n'),
    'latin1',
);

test('the queue: keys, a batch, a table with bad rows, twins merged and split', async ({
    place,
}) => {
    const { hall, event } = place;
    const person = await place.person();
    for (const title of ['Kino im Park', 'Sitzbänke am Weiher', 'Alles blöd', 'Skatepark'])
        await person.submit(title, 'Ein Satz dazu.');
    await person.submit('Eine Sitzbank am Weiher', 'Mit Lehne.');
    const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: wide,
    });
    const row = (title: string) => page.getByRole('article', { name: title });
    const press = (key: string) => page.keyboard.press(key);
    await expect(row('Skatepark')).toBeVisible();

    await test.step('keys move and act; the focus goes to the next one', async () => {
        await press('j');
        await expect(row('#1 Kino im Park')).toBeFocused();
        await press('j');
        await press('k');
        await press('r');
        await expect(row('#1 Kino im Park')).toHaveCount(0);
        await expect(row('#2 Sitzbänke am Weiher')).toBeFocused();
        await press('e');
        await expect(page.getByLabel('Titel')).toBeFocused();
        await page.keyboard.type('jr');
        await expect(page.getByLabel('Titel')).toHaveValue('Sitzbänke am Weiherjr');
        await page.getByRole('button', { name: 'Abbrechen' }).press('Enter');
        await expect(page.getByRole('button', { name: 'Ändern Sitzbänke' })).toBeFocused();
    });

    await test.step('a word of the list is left out where all are ticked', async () => {
        await page.getByRole('button', { name: 'Wortliste' }).click();
        await page.getByLabel(/^Wörter, auf die/).fill('blöd*');
        await page.getByRole('button', { name: 'Speichern' }).click();
        await expect(row('Alles blöd')).toContainText('Wort aus der Liste: blöd*');
        const other = await place.open(`/m#${await hall.newLink(event.code)}`, {
            viewport: wide,
        });
        await expect(other.getByText('Wort aus der Liste: blöd*')).toBeVisible();
        await page.getByLabel('Reihenfolge').selectOption('Mit Wörtern der Liste zuerst');
        await expect(page.getByRole('article').first()).toContainText('Alles blöd');
        await both(page, 'a word of the list');
        await page.getByLabel('Reihenfolge').selectOption('Älteste zuerst');
        await page.getByRole('button', { name: 'Alle', exact: true }).click();
        await expect(page.getByText('Angekreuzt: 3', { exact: true })).toBeVisible();
        await expect(page.getByLabel('Alles blöd auswählen')).not.toBeChecked();
        await page.getByRole('button', { name: 'Keine', exact: true }).click();
    });

    await test.step('twins stand side by side, are merged, and split again', async () => {
        await page.getByRole('button', { name: 'Vergleichen #2 Sitzbänke am Weiher' }).click();
        const dialog = page.getByRole('dialog', { name: 'Ideen zusammenlegen' });
        await expect(dialog).toContainText('Mit Lehne.');
        await both(page, 'two ideas side by side');
        await page.setViewportSize(narrow);
        await fits(page, 'two ideas, narrow');
        await page.setViewportSize(wide);
        await dialog.getByRole('button', { name: 'Zusammenlegen' }).click();
        await expect(row('Eine Sitzbank')).toHaveCount(0);
        await expect(row('#2 Sitzbänke am Weiher')).toContainText('Damit zusammengelegt');
        await page.getByRole('button', { name: 'Wieder trennen #5' }).click();
        await expect(row('Eine Sitzbank')).toBeVisible();
    });

    await test.step('a range is ticked and hidden with one reason', async () => {
        await row('#3 Alles blöd').focus();
        await press('x');
        await press('j');
        await press('Shift+X');
        await expect(page.getByText('Angekreuzt: 2', { exact: true })).toBeVisible();
        await page.getByRole('button', { name: 'Verbergen …' }).click();
        await clean(page, 'a batch');
        await page.getByLabel(/^Grund/).selectOption('verletzt andere');
        await page.getByRole('button', { name: 'Verbergen (2)' }).click();
        await expect(page.getByRole('button', { name: 'Verborgen 2' })).toBeVisible();
        await expect(row('#2 Sitzbänke am Weiher')).toBeFocused();
        await expect(page.getByRole('article')).toHaveCount(2);
    });

    await test.step('a table is read, its bad rows are named, the rest comes in', async () => {
        await page.getByRole('button', { name: 'Aus Tabelle einlesen' }).click();
        const file = { name: 'Ideen.csv', mimeType: 'text/csv', buffer: table };
        await page.getByLabel('Datei (CSV)').setInputFiles(file);
        await expect(page.getByText('Zeile 3: Der Titel fehlt.')).toBeVisible();
        await expect(page.getByText('Zeile 5: Sie steht weiter oben schon.')).toBeVisible();
        await page.setViewportSize(narrow);
        await both(page, 'a table');
        await page.setViewportSize(wide);
        await page.getByRole('button', { name: 'Einlesen (3)' }).click();
        await expect(page.getByRole('main').getByText('Eingelesen: 3')).toBeVisible();
        await page.getByLabel('Datei (CSV)').setInputFiles([]);
        await page.getByLabel('Datei (CSV)').setInputFiles(file);
        await expect(page.getByText('Zeile 4: Diese Idee ist schon da.')).toBeVisible();
    });

    await test.step('and what is shown goes out again, with nothing to compute', async () => {
        await page.getByRole('button', { name: 'Zu sehen 4' }).click();
        const coming = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Liste als Tabelle mitnehmen' }).click();
        const text = readFileSync(await (await coming).path(), 'utf8');
        expect(text.startsWith('\ufeffidea;state;title;text;lang;tags;challenge\r\n')).toBe(
            true,
        );
        expect(text).toContain('"Für alles, was übrig bleibt;\nauch abends";de;');
        expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    });
});

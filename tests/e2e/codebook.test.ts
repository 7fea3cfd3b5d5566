/* The export's page: what stands in the tables, and downloads for the desk and the office. */
import type { Page } from '@playwright/test';
import { both, clean, fits } from './axe';
import { expect, test } from './fixtures';

const wide = { viewport: { width: 1280, height: 900 } };

/** Presses it and gives the name of what comes. */
async function taken(page: Page, name: string): Promise<string> {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).press('Enter');
    return (await download).suggestedFilename();
}

test('the desk reads what stands in the tables, and takes all or one of them', async ({
    place,
}) => {
    const { hall, event } = place;
    const { poll } = await place.poll('Wie viele Punkte?', ['Bänke am Ufer', 'Kino'], {
        form: 'dots',
        method: 'score',
        dots: 5,
    });
    await place.desk.ask({ op: 'poll.close', poll });
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    await desk.getByRole('button', { name: 'Daten mitnehmen' }).click();
    expect(await taken(desk, 'Herunterladen')).toBe(`stimmwerk-${event.code}.zip`);
    await expect(desk.getByText(/^Heruntergeladen: stimmwerk-/)).toBeVisible();
    await clean(desk, 'export at the desk');

    const opened = desk.context().waitForEvent('page');
    await desk.getByRole('link', { name: 'Was in den Tabellen steht' }).click();
    const book = await opened;
    await expect(book.getByText('Ideen für Halle')).toBeVisible();
    await book.setViewportSize({ width: 1280, height: 900 });
    await both(book, 'codebook-desk');
    expect(await taken(book, 'polls.csv herunterladen')).toBe('polls.csv');

    /* the ballots of points have a file in the auditor's export only */
    const points = book.getByRole('link', { name: `points-${poll}.csv herunterladen` });
    await expect(points).toHaveCount(0);
    await book.getByRole('checkbox', { name: 'Mit allen Stimmzetteln, zur Prüfung' }).check();
    expect(await taken(book, `points-${poll}.csv herunterladen`)).toBe(
        `auditor-points-${poll}.csv`,
    );

    /* searched, and by its address */
    await book.getByRole('searchbox').fill('eingelöst');
    await expect(book.getByRole('table')).toHaveCount(2);
    await expect(book.getByRole('rowheader', { name: /^tickets_redeemed/ })).toBeVisible();
    await book.goto(`${hall.url}/codebook/${event.code}#followup`);
    await expect(book.getByRole('heading', { name: 'followup.csv' })).toBeInViewport();

    /* a place that was taken away is told here, and not in a file */
    await book.context().clearCookies();
    await book.getByRole('link', { name: 'Herunterladen', exact: true }).click();
    await expect(book.getByRole('alert')).toBeVisible();
});

test('anybody may read it, narrow, in every direction, and on paper', async ({ place }) => {
    const page = await place.open('/codebook#results');
    await expect(page.getByText(/^Herunterladen kann hier, wer/)).toBeVisible();
    await expect(page.getByRole('link', { name: /herunterladen$/ })).toHaveCount(0);
    await both(page, 'codebook-narrow'); // a long page: once is enough
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of ['de-simple', 'el', 'ar']) {
        await page.getByLabel(/Sprache|Γλώσσα/).selectOption(language);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await fits(page, `codebook-${language}`);
    }
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('searchbox')).toBeHidden();
    await expect(page.getByRole('rowheader', { name: /^eliminated/ })).toBeVisible();
});

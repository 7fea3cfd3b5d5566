/* What became of an idea: said at the desk, read on the phone, on its page and on the wall. */
import { audit, clean, fits } from './axe';
import { expect, test } from './fixtures';

test('a pilot is announced with department and day, and seen everywhere', async ({ place }) => {
    const { hall, event } = place;
    const { poll, options } = await place.poll('Was zuerst?', ['Bänke am Ufer', 'Kino']);
    const voter = await place.person();
    await voter.cast(poll, { ranking: [[options[0]], [options[1]]] });
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.publish', poll });
    await place.lead('follow-up');

    const size = { viewport: { width: 1280, height: 900 } };
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, size);
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    const phone = await place.join();

    /* before anything is said the wall thanks, and names who won */
    await expect(wall.getByRole('heading', { name: 'Danke fürs Mitmachen!' })).toBeVisible();
    await expect(wall.getByText('Bänke am Ufer')).toBeVisible();
    await expect(wall.getByText('Noch ist nicht bekannt gegeben')).toBeVisible();

    /* the desk, by keyboard */
    await desk.getByRole('button', { name: /^Zu sehen/ }).click();
    const card = desk.getByRole('article').filter({ hasText: 'Bänke am Ufer' }).first();
    await card.getByRole('button', { name: /^Wie es weitergeht/ }).focus();
    await desk.keyboard.press('Enter');
    const pilot = card.getByRole('radio', { name: /^Pilot/ });
    await expect(card.getByRole('radio', { name: /^Angenommen/ })).toBeFocused();
    await clean(desk, 'what became of it, the form');
    await fits(desk, 'follow-desk');
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('ArrowDown');
    await expect(pilot).toBeChecked();
    await card.getByLabel(/^Zuständige Stelle/).fill('Grünflächenamt');
    await card.getByLabel(/^Bis wann/).fill('2027-03-01');
    await card.getByLabel(/^Was gerade geschieht/).fill('Fünf Bänke stehen am Südufer.');
    await card.getByRole('button', { name: 'Bekannt geben' }).press('Enter');
    await expect(card.getByText('Pilotversuch', { exact: true })).toBeVisible();
    await expect(card.getByRole('button', { name: /^Wie es weitergeht/ })).toBeFocused();

    await expect(desk.getByText('Bänke am Ufer: Pilotversuch')).toBeAttached();

    /* everywhere */
    await expect(wall.getByText('Grünflächenamt')).toBeVisible();
    await expect(wall.getByText('1. März 2027')).toBeVisible();
    await audit(wall, 'the thanks');
    await fits(wall, 'follow-wall');
    await expect(phone.getByText('Danke fürs Mitmachen!')).toBeVisible();
    const link = phone.getByRole('link', { name: 'Was aus den Ideen wurde' });
    await expect(link).toHaveAttribute('href', `/i/${event.code}`);
    await fits(phone, 'follow-phone');

    const page = await place.open(`/i/${event.code}`);
    await expect(
        page.getByRole('heading', { level: 1, name: 'Was aus den Ideen wurde' }),
    ).toBeVisible();
    await clean(page, 'all ideas');
    await fits(page, 'follow-all');
    await page.getByRole('link', { name: 'Bänke am Ufer' }).click();
    const now = page.getByRole('region', { name: 'Was aus der Idee wurde' });
    await expect(now).toContainText('Die Idee wird mit Menschen ausprobiert.');
    await expect(now).toContainText('Zuständig: Grünflächenamt');
    await expect(now).toContainText('Nächste Neuigkeiten bis 1. März 2027');
    await expect(page.getByText('Platz 1 von 2')).toBeVisible();
    await clean(page, 'one idea');
    await fits(page, 'follow-one');

    /* undone: gone everywhere */
    await desk.getByRole('button', { name: 'Was getan wurde' }).click();
    await desk.getByRole('button', { name: /^Rückgängig machen Stand einer Idee/ }).click();
    await expect(wall.getByText('Grünflächenamt')).toHaveCount(0);
    await page.reload();
    await expect(now).toContainText('Noch ist nicht bekannt gegeben');
});

test('a day that has passed is shown as overdue, and a stop has its reason', async ({
    place,
}) => {
    const { event, desk } = place;
    await place.poll('Was zuerst?', ['Bänke am Ufer', 'Kino']);
    const pilot = { op: 'idea.follow', idea: '1', state: 'pilot', next: '2027-03-01' };
    await desk.ask({ ...pilot, department: 'Grünflächenamt', lang: 'de' });
    await desk.ask({ op: 'idea.follow', idea: '2', state: 'stopped', note: 'Zu teuer.' });
    await desk.ask({ op: 'idea.submit', title: 'Sitze', text: '', lang: 'de' });
    await desk.ask({ op: 'idea.merge', idea: '3', into: '1' });

    const page = await place.open('/about');
    await page.clock.setFixedTime(new Date('2027-03-01T20:00:00'));
    await page.goto(`${place.hall.url}/i/${event.code}/1`);
    await expect(page.getByText('Nächste Neuigkeiten bis 1. März 2027').first()).toBeVisible();
    await page.clock.setFixedTime(new Date('2027-03-02T01:00:00'));
    await page.reload();
    await expect(page.getByText(/^Überfällig: .* 1\. März 2027/)).toBeVisible();
    await clean(page, 'overdue');
    await fits(page, 'follow-overdue');

    /* narrow, in every language, from the right too */
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of ['de-simple', 'el', 'ar']) {
        await page.getByLabel(/Sprache|Γλώσσα/).selectOption(language);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await clean(page, `one idea in ${language}`);
        await fits(page, `follow-one-${language}`);
    }
    await page.evaluate(() => localStorage.clear());

    await page.goto(`${place.hall.url}/i/${event.code}/2`);
    await expect(page.getByText('Zu teuer.').first()).toBeVisible();
    await page.goto(`${place.hall.url}/i/${event.code.toLowerCase()}/3`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Bänke am Ufer');
    await expect(page.getByText('Die Idee 3 wurde mit dieser zusammengelegt.')).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/i/${event.code}/1$`));
    await page.goto(`${place.hall.url}/i/${event.code}/99`);
    await expect(
        page.getByRole('heading', { name: 'Diese Seite gibt es nicht' }),
    ).toBeVisible();
    await clean(page, 'no such page');

    /* the export tells each step */
    const rows = await place.hall.table(event.code, 'followup.csv');
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
        ['1', 'pilot', 'Grünflächenamt', '2027-03-01', ''],
        ['2', 'stopped', '', '', 'Zu teuer.'],
    ]);
});

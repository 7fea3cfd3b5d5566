/* The office: somebody without a shell makes an event, hands its links on, copies it, archives it
 * and deletes it. */
import type { Locator, Page } from '@playwright/test';
import { both, clean } from './axe';
import { expect, test } from './fixtures';
import { Phone } from './phone';

const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 360, height: 740 } };

const row = (page: Page, title: string): Locator =>
    page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) });

/* By keyboard only. */
async function press(page: Page, button: Locator): Promise<void> {
    await button.focus();
    await page.keyboard.press('Enter');
}

async function make(office: Page, title: string): Promise<{ owner: string; join: string }> {
    await press(office, office.getByRole('button', { name: 'Neue Veranstaltung' }));
    const form = office.getByRole('region', { name: 'Neue Veranstaltung' });
    await expect(form.getByLabel('Titel', { exact: true })).toBeFocused();
    await office.keyboard.type(title);
    await form.getByRole('radio', { name: /^Schulstunde/ }).focus();
    await office.keyboard.press('Space');
    await form.getByRole('checkbox', { name: 'English' }).focus();
    await office.keyboard.press('Space');
    await form.getByLabel('Gruppen').fill('Rot\nBlau\n');
    await both(office, 'office new');
    await press(office, form.getByRole('button', { name: 'Veranstaltung erstellen' }));
    await expect(form.getByRole('heading', { name: `${title} ist erstellt` })).toBeFocused();
    await both(office, 'office made');
    const owner = await form
        .getByRole('textbox', { name: 'Link für die Leitung' })
        .inputValue();
    const join = await form.getByRole('textbox', { name: 'Link zum Mitmachen' }).inputValue();
    await press(office, form.getByRole('button', { name: 'Schließen' }));
    await expect(office.getByRole('button', { name: 'Neue Veranstaltung' })).toBeFocused();
    return { owner, join };
}

const pathOf = (link: string): string => new URL(link).pathname + new URL(link).hash;

test('somebody without a shell makes an event, hands its links on, and copies it', async ({
    place,
}) => {
    const office = await place.open(await place.hall.officeLink(), wide);
    await expect(office.getByRole('heading', { name: 'Büro' })).toBeVisible();
    expect(office.url()).not.toContain('#');
    const title = 'Ideen für den Weiher';
    const { owner, join } = await make(office, title);
    const code = join.slice(-6);

    /* the owner's link works elsewhere, and the agenda is the template's */
    const desk = await place.open(pathOf(owner), wide);
    await expect(desk.getByRole('heading', { name: title })).toBeVisible();
    await expect(desk.getByText('Leitung', { exact: true }).first()).toBeVisible();
    await expect(desk.getByRole('list').filter({ hasText: 'Ideen sammeln' })).toBeVisible();
    const person = await Phone.join(place.hall.url, code, { code });
    await person.submit('Ein Steg', 'zum Sitzen');

    /* a lost device: the old session ends, the new link leads to the same place */
    const mine = row(office, title);
    await press(office, mine.getByRole('button', { name: /^Zugänge/ }));
    await press(office, mine.getByRole('button', { name: /^Gerät verloren/ }));
    await both(office, 'office lost');
    await press(office, mine.getByRole('button', { name: 'Link erstellen' }).first());
    const again = await mine.getByRole('textbox', { name: /^Link für Leitung/ }).inputValue();
    await both(office, 'office places');
    await expect(desk.getByRole('heading', { name: title })).toHaveCount(0);
    const anew = await place.open(pathOf(again), wide);
    await expect(anew.getByRole('heading', { name: title })).toBeVisible();
    await press(office, mine.getByRole('button', { name: /^Zugänge/ }));

    /* a copy: no people and no ideas */
    await press(office, mine.getByRole('button', { name: /^Kopieren/ }));
    await mine.getByLabel('Titel', { exact: true }).fill('Noch einmal');
    await both(office, 'office copy');
    await press(office, mine.getByRole('button', { name: 'Veranstaltung erstellen' }));
    await expect(mine.getByRole('heading', { name: 'Noch einmal ist erstellt' })).toBeFocused();
    await press(office, mine.getByRole('button', { name: 'Schließen' }));
    await expect(row(office, 'Noch einmal')).toContainText('Ideen: 0');
    await expect(row(office, title)).toContainText('Ideen: 1');
});

test('an event is archived, which every screen tells; taken back; and deleted', async ({
    place,
}) => {
    const title = 'Ideen für den Teich';
    const { code, link } = await place.hall.makeEvent(title);
    const person = await Phone.join(place.hall.url, code, { code });
    await person.submit('Ein Steg', 'zum Sitzen');
    const anew = await place.open(`/m#${link}`, wide);
    const office = await place.open(await place.hall.officeLink(), wide);
    const mine = row(office, title);

    /* archived: told at the desk and on every screen, nobody joins; taken back; archived again */
    const phone = await place.open(`/j#${code}`, narrow);
    await expect(phone.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await anew
        .getByRole('button', { name: /^Freigeben/ })
        .first()
        .click();
    await anew.getByRole('button', { name: /^Zu sehen/ }).click();
    await expect(anew.getByRole('button', { name: /^Zusammenlegen/ })).toBeVisible();
    await press(office, mine.getByRole('button', { name: /^Archivieren/ }));
    await both(office, 'office archive');
    await press(office, mine.getByRole('button', { name: 'Archivieren', exact: true }));
    await expect(mine.getByText('Archiviert', { exact: true })).toBeVisible();
    await expect(anew.getByText(/^Archiviert seit/)).toBeVisible();
    await expect(anew.getByText('Mitmachen mit')).toHaveCount(0);
    await expect(anew.getByRole('button', { name: /^Zusammenlegen/ })).toHaveCount(0);
    await expect(anew.getByRole('button', { name: 'Daten mitnehmen' })).toBeVisible();
    await both(anew, 'desk archived');
    const late = await place.open(`/j#${code}`, narrow);
    await expect(late.getByText('Diese Veranstaltung ist zu Ende.')).toBeVisible();
    const wall = await place.open(`/stage#${code}`, wide);
    await expect(wall.getByText('Diese Veranstaltung ist zu Ende.')).toBeVisible();
    await expect(wall.getByText('Mach mit')).toHaveCount(0);
    await clean(wall, 'wall archived');
    const read = phone.getByRole('link', { name: 'Was aus den Ideen wurde' });
    await expect(read).toHaveAttribute('href', `/i/${code}`);
    await both(phone, 'phone archived');
    const tablet = await place.open(`/kiosk#${code}`, wide);
    await expect(tablet.getByText('Diese Veranstaltung ist zu Ende.')).toBeVisible();
    await expect(tablet.getByRole('textbox')).toHaveCount(0);
    await tablet.getByText('Was aus den Ideen wurde').click();
    await expect(tablet.getByRole('img', { name: /QR-Code/ })).toBeVisible();
    await expect(tablet.getByRole('link')).toHaveCount(0);
    await both(tablet, 'kiosk archived');
    await anew
        .getByRole('button', { name: /^Wie es weitergeht/ })
        .first()
        .click();
    await expect(anew.getByRole('radio', { name: /^Prototyp/ })).toBeVisible();
    await anew.getByRole('button', { name: 'Abbrechen' }).click();
    await press(office, mine.getByRole('button', { name: /^Archivierung zurücknehmen/ }));
    await expect(mine.getByText('Archiviert', { exact: true })).toHaveCount(0);
    await expect(anew.getByText(/^Archiviert seit/)).toHaveCount(0);

    /* deleted: only with its code, and then nowhere any more */
    await press(office, mine.getByRole('button', { name: /^Löschen/ }));
    await office.setViewportSize(narrow.viewport);
    await both(office, 'office delete narrow');
    await office.setViewportSize(wide.viewport);
    await mine.getByLabel(/^Zur Bestätigung/).fill('ABC');
    await office.keyboard.press('Enter');
    await expect(mine.getByRole('alert')).toBeVisible();
    await mine.getByLabel(/^Zur Bestätigung/).fill(code.toLowerCase());
    await office.keyboard.press('Enter');
    await expect(row(office, title)).toHaveCount(0);
    await expect(anew.getByRole('heading', { name: title })).toHaveCount(0);
    const gone = await place.open(`/j#${code}`, narrow);
    await expect(gone.getByRole('alert')).toBeVisible();
});

test('a link lets in once; who signs out or is ended is out', async ({ place }) => {
    const link = await place.hall.officeLink();
    const office = await place.open(link, narrow);
    await expect(
        office.getByRole('heading', { name: 'Ideen für Halle' }).first(),
    ).toBeVisible();
    await both(office, 'office narrow');
    await office.reload();
    await expect(
        office.getByRole('heading', { name: 'Ideen für Halle' }).first(),
    ).toBeVisible();

    const stranger = await place.open(link, narrow);
    await expect(stranger.getByRole('alert')).toBeVisible();
    await both(stranger, 'office door');
    const moderator = await place.open(
        `/m#${await place.hall.newLink(place.event.code)}`,
        wide,
    );
    await expect(moderator.getByRole('heading', { name: 'Ideen für Halle' })).toBeVisible();
    await moderator.goto(`${place.hall.url}/office`);
    await expect(moderator.getByLabel('Link')).toBeVisible();

    await press(office, office.getByRole('button', { name: 'Abmelden' }));
    await expect(office.getByText('Du bist abgemeldet.').first()).toBeVisible();
    await office.reload();
    await expect(office.getByLabel('Link')).toBeVisible();
    await expect(office.getByRole('heading', { name: 'Ideen für Halle' })).toHaveCount(0);

    const second = await place.open(await place.hall.officeLink(), wide);
    await expect(
        second.getByRole('heading', { name: 'Ideen für Halle' }).first(),
    ).toBeVisible();
    await place.hall.endOffice();
    await press(second, second.getByRole('button', { name: 'Neue Veranstaltung' }));
    await second.keyboard.type('Zu spät');
    await second.keyboard.press('Enter');
    await expect(second.getByRole('alert')).toContainText('Die Sitzung ist zu Ende');
});

test('the office reads from the right too', async ({ place }) => {
    const office = await place.open(await place.hall.officeLink(), {
        ...narrow,
        locale: 'ar',
    });
    await expect(office.getByRole('heading', { name: 'المكتب' })).toBeVisible();
    await both(office, 'office arabic');
});

test('the office writes what everybody reads about who runs this', async ({ place }) => {
    const office = await place.open(await place.hall.officeLink(), wide);
    const button = office.getByRole('button', { name: 'Impressum und Datenschutz ändern' });
    await press(office, button);
    const notices = office.getByRole('region', { name: 'Impressum und Datenschutz ändern' });
    await expect(notices.getByLabel('Impressum')).toHaveValue(/^Stadt Halle am Beispiel/);
    await both(office, 'office notices');
    await notices.getByLabel('Impressum').fill('Jugendamt Halle\n\nAm Kirchtor 3');
    await press(office, notices.getByRole('button', { name: /^Speichern Impressum/ }));
    await expect(notices.getByText('Gespeichert: Impressum')).toBeVisible();

    const phone = await place.open('/', narrow);
    await phone.getByRole('button', { name: 'Impressum und Datenschutz' }).click();
    await expect(phone.getByText('Am Kirchtor 3')).toBeVisible();

    await notices.getByLabel('Impressum').fill('');
    await press(office, notices.getByRole('button', { name: /^Speichern Impressum/ }));
    await expect(notices.getByLabel('Impressum')).toHaveValue(/^Stadt Halle am Beispiel/);
    await press(office, notices.getByRole('button', { name: 'Schließen' }));
    await expect(button).toBeFocused();
});

test('new events begin with the words that the office has written', async ({ place }) => {
    const office = await place.open(await place.hall.officeLink(), wide);
    const button = office.getByRole('button', { name: 'Wortliste', exact: true });
    await press(office, button);
    const panel = office.getByRole('region', { name: 'Wortliste für neue Veranstaltungen' });
    await expect(
        panel.getByRole('heading', { name: 'Wortliste für neue Veranstaltungen' }),
    ).toBeFocused();
    const field = panel.getByLabel(/^Wörter, auf die/);
    await expect(field).toHaveAccessibleDescription(/Bestehende Veranstaltungen bleiben/);
    await field.fill(' Depp\u0007 ');
    await press(office, panel.getByRole('button', { name: 'Speichern' }));
    await expect(panel.getByRole('alert')).toBeVisible();
    await expect(field).toHaveValue(' Depp\u0007 ');
    await field.fill(' blöd*\nDepp\n');
    await press(office, panel.getByRole('button', { name: 'Speichern' }));
    await expect(panel.getByText('Gespeichert: Wortliste')).toBeVisible();
    await expect(panel.getByRole('alert')).toHaveCount(0);
    await expect(field).toHaveValue('blöd*\nDepp');
    await both(office, 'office words');
    await office.setViewportSize(narrow.viewport);
    await both(office, 'office words narrow');
    await office.setViewportSize(wide.viewport);
    await press(office, panel.getByRole('button', { name: 'Schließen' }));
    await expect(button).toBeFocused();

    const { owner, join } = await make(office, 'Mit Wörtern');
    const code = join.slice(-6);
    const person = await Phone.join(place.hall.url, code, { code });
    await person.submit('Alles blöde Ideen', 'Ein Satz.');
    await person.submit('Eine Bank', 'Ein Satz.');
    const desk = await place.open(pathOf(owner), wide);
    const marked = desk.getByRole('article', { name: 'Alles blöde Ideen' });
    await expect(marked).toContainText('Wort aus der Liste: blöd*');
    await expect(desk.getByRole('article', { name: 'Eine Bank' })).not.toContainText(
        'Wort aus der Liste',
    );
    await desk.getByRole('button', { name: 'Wortliste' }).click();
    await expect(desk.getByLabel(/^Wörter, auf die/)).toHaveValue('blöd*\nDepp');
    await desk.getByLabel(/^Wörter, auf die/).fill('Bank');
    await desk.getByRole('button', { name: 'Speichern' }).click();
    await expect(marked).not.toContainText('Wort aus der Liste');
    await expect(desk.getByRole('article', { name: 'Eine Bank' })).toContainText(
        'Wort aus der Liste: Bank',
    );

    /* the office's own list is as it was; then there is none, as before this test */
    await press(office, button);
    await expect(field).toHaveValue('blöd*\nDepp');
    await field.fill('');
    await press(office, panel.getByRole('button', { name: 'Speichern' }));
    await expect(office.getByText('Gespeichert: Wortliste')).toHaveCount(1);
});

test('the office sees the promises that are overdue, and takes the tables home', async ({
    place,
}) => {
    const { event, desk } = place;
    for (const title of ['Bänke am Ufer', 'Kino', 'Steg'])
        await desk.ask({ op: 'idea.submit', title, text: '', lang: 'de' });
    const late = { op: 'idea.follow', state: 'pilot', next: '2020-02-29' };
    await desk.ask({ ...late, idea: '1', department: 'Grünflächenamt', lang: 'de' });
    await desk.ask({ ...late, idea: '2' });
    await desk.ask({ op: 'idea.hide', idea: '2', reason: 'other' });
    await desk.ask({ ...late, idea: '3', state: 'permanent' });

    const office = await place.open(await place.hall.officeLink(), wide);
    await press(office, office.getByRole('button', { name: /^Überfällige Zusagen/ }));
    const panel = office.getByRole('region', { name: 'Überfällige Zusagen' });
    await expect(panel.getByRole('heading', { name: 'Überfällige Zusagen' })).toBeFocused();
    const mine = panel.getByRole('listitem').filter({ hasText: 'Ideen für Halle' });
    const first = mine.filter({ hasText: 'Bänke am Ufer' });
    await expect(first).toContainText('Zuständig: Grünflächenamt');
    await expect(first).toContainText(/seit [\d.]+ Tagen überfällig/);
    const hidden = mine.filter({ hasText: 'Nicht mehr veröffentlicht' });
    await expect(hidden).toContainText('Keine Stelle genannt');
    await expect(hidden.getByRole('link')).toHaveCount(0);
    await expect(panel).not.toContainText('Kino');
    await expect(panel).not.toContainText('Steg');
    await both(office, 'office promises');

    /* to the page that everybody sees, and to the event's places */
    const opened = office.context().waitForEvent('page');
    await first.getByRole('link', { name: /^Öffentliche Seite/ }).click();
    const page = await opened;
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Bänke am Ufer');
    await page.close();
    await press(office, first.getByRole('button', { name: /^Zugänge zur Moderation/ }));
    const card = office.locator('article').filter({ hasText: event.code.slice(0, 3) });
    await expect(card.getByRole('heading', { level: 2 }).first()).toBeFocused();
    await expect(card.getByRole('button', { name: /^Zugänge/ })).toHaveAttribute(
        'aria-expanded',
        'true',
    );

    /* told: nothing is overdue */
    await desk.ask({ op: 'idea.follow', idea: '1', state: 'permanent' });
    await desk.ask({ op: 'idea.release', idea: '2' });
    await desk.ask({ op: 'idea.follow', idea: '2', state: 'transfer' });
    await press(office, panel.getByRole('button', { name: 'Schließen' }));
    await press(office, office.getByRole('button', { name: /^Überfällige Zusagen/ }));
    await expect(panel.getByText(/^Nichts ist überfällig/)).toBeVisible();
    await both(office, 'office no promises');

    /* its tables, as everybody may have them */
    await press(office, card.getByRole('button', { name: /^Daten mitnehmen/ }));
    await both(office, 'office export');
    const download = office.waitForEvent('download');
    await press(office, card.getByRole('link', { name: 'Herunterladen' }));
    expect((await download).suggestedFilename()).toBe(`stimmwerk-${event.code}.zip`);
    const reading = office.context().waitForEvent('page');
    await press(office, card.getByRole('link', { name: 'Was in den Tabellen steht' }));
    const book = await reading;
    await expect(book.getByRole('link', { name: 'ideas.csv herunterladen' })).toBeVisible();
    await expect(book.getByRole('checkbox')).toHaveCount(0);
    const table = book.waitForEvent('download');
    await press(book, book.getByRole('link', { name: 'ideas.csv herunterladen' }));
    expect((await table).suggestedFilename()).toBe('ideas.csv');

    /* by phone */
    await office.setViewportSize(narrow.viewport);
    await both(office, 'office export narrow');
});

/* A whole event in three windows: a phone, the desk, the wall. */
import { clean } from './axe';
import { expect, test } from './fixtures';

test('an event from the first idea to the result, in three windows', async ({ place }) => {
    const { hall, event } = place;
    const link = await hall.newLink(event.code);
    const moderator = await place.open(`/m#${link}`, {
        viewport: { width: 1280, height: 900 },
    });
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    await expect(
        moderator.getByRole('heading', { level: 1, name: 'Ideen für Halle' }),
    ).toBeVisible();
    expect(moderator.url()).not.toContain('#');
    await expect(wall.getByRole('heading', { name: 'Mach mit' })).toBeVisible();
    await expect(
        wall.getByRole('img', { name: new RegExp(`QR-Code.*/j#${event.code}`) }),
    ).toBeVisible();

    await test.step('a phone joins by a sloppily typed code', async () => {
        const phone = await place.open('/');
        const code = event.code.toLowerCase();
        await phone.getByLabel('Code').fill(` ${code.slice(0, 3)}-${code.slice(3)} `);
        await phone.getByRole('button', { name: 'Los geht’s' }).click();
        await expect(
            phone.getByRole('heading', { level: 1, name: 'Ideen für Halle' }),
        ).toBeVisible();
        await expect(wall.getByText('1 Person ist dabei')).toBeVisible();
    });

    const phone = await place.join();

    await test.step('an idea is sent, waits, and is released', async () => {
        await phone.getByRole('button', { name: 'Idee einreichen' }).click();
        await phone.getByLabel('Titel').fill('Skatepark am Bahnhof');
        await phone.getByLabel('Beschreibung').fill('Auch abends beleuchtet.');
        await phone.getByRole('button', { name: 'Abschicken' }).click();
        await expect(phone.getByText('Wartet auf Freigabe')).toBeVisible();
        await moderator.getByRole('button', { name: 'Freigeben Skatepark am Bahnhof' }).click();
        await expect(phone.getByText('Für alle zu sehen')).toBeVisible();
        await expect(
            phone.getByRole('heading', { name: 'Skatepark am Bahnhof', level: 3 }),
        ).toBeVisible();
        await expect(
            wall.getByRole('listitem').filter({ hasText: 'Skatepark am Bahnhof' }),
        ).toBeVisible();
    });

    await test.step('the desk merges one and hides one; their authors are told', async () => {
        for (const title of ['Platz zum Skaten', 'Alles doof', 'Mehr Bänke', 'Trinkbrunnen']) {
            await phone.getByRole('button', { name: 'Idee einreichen' }).click();
            await phone.getByLabel('Titel').fill(title);
            await phone.getByRole('button', { name: 'Abschicken' }).click();
        }
        await moderator.getByRole('button', { name: 'Zusammenlegen Platz zum Skaten' }).click();
        await moderator.getByRole('button', { name: '#1 Skatepark am Bahnhof' }).click();
        await moderator
            .getByRole('dialog')
            .getByRole('button', { name: 'Zusammenlegen' })
            .click();
        await expect(phone.getByText('Gehört jetzt zu: Skatepark am Bahnhof')).toBeVisible();
        await moderator.getByRole('button', { name: 'Verbergen Alles doof' }).click();
        await moderator.getByLabel(/Grund/).selectOption('verletzt andere');
        await moderator.getByRole('button', { name: 'Verbergen', exact: true }).click();
        await expect(phone.getByText('Grund: verletzt andere')).toBeVisible();
        await moderator.getByRole('button', { name: 'Freigeben Mehr Bänke' }).click();
        await moderator.getByRole('button', { name: 'Freigeben Trinkbrunnen' }).click();
        await expect(moderator.getByText('Nichts wartet auf Freigabe.')).toBeVisible();
    });

    await test.step('a poll is made of chosen ideas and opened', async () => {
        await moderator.getByRole('button', { name: /^Zu sehen/ }).click();
        await moderator.getByRole('button', { name: 'Alle', exact: true }).click();
        await moderator.getByRole('button', { name: 'Abstimmung über 3 Ideen' }).click();
        await moderator.getByRole('textbox', { name: 'Frage' }).fill('Was machen wir zuerst?');
        await moderator.getByRole('button', { name: 'Speichern' }).click();
        await moderator.getByRole('button', { name: 'Abstimmung starten' }).click();
        await expect(
            wall.getByRole('heading', { name: 'Was machen wir zuerst?' }),
        ).toBeVisible();
    });

    await test.step('people vote; the wall and the desk count who, not what', async () => {
        await phone.getByRole('button', { name: 'Abstimmen', exact: true }).click();
        await phone.getByRole('button', { name: 'Trinkbrunnen' }).click();
        await phone.getByRole('button', { name: 'Mehr Bänke' }).click();
        await phone.getByRole('button', { name: 'Prüfen' }).click();
        await phone.getByRole('button', { name: 'Stimme abgeben' }).click();
        await expect(phone.getByText('Deine Stimme ist gespeichert')).toBeVisible();
        const other = await place.person();
        await other.cast('1', { ranking: [['5']] });
        await expect(wall.getByText('2 Stimmen abgegeben')).toBeVisible();
        const voted = moderator.getByRole('article').locator('li.voted');
        await expect(voted).toHaveText(/^2\s*abgestimmt/);
        await expect(wall.getByText('hat gewonnen')).toHaveCount(0);
    });

    await test.step('it is closed after a question, looked at, and shown', async () => {
        await moderator.getByRole('button', { name: 'Jetzt beenden Was machen' }).click();
        await moderator.getByRole('button', { name: 'Jetzt beenden' }).click();
        await expect(phone.getByText('Die Abstimmung ist beendet.')).toBeVisible();
        await moderator.getByRole('button', { name: 'Ergebnis nur hier ansehen' }).click();
        await expect(moderator.getByText('Trinkbrunnen hat gewonnen')).toBeVisible();
        await expect(
            phone.getByRole('main').getByText('Trinkbrunnen hat gewonnen'),
        ).toHaveCount(0);
        await moderator.getByRole('button', { name: 'Allen zeigen' }).click();
        await moderator.getByRole('button', { name: 'Jetzt allen zeigen' }).click();
        await expect(
            phone.getByRole('main').getByText('Trinkbrunnen hat gewonnen'),
        ).toBeVisible();
        await expect(wall.getByText('So wurde gezählt')).toBeVisible();
        await wall.keyboard.press('ArrowRight');
        await wall.keyboard.press('ArrowRight');
        await expect(wall.getByText('Trinkbrunnen hat gewonnen')).toBeVisible();
    });

    await test.step('the data goes home', async () => {
        await moderator.getByRole('button', { name: 'Daten mitnehmen' }).click();
        const download = moderator.waitForEvent('download');
        await moderator.getByRole('link', { name: 'Herunterladen' }).click();
        expect((await download).suggestedFilename()).toMatch(/\.zip$/);
    });

    await test.step('a result taken back disappears everywhere', async () => {
        await moderator.getByRole('button', { name: 'Ergebnis zurücknehmen' }).click();
        await expect(
            phone.getByRole('main').getByText('Trinkbrunnen hat gewonnen'),
        ).toHaveCount(0);
        await expect(wall.getByText('Trinkbrunnen hat gewonnen')).toHaveCount(0);
    });
});

test('one session sees what another moderator does, and nothing half typed is lost', async ({
    place,
}) => {
    const { hall, event, desk } = place;
    const person = await place.person();
    const first = await person.submit('Skatepark');
    await person.submit('Kino');
    const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await page.getByRole('button', { name: 'Ändern Kino' }).click();
    await page.getByLabel('Titel').fill('Ein Kino im Park');
    await page.getByRole('button', { name: 'Neue Abstimmung' }).click();
    await page.getByRole('textbox', { name: 'Frage' }).fill('Halb getippt');
    await desk.ask({ op: 'idea.release', idea: first });
    await expect(page.getByRole('button', { name: 'Zu sehen 1' })).toBeVisible();
    await expect(page.getByLabel('Titel')).toHaveValue('Ein Kino im Park');
    await expect(page.getByRole('textbox', { name: 'Frage' })).toHaveValue('Halb getippt');
    await page.getByRole('button', { name: 'Speichern' }).first().click();
    await expect(page.getByRole('heading', { name: 'Ein Kino im Park' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Frage' }).press('Escape');
    const begun = page.getByRole('button', { name: 'Neue Abstimmung Angefangen' });
    await expect(begun).toBeFocused();
    await clean(page, 'a poll that is begun, closed by Escape');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Frage' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Frage' })).toHaveValue('Halb getippt');
    await page.getByRole('button', { name: 'Abbrechen' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Neue Abstimmung' })).toBeFocused();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Ein Kino im Park' })).toBeVisible();
});

test('a refusal is told in words beside what was tried', async ({ place }) => {
    const { hall, event } = place;
    const person = await place.person();
    const idea = await person.submit('Skatepark');
    const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await page.getByRole('button', { name: 'Ändern Skatepark' }).click();
    await page.getByLabel('Titel').fill('');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await expect(
        page.locator(`[data-idea="${idea}"]`).getByText('Der Text ist leer.'),
    ).toBeVisible();
});

test('what another moderator hides is not there to be merged into any more', async ({
    place,
}) => {
    const { hall, event, desk } = place;
    const person = await place.person();
    await person.submit('Skatepark');
    const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await page.getByRole('button', { name: 'Zusammenlegen Skatepark' }).click();
    const target = await desk.submit('Ziel');
    await page.getByRole('button', { name: '#2 Ziel' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await desk.ask({ op: 'idea.hide', idea: target, reason: 'mistake' });
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('article', { name: 'Skatepark' })).toBeFocused();
});

test('a moderator’s link works once, and the browser that used it stays signed in', async ({
    place,
}) => {
    const { hall, event } = place;
    const link = await hall.newLink(event.code);
    const page = await place.open(`/m#${link}`, { viewport: { width: 1280, height: 900 } });
    await expect(
        page.getByRole('heading', { level: 1, name: 'Ideen für Halle' }),
    ).toBeVisible();
    await page.goto('about:blank');
    await page.goto(`${hall.url}/m#${link}`);
    await expect(
        page.getByRole('heading', { level: 1, name: 'Ideen für Halle' }),
    ).toBeVisible();
    const stranger = await place.open(`/m#${link}`);
    await expect(stranger.getByRole('alert')).toContainText('Dieser Link gilt nicht mehr');
});

test('a ticket lets one phone in; redeemed elsewhere it moves', async ({ place, browser }) => {
    const { hall } = place;
    const event = await hall.makeEvent('Nur mit Karte', 'ticket');
    const [ticket = ''] = await hall.tickets(event.code, 2);
    const first = await place.open(`/j#${event.code}`);
    await first.getByLabel('Code von der Karte').fill(ticket);
    await first.getByRole('button', { name: 'Los geht’s' }).click();
    await expect(first.getByRole('heading', { level: 1, name: 'Nur mit Karte' })).toBeVisible();
    const second = await place.open(`/j#${ticket}`);
    await expect(
        second.getByRole('heading', { level: 1, name: 'Nur mit Karte' }),
    ).toBeVisible();
    await expect(first.getByText(/auf einem anderen Gerät weiter/)).toBeVisible();
    expect(browser.contexts().length).toBeGreaterThan(1);
});

test('while an idea is written, those like it are shown; it may be sent all the same', async ({
    place,
}) => {
    await place.desk.submit('Fahrradständer am Bahnhof');
    const page = await place.join();
    await page.getByRole('button', { name: 'Idee einreichen' }).click();
    await page.getByLabel('Titel').fill('Skatepark');
    const alike = page.getByRole('region', { name: 'Ähnliche Ideen gibt es schon' });
    await expect(alike).toHaveCount(0);
    await page.getByLabel('Titel').fill('Mehr Fahrradstellplätze');
    await expect(alike).toContainText('Fahrradständer am Bahnhof');
    await page.getByRole('button', { name: 'Abschicken' }).click();
    await expect(page.getByText('Wartet auf Freigabe')).toBeVisible();
});

test('every page says in another language who runs the server', async ({ place }) => {
    const phone = await place.open('/', { locale: 'en-GB' });
    await phone.getByRole('button', { name: 'Imprint and privacy' }).click();
    await expect(phone.getByText('Stadt Halle am Beispiel').first()).toBeVisible();
    await expect(phone.getByText('12345 Halle')).toBeVisible();
    await phone.getByLabel('Language').selectOption('Deutsch');
    await expect(
        phone.getByRole('heading', { name: 'Wer diesen Server betreibt' }),
    ).toBeVisible();
    await phone.getByRole('button', { name: 'Zurück' }).click();
    await expect(phone.getByRole('heading', { name: 'Mitmachen' })).toBeVisible();
    const desk = await place.open('/m', { locale: 'en-GB' });
    await desk.getByRole('button', { name: 'Imprint and privacy' }).click();
    await expect(desk.getByText('12345 Halle')).toBeVisible();
    const wall = await place.open(`/stage#${place.event.code}`, { locale: 'en-GB' });
    await wall.getByRole('button', { name: 'Imprint and privacy' }).focus();
    await wall.keyboard.press('Enter');
    await expect(wall.getByText('12345 Halle')).toBeVisible();
});

test('a closed poll is opened again for a reason, made final, and one is void: everybody sees it', async ({
    place,
}) => {
    const { hall, event, desk } = place;
    const { poll, options } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    const person = await place.person();
    await person.cast(poll, { ranking: [[options[0]]] });
    const phone = await place.join();
    const page = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    const row = page.locator(`[data-poll="${poll}"]`);
    await desk.ask({ op: 'poll.close', poll });
    await row.getByRole('button', { name: 'Wieder öffnen' }).click();
    await row.getByLabel(/Grund/).selectOption('ein technisches Problem');
    await row.getByRole('button', { name: 'Wieder öffnen' }).click();
    await phone.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await expect(phone.getByText('Grund: ein technisches Problem.')).toBeVisible();
    await desk.ask({ op: 'poll.close', poll });
    await row.getByRole('button', { name: 'Endgültig abschließen' }).click();
    await expect(row.getByText('Danach geht es nicht mehr zurück')).toBeVisible();
    await row.getByRole('button', { name: 'Endgültig abschließen' }).click();
    await expect(row.getByText('Endgültig', { exact: true })).toBeVisible();
    await row.getByRole('button', { name: 'Allen zeigen' }).click();
    await row.getByRole('button', { name: 'Jetzt allen zeigen' }).click();
    await expect(phone.getByRole('main').getByText('Kino hat gewonnen')).toBeVisible();
    await expect(
        phone.getByRole('status').filter({ hasText: 'Kino hat gewonnen' }),
    ).toHaveCount(1);
    await row.getByRole('button', { name: 'Für ungültig erklären' }).click();
    await row.getByLabel(/Grund/).selectOption('ein Versehen');
    await row.getByRole('button', { name: 'Für ungültig erklären' }).click();
    await expect(phone.getByText('Diese Abstimmung gilt nicht.')).toBeVisible();
    await expect(phone.getByRole('main').getByText('Kino hat gewonnen')).toHaveCount(0);
});

test('the form is there before the script, and nothing is asked of anybody else', async ({
    place,
}) => {
    const page = await place.open('/', { javaScriptEnabled: false });
    await expect(page.getByRole('heading', { name: 'Mitmachen' })).toBeVisible();
    await expect(page.getByLabel(/Code/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Los geht’s' })).toBeVisible();
});

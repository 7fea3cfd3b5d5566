/* Challenges: made at the desk, chosen on a phone, on the wall, a poll's options, in the export. */
import { clean, fits } from './axe';
import { expect, test } from './fixtures';
import { sizes } from './onwall';

test('challenges go from the desk to phones and the wall, a poll asks for the best of one', async ({
    place,
}) => {
    const { hall, event } = place;
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await desk.getByRole('button', { name: 'Einstellungen' }).click();
    for (const [field, button, name] of [
        ['Name der Aufgabe', 'Aufgabe hinzufügen', 'Sicher zur Schule'],
        ['Name der Aufgabe', 'Aufgabe hinzufügen', 'Leben im Park'],
        ['Name der Gruppe', 'Gruppe hinzufügen', 'Rot'],
    ] as const) {
        await desk.getByLabel(field).fill(name);
        await desk.getByRole('button', { name: button }).click();
        await expect(desk.getByRole('button', { name: `Ändern ${name}` })).toBeVisible();
    }
    await desk.getByRole('combobox', { name: 'Aufgabe Rot' }).selectOption('Sicher zur Schule');
    await clean(desk, 'challenges at the desk');

    const phone = await place.join({ viewport: { width: 360, height: 740 } });
    const card = phone.getByRole('region', {
        name: 'In welcher Gruppe bist du?',
    });
    await expect(card).toContainText('Aufgabe: Sicher zur Schule');
    await clean(phone, 'groups with challenges');
    await card.getByRole('button', { name: /^Rot/ }).click();
    await phone.getByRole('button', { name: 'Idee einreichen' }).click();
    await phone.getByLabel('Titel').fill('Ampel vor dem Tor');
    const choice = phone.getByLabel('Zu welcher Aufgabe?');
    await expect(choice.locator('option:checked')).toHaveText('Sicher zur Schule');
    await expect(choice).toHaveAccessibleDescription('Daran arbeitet deine Gruppe.');
    await clean(phone, 'an idea for a challenge');
    await fits(phone, 'an idea for a challenge');
    await phone.getByRole('button', { name: 'Abschicken' }).click();
    await phone.getByRole('button', { name: 'Idee einreichen' }).click();
    await phone.getByLabel('Titel').fill('Bänke am Teich');
    await choice.selectOption('Leben im Park');
    await phone.getByRole('button', { name: 'Abschicken' }).click();

    const light = desk.getByRole('article').filter({ hasText: 'Ampel vor dem Tor' });
    const bench = desk.getByRole('article').filter({ hasText: 'Bänke am Teich' });
    await expect(light).toContainText('Aufgabe: Sicher zur Schule');
    await expect(bench).toContainText('Aufgabe: Leben im Park');
    await bench.focus();
    await desk.keyboard.press('c');
    await expect(bench.getByLabel('Aufgabe')).toBeFocused();
    await clean(desk, 'an idea gets another challenge');
    await bench.getByLabel('Aufgabe').selectOption('Sicher zur Schule');
    await bench.getByRole('button', { name: 'Speichern' }).click();
    await expect(bench).toContainText('Aufgabe: Sicher zur Schule');
    const filter = desk.getByLabel('Nach Aufgabe filtern');
    await filter.selectOption({ label: 'Sicher zur Schule (2)' });
    await expect(desk.getByRole('article')).toHaveCount(2);
    await desk.getByRole('button', { name: 'Alle', exact: true }).click();
    await desk.getByRole('button', { name: 'Freigeben', exact: true }).click();
    await place.desk.submit('Spielplatz');

    const list = phone.getByRole('region', { name: /^\d Ideen/ });
    await expect(list.getByRole('listitem')).toHaveCount(3);
    await expect(list.getByText('Aufgabe: Sicher zur Schule')).toHaveCount(2);
    await list.getByLabel('Nach Aufgabe filtern').selectOption('Sicher zur Schule');
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await clean(phone, 'ideas of a challenge');
    await fits(phone, 'ideas of a challenge');

    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    await expect(wall.getByRole('heading', { name: /^Sicher zur Schule/ })).toBeVisible();
    await expect(wall.getByText('Bänke am Teich')).toBeVisible();
    await expect(wall.getByText('Spielplatz')).toBeHidden();
    const places = async (): Promise<unknown[]> => [
        (await wall.getByRole('heading', { level: 2 }).first().boundingBox())?.y,
        (await wall.getByRole('main').getByRole('list').boundingBox())?.y,
    ];
    const before = await places();
    await expect(wall.getByRole('heading', { name: 'Weitere Ideen (1)' })).toBeVisible();
    expect(await places(), 'nothing moves when a page turns').toEqual(before);
    await expect(wall.getByText('Spielplatz')).toBeVisible();
    await clean(wall, 'the ideas without a challenge on the wall');
    await wall.mouse.move(200, 900);
    await wall.getByLabel('Nach Aufgabe filtern').selectOption('Sicher zur Schule');
    await expect(wall.getByRole('heading', { name: /^Sicher zur Schule/ })).toBeVisible();
    await expect(wall.getByText('Spielplatz')).toBeHidden();
    await clean(wall, 'the ideas of a challenge on the wall');

    await desk
        .getByRole('group', { name: 'Abstimmung zu einer Aufgabe' })
        .getByRole('button', { name: /^Sicher zur Schule/ })
        .click();
    const question = desk.getByRole('textbox', { name: 'Frage' });
    await expect(question).toHaveValue('Beste Idee für: Sicher zur Schule');
    await clean(desk, 'a poll of one challenge');
    await desk.getByRole('button', { name: 'Speichern' }).click();
    const poll = desk.getByRole('article').filter({ hasText: 'Beste Idee für' });
    await poll.getByRole('button', { name: /^Abstimmung starten/ }).click();
    await expect(phone.getByText('Beste Idee für: Sicher zur Schule').first()).toBeVisible();

    const ideas = await hall.records(event.code, 'ideas.csv');
    expect(ideas.map(({ title, challenge }) => [title, challenge])).toEqual([
        ['Ampel vor dem Tor', 'Sicher zur Schule'],
        ['Bänke am Teich', 'Sicher zur Schule'],
        ['Spielplatz', ''],
    ]);
    expect(await hall.table(event.code, 'groups.csv')).toEqual([
        ['3', 'Rot', 'de', '1', 'Sicher zur Schule'],
        ['', '', '', '0', ''],
    ]);
});

test('challenges are put in order at the desk, by keyboard; phones and wall follow, and it is taken back', async ({
    place,
}) => {
    const { hall, event } = place;
    for (const name of ['Schule', 'Park', 'Bahnhof']) {
        await place.desk.ask({ op: 'label.add', kind: 'challenge', name, lang: 'de' });
    }
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    const phone = await place.join({ viewport: { width: 360, height: 740 } });
    await phone.getByRole('button', { name: 'Idee einreichen' }).click();
    const choice = phone.getByLabel('Zu welcher Aufgabe?').getByRole('option');
    await expect(choice).toHaveText(['Noch keine', 'Schule', 'Park', 'Bahnhof']);

    await desk.getByRole('button', { name: 'Einstellungen' }).click();
    const up = desk.getByRole('button', { name: 'Bahnhof nach oben' });
    await up.focus();
    await up.evaluate((button: HTMLElement) => {
        button.click();
        button.click(); // faster than any answer
    });
    await expect(desk.getByText('Bahnhof: Platz 1')).toBeAttached();
    await expect(up).toBeFocused();
    await expect(up).toHaveAttribute('aria-disabled', 'true');
    await clean(desk, 'challenges in another order');
    await expect(choice).toHaveText(['Noch keine', 'Bahnhof', 'Schule', 'Park']);
    await wall.mouse.move(200, 900);
    const filter = wall.getByLabel('Nach Aufgabe filtern').getByRole('option');
    await expect(filter).toHaveText(['Alle Aufgaben', 'Bahnhof', 'Schule', 'Park']);

    await desk.getByRole('button', { name: 'Schule nach unten' }).click();
    await expect(choice).toHaveText(['Noch keine', 'Bahnhof', 'Park', 'Schule']);
    const last = 'Reihenfolge von Gruppen, Themen oder Aufgaben geändert: Schule';
    await desk.getByRole('button', { name: 'Rückgängig' }).first().click();
    await expect(choice).toHaveText(['Noch keine', 'Bahnhof', 'Schule', 'Park']);
    await expect(desk.getByText(last).first()).toBeAttached();
});

test('a long title, its topics, who had it and how many support it fit on a card of the wall', async ({
    place,
}) => {
    const { desk, event } = place;
    const label = async (kind: string, name: string): Promise<string> =>
        String((await desk.ask({ op: 'label.add', kind, name, lang: 'de' }))['label']);
    await desk.ask({ op: 'settings', youth: false, nicknames: true, support: 'shown' });
    const challenge = await label('challenge', 'Sicher und ohne Angst zur Schule gehen');
    const tags = [await label('tag', 'Natur und Umwelt'), await label('tag', 'Verkehr')];
    const title = 'Ampel vor dem Tor der Grundschule am Markt mit Druckknopf für Kinder';
    const author = await place.person();
    await author.ask({ op: 'nick', first: 1, second: 1 });
    const idea = await author.submit(title);
    await desk.ask({ op: 'idea.challenge', idea, challenge });
    await desk.ask({ op: 'idea.tag', idea, tags });
    await desk.ask({ op: 'idea.release', idea });
    const fan = await place.person();
    await fan.ask({ op: 'support', idea, on: true });

    const wall = await place.open(`/stage#${event.code}`, { viewport: sizes[2] ?? null });
    await expect(wall.getByText('Unterstützt von: 1')).toBeVisible();
    /* Two whole lines of the title, and nothing of what is beneath leaves the card. */
    const cut = () =>
        wall.locator('[data-item]').evaluate((card) => {
            const words = card.querySelector('span') as Element;
            const line = parseFloat(getComputedStyle(words).lineHeight);
            const bottom = card.getBoundingClientRect().bottom;
            const out = [...card.querySelectorAll('p')].filter(
                (one) => one.getBoundingClientRect().bottom > bottom,
            );
            return { lines: (words.clientHeight / line).toFixed(1), out: out.length };
        });
    for (const size of sizes) {
        await wall.setViewportSize(size);
        await expect.poll(cut, `all, ${size.width}`).toEqual({ lines: '2.0', out: 0 });
    }
    await wall.mouse.move(200, 900);
    await wall.getByLabel('Nach Aufgabe filtern').selectOption(challenge);
    await expect(wall.getByText('Natur und Umwelt')).toBeVisible();
    for (const size of sizes) {
        await wall.setViewportSize(size);
        await expect.poll(cut, `of one, ${size.width}`).toEqual({ lines: '2.0', out: 0 });
    }
});

/* Jury and audience: groups that decide fixed parts, both rankings beside the common one, and
 * nobody votes for the own team's idea. */
import type { Page } from '@playwright/test';
import { both, clean, fits } from './axe';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { Phone } from './phone';

const desktop = { viewport: { width: 1280, height: 900 } };

/** A group into which cards alone lead, made in the browser; and its cards' codes. */
async function makeJury(place: Place, desk: Page, count: number): Promise<string[]> {
    await desk.getByRole('button', { name: 'Einstellungen' }).click();
    await desk.getByLabel('Name der Gruppe').fill('Jury');
    await desk.getByLabel('Nur mit Karte, niemand wählt sie selbst').check();
    await desk.getByRole('button', { name: 'Gruppe hinzufügen' }).click();
    const row = desk.getByRole('listitem').filter({ hasText: 'Jury' });
    await expect(row).toContainText('nur mit Karte');
    await both(desk, 'a group by card only');
    const issued = await place.desk.ask({ op: 'tickets.issue', count, group: '1' });
    return issued['codes'] as string[];
}

test('a jury and the audience decide half each, and no team its own', async ({ place }) => {
    const { hall, event } = place;
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, desktop);
    const codes = await makeJury(place, desk, 3);
    await place.desk.ask({ op: 'label.add', kind: 'group', name: 'Rot', lang: 'de' });

    /* Somebody of team Rot has an idea; nobody can call themselves jury. */
    const phone = await place.join();
    const groups = phone.getByRole('region', { name: 'In welcher Gruppe bist du?' });
    await expect(groups.getByRole('button', { name: 'Jury' })).toHaveCount(0);
    await groups.getByRole('button', { name: 'Rot' }).click();
    await phone.getByRole('button', { name: 'Idee einreichen' }).click();
    await phone.getByLabel('Titel').fill('Skatepark');
    await phone.getByRole('button', { name: 'Abschicken' }).click();
    const mine = desk.getByRole('article').filter({ hasText: 'Skatepark' });
    await mine.getByRole('button', { name: 'Freigeben Skatepark' }).click();
    for (const title of ['Kino', 'Markt']) await place.desk.submit(title);

    /* The poll is made by hand. */
    await desk.getByRole('button', { name: 'Neue Abstimmung' }).click();
    const form = desk.locator('form').filter({ hasText: 'Genauer einstellen' });
    await form.getByRole('textbox', { name: 'Frage' }).fill('Wer gewinnt?');
    await expect(form.locator('option').filter({ hasText: 'Markt' })).toHaveCount(1);
    await form.getByLabel('Idee hinzufügen').selectOption('all');
    await form.getByText('Genauer einstellen').click();
    await form.getByLabel(/^Gruppen entscheiden einen festen Teil/).check();
    await form.getByRole('spinbutton', { name: 'Jury' }).fill('30');
    await expect(form.getByRole('spinbutton', { name: 'Alle anderen' })).toHaveValue('70');
    await form.getByRole('spinbutton', { name: 'Jury' }).fill('50');
    await form.getByLabel('Niemand stimmt für die Idee des eigenen Teams').check();
    await expect(form.getByRole('combobox', { name: 'Skatepark' })).toHaveValue('');
    await form.getByRole('combobox', { name: 'Kino' }).selectOption('Jury');
    await both(desk, 'a poll by shares is made');
    await fits(desk, 'a poll by shares is made');
    await form.getByRole('button', { name: 'Speichern' }).click();
    const row = desk.getByRole('article').filter({ hasText: 'Wer gewinnt?' });
    await row.getByRole('button', { name: /^Abstimmung starten/ }).click();
    const sure = row.getByRole('button', { name: 'Jetzt eröffnen' });
    if (await sure.isVisible()) await sure.click();

    /* The phone says whose vote decides what, and leaves out the own idea. */
    await phone.getByRole('button', { name: /^Abstimmen/ }).click();
    const note = phone.getByRole('region', { name: 'So viel entscheidet jede Gruppe' });
    await expect(note.locator('summary')).toHaveText(
        /^\s*Jury\s50\s%\s*·\s*Alle anderen\s50\s%, hier zählt deine Stimme\s*$/,
    );
    await note.locator('summary').click();
    await expect(note).toContainText('Am Ende sehen alle, wie jede Gruppe');
    await note.locator('summary').click();
    await expect(phone.getByText(/Vom eigenen Team.*Skatepark/)).toBeVisible();
    await expect(phone.getByRole('button', { name: 'Skatepark' })).toHaveCount(0);
    await both(phone, 'a ballot by shares');
    await fits(phone, 'a ballot by shares');
    await phone.getByRole('button', { name: 'Markt' }).click();
    await phone.getByRole('button', { name: 'Prüfen' }).click();
    await phone.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(phone.getByText(/ist gespeichert/).first()).toBeVisible();

    /* Of a team that small a phone learns only from the server which idea it was. */
    const mate = await place.join();
    await mate
        .getByRole('region', { name: 'In welcher Gruppe bist du?' })
        .getByRole('button', { name: 'Rot' })
        .click();
    await mate.getByRole('button', { name: /^Abstimmen/ }).click();
    await mate.getByRole('button', { name: 'Skatepark' }).click();
    await mate.getByRole('button', { name: 'Prüfen' }).click();
    await mate.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(mate.getByRole('alert')).toContainText(/eigenen Teams.*Skatepark/);
    await clean(mate, 'a ballot for the own team is refused');

    /* The server has the last word. */
    const poll = '1';
    const jury = await Promise.all(
        codes.map((code) => Phone.join(hall.url, event.code, { code })),
    );
    const [first, second, third] = jury as [Phone, Phone, Phone];
    await expect(first.cast(poll, { ranking: [['2']] })).rejects.toThrow('own-team');
    await first.cast(poll, { ranking: [['1'], ['3']] });
    await second.cast(poll, { ranking: [['1']] });
    await third.cast(poll, { ranking: [['1']] });
    for (let i = 0; i < 5; i += 1)
        await (await place.person()).cast(poll, { ranking: [['3'], ['1']] });
    await expect(row).toContainText('Jury 50 % · Alle anderen 50 % · nicht fürs eigene Team');
    await expect(row).toContainText('Jury: 3 · Alle anderen: 6');

    /* Both rankings, then the common one. */
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.publish', poll });
    const result = phone.locator('[data-result]');
    await expect(result).toContainText('Jede Gruppe für sich');
    await expect(result.locator('[data-share="1"] li').first()).toContainText('Skatepark');
    await expect(result.locator('[data-share="2"] li').first()).toContainText('Markt');
    await clean(phone, 'a result by shares');
    await fits(phone, 'a result by shares');
    const wall = await place.open(`/stage#${event.code}`, {
        viewport: { width: 1920, height: 1080 },
    });
    await expect(wall.locator('[data-step="podium"]')).toBeVisible();
    const told = wall.locator('[data-step="shares"]');
    while (!(await told.isVisible())) await wall.keyboard.press('ArrowLeft');
    await expect(told.locator('[data-share="1"] li').first()).toContainText('Skatepark');
    await clean(wall, 'each share on the wall');
});

test('a jury of one is told of before its result is shown', async ({ place }) => {
    const { hall, event } = place;
    const jury = {
        op: 'label.add',
        kind: 'group',
        name: 'Jury',
        lang: 'de',
        ticket_only: true,
    };
    await place.desk.ask(jury);
    const issued = await place.desk.ask({ op: 'tickets.issue', count: 1, group: '1' });
    const [code] = issued['codes'] as string[];
    const shares = [{ group: '1', percent: 50 }, { percent: 50 }];
    const { poll, options } = await place.poll('Wer gewinnt?', ['Kino', 'Markt'], { shares });
    const [kino = '', markt = ''] = options;
    await place.desk.ask({ op: 'agenda.set', phases: [{ is: 'rank', minutes: 10, poll }] });
    await place.desk.ask({ op: 'phase.start', phase: '1' });
    const juror = await Phone.join(hall.url, event.code, { code: code ?? '' });
    await juror.cast(poll, { ranking: [[markt], [kino]] });
    for (let i = 0; i < 2; i += 1)
        await (await place.person()).cast(poll, { ranking: [[kino], [markt]] });

    /* at the agenda's button, which closes and shows at once */
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, desktop);
    const one = /^Aus „Jury“ gibt es nur einen Stimmzettel/;
    await expect(desk.getByText(one)).toBeVisible();
    await both(desk, 'a jury of one at the agenda');

    /* and at the poll itself: before the act, which stays possible, sealed or not */
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.seal', poll });
    const row = desk.getByRole('article').filter({ hasText: 'Wer gewinnt?' });
    const show = row.getByRole('button', { name: /^Allen zeigen/ });
    await expect(show).toBeEnabled(); // not at once where somebody else has closed the poll
    await show.press('Enter');
    await expect(row.getByText(one)).toBeVisible();
    await clean(desk, 'a jury of one');
    await fits(desk, 'a jury of one');
    await row.getByRole('button', { name: 'Jetzt allen zeigen' }).press('Enter');
    await expect(row.getByText('Ergebnis ist zu sehen')).toBeVisible();
    await expect(desk.getByText(one)).toHaveCount(0);
});

/* Whether those who come after a poll's opening may still vote: said before it, shown after. */
import { clean, fits } from './axe';
import { expect, test } from './fixtures';

test('a poll can be for those who were there when it was opened, and says so to who comes later', async ({
    place,
}) => {
    const { hall, event } = place;
    const options: string[] = [];
    for (const title of ['Skatepark', 'Kino', 'Bank']) {
        const idea = await place.desk.submit(title);
        options.push(idea);
    }
    const early = await place.join();
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, {
        viewport: { width: 1280, height: 900 },
    });
    await desk.getByRole('button', { name: 'Neue Abstimmung' }).click();
    await desk.getByRole('textbox', { name: 'Frage' }).fill('Was zuerst?');
    await desk.getByLabel('Idee hinzufügen').selectOption('all');
    await desk.locator('summary', { hasText: 'Genauer einstellen' }).click();
    await desk.getByLabel('Wer erst nach der Eröffnung kommt, stimmt nicht mehr ab').check();
    await clean(desk, 'a poll for those who are there');
    await desk.getByRole('button', { name: 'Speichern' }).click();
    const poll = desk.getByRole('article').filter({ hasText: 'Was zuerst?' });
    await expect(poll).toContainText('nur wer vor der Eröffnung da war');
    await poll.getByRole('button', { name: /^Abstimmung starten/ }).click();

    await expect(early.getByRole('button', { name: /^Abstimmen/ })).toBeVisible();
    const late = await place.join();
    await expect(late.getByText('Hier stimmen andere ab')).toBeVisible();
    await expect(late.getByRole('button', { name: /^Abstimmen/ })).toBeHidden();
    await late.getByRole('button', { name: 'Ansehen' }).click();
    await expect(late.getByText('Diese Abstimmung lief schon, als du kamst.')).toBeVisible();
    await expect(late.getByRole('button', { name: 'Skatepark' })).toBeHidden();
    await clean(late, 'somebody came too late');
    await fits(late, 'somebody came too late');

    /* The late one is here, and is not waited for. */
    await expect(poll.locator('li.online')).toContainText('2');
    await expect(poll.locator('li.left')).toContainText('1');
    const person = await place.person();
    await expect(person.cast('1', { ranking: [[options[0]]] })).rejects.toThrow('came-late');
});

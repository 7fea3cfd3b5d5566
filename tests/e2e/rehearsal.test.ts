/* "Is this room ready?": a rehearsal asked for at the desk, by keyboard, with the real program as
 * its phones. */
import { both } from './axe';
import { expect, seatAt, test } from './fixtures';
import { Hall } from './hall';

const wide = { viewport: { width: 1280, height: 900 } };

test('the desk asks whether the room is ready, and is told in words', async ({
    browser,
    complaints,
}) => {
    /* a server of its own: a poll that another test left open would come first */
    const hall = await Hall.open();
    const place = await seatAt(browser, hall, complaints);
    const link = await hall.newLink(place.event.code);
    const desk = await place.open(`/m#${link}`, wide);
    const button = desk.getByRole('button', { name: 'Ist der Raum bereit?' });
    await button.focus();
    await desk.keyboard.press('Enter');
    const panel = desk.getByRole('region', { name: 'Ist der Raum bereit?' });
    const people = panel.getByLabel('Wie viele Menschen kommen?');
    await expect(people).toHaveValue('100');
    await people.fill('0');
    await expect(people).toHaveAttribute('aria-invalid', 'true');
    await people.fill('1000'); // enough to be still at it when the page has been looked at
    await both(desk, 'rehearsal asked');
    await desk.keyboard.press('Enter');

    /* it runs, and is stopped from where the focus went */
    const stop = panel.getByRole('button', { name: 'Probe abbrechen' });
    await expect(panel.getByText('Probe mit 1.000 Handys')).toBeVisible();
    await expect(panel.getByRole('progressbar')).toBeVisible();
    await both(desk, 'rehearsal runs');
    await stop.focus();
    await desk.keyboard.press('Enter');
    await expect(panel.getByText('Die Probe wurde abgebrochen.')).toBeFocused();
    await expect(
        panel.getByText('Jemand aus der Moderation hat sie abgebrochen.'),
    ).toBeVisible();

    await people.fill('20');
    await panel.getByRole('button', { name: 'Noch einmal proben' }).press('Enter');
    await expect(panel.getByRole('status')).toHaveText(/^Dieser Rechner ist bereit/);
    await expect(panel.getByText(/^20 von 20 sind hereingekommen/)).toBeVisible();
    await expect(panel.getByText(/^Keine Stimme ging verloren/)).toBeVisible();
    await expect(panel.getByText(/nicht das Funknetz im Saal/)).toBeVisible();
    await both(desk, 'rehearsal done');

    /* it is kept, and told to a desk that comes; a real poll comes first */
    await desk.reload();
    await button.click();
    await expect(panel.getByText('Probe mit 20 Handys')).toBeVisible();
    await place.poll('Was zuerst?', ['Ein Steg', 'Ein Boot']);
    await panel.getByRole('button', { name: 'Noch einmal proben' }).click();
    await expect(panel.getByRole('alert')).toHaveText(/^Eine Abstimmung ist offen/);
    await both(desk, 'rehearsal refused');

    /* who has no business with it is not asked */
    const helper = await place.open(
        `/m#${await hall.newLink(place.event.code, 'helper')}`,
        wide,
    );
    await expect(helper.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(helper.getByRole('button', { name: 'Ist der Raum bereit?' })).toHaveCount(0);
    await Promise.all(browser.contexts().map((context) => context.close()));
    place.desk.hangUp();
    await hall.close();
});

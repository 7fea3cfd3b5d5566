/* What a browser prints of a result and of what became of an idea: dark on white whatever the
 * screen is, and nothing that is there to be pressed. */
import type { Page } from '@playwright/test';
import { clean } from './axe';
import { expect, test } from './fixtures';
import { fill } from './scenery';

async function toPaper(page: Page): Promise<void> {
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('combobox')).toHaveCount(0);
}

test('a result and an idea’s page are printed dark on white, without buttons', async ({
    place,
}) => {
    const scenery = await fill(place, 12);
    const poll = await scenery.open('Was machen wir zuerst?');
    const phone = await place.join();
    await scenery.vote(poll, 12);
    await scenery.close(poll);
    await phone.getByRole('button', { name: 'Ergebnis' }).first().click();
    const won = phone.getByRole('main').getByText('hat gewonnen');
    await expect(won).toBeVisible();
    await toPaper(phone);
    await expect(won).toHaveCSS('color', 'rgb(23, 26, 33)');
    await expect(phone.getByText('Du hast nicht abgestimmt.')).toBeHidden();
    await clean(phone, 'result on paper');

    const idea = await place.open(`/i/${place.event.code}/1`);
    await expect(idea.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(
        idea.getByRole('link', { name: 'Was aus den anderen Ideen wurde' }),
    ).toBeVisible();
    await toPaper(idea);
    await expect(idea.getByRole('link')).toHaveCount(0);
    await expect(idea.getByText(`/i/${place.event.code}/1`)).toBeVisible();
});

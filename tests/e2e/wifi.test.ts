/* The hall's Wi-Fi: typed at the desk, shown on the wall that the desk opens, and on no other. */
import { both, clean } from './axe';
import { expect, test } from './fixtures';

const wide = { viewport: { width: 1280, height: 900 } };
const SECRET = 'halle 0O-2026';

test('the wall that the desk opens shows the Wi-Fi; with the code alone it does not', async ({
    place,
}) => {
    const { event, hall } = place;
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    await desk.getByRole('button', { name: 'Karten und Aushänge' }).click();
    const name = desk.getByLabel('Name des WLANs');
    const password = desk.getByLabel('Passwort des WLANs');
    await name.fill('Café Größenwahn im Grünen Zelt 2');
    await password.fill('kurz');
    await password.blur();
    await expect(name).toHaveAccessibleDescription(/höchstens 32 Zeichen/i);
    await expect(password).toHaveAccessibleDescription(/8 bis 63 Zeichen/);
    await expect(password).toHaveValue('kurz');
    await both(desk, 'desk Wi-Fi that there can not be');
    await name.fill('Rathaus-Gast');
    await password.fill(SECRET);
    await expect(password).toHaveAccessibleDescription('');
    const link = desk.getByRole('textbox', { name: 'Link zum Bild für die Wand mit WLAN' });
    await expect(link).toHaveCount(0);
    await desk.getByRole('checkbox', { name: /^An der Wand zeigen/ }).check();
    await expect(link).toHaveValue(hall.url + event.stage);
    await expect(link).toHaveAccessibleDescription(/mit dem Code allein/);
    await both(desk, 'desk Wi-Fi');

    const plain = await place.open(`/stage#${event.code}`, wide);
    await expect(plain.getByRole('heading', { level: 2 })).toContainText('Mach mit');
    const wrong = await place.open(`/stage#${event.code}.${'0a'.repeat(16)}`, wide);
    await expect(wrong.getByRole('heading', { level: 2 })).toContainText('Mach mit');

    /* the desk's own window, and a computer that gets the link: the key leaves the address */
    const opened = desk.context().waitForEvent('page');
    await desk.getByRole('link', { name: 'Bild für die Wand öffnen' }).click();
    const wall = await opened;
    await expect(wall.getByText(SECRET)).toBeVisible();
    expect(new URL(wall.url()).hash).toBe(`#${event.code}`);
    await clean(wall, 'wall Wi-Fi');
    const other = await place.open(event.stage, wide);
    await expect(other.getByText(SECRET)).toBeVisible();
    await other.reload();
    await expect(other.getByText(SECRET)).toBeVisible();
    await other.goto(`${hall.url}/stage#${event.code}`);
    await expect(other.getByText(SECRET)).toBeVisible();

    /* taken back and shown again: on those two and on no other */
    const box = desk.getByRole('checkbox', { name: /^An der Wand zeigen/ });
    await box.uncheck();
    await expect(other.getByText(SECRET)).toHaveCount(0);
    await expect(wall.getByText(SECRET)).toHaveCount(0);
    await box.check();
    await expect(wall.getByText(SECRET)).toBeVisible();
    await place.desk.submit('Eine Bank');
    for (const page of [plain, wrong]) {
        await expect(page.getByText('Eine Bank')).toBeVisible();
        await expect(page.getByText(SECRET)).toHaveCount(0);
    }

    /* the key comes later: the same window shows it then */
    await plain.evaluate((hash) => (location.hash = hash), event.stage.split('#')[1] ?? '');
    await plain.getByRole('combobox').first().selectOption('join');
    await expect(plain.getByText(SECRET)).toBeVisible();
});

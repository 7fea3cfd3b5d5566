/* A card before the tablet's camera. The camera is Chromium's own of moving pictures; what reads
 * codes in them is a stand-in, since Chromium has no reader of codes on Linux. */
import type { Page } from '@playwright/test';
import { both } from './axe';
import { expect, test } from './fixtures';

test.use({
    launchOptions: {
        executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
        chromiumSandbox: false,
        args: [
            '--disable-gpu',
            '--no-sandbox',
            '--use-fake-device-for-media-stream',
            '--use-fake-ui-for-media-stream',
        ],
    },
});

const tablet = { viewport: { width: 1024, height: 768 } };

/* Reads `code` as soon as the picture is no black one any more. */
async function withReader(page: Page, code: string, formats: string[]): Promise<void> {
    await page.addInitScript(
        ([rawValue, known]) => {
            class BarcodeDetector {
                static getSupportedFormats = () => Promise.resolve(known);
                detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]> {
                    const canvas = document.createElement('canvas');
                    const paint = canvas.getContext('2d');
                    paint?.drawImage(video, 0, 0, canvas.width, canvas.height);
                    const seen = paint
                        ?.getImageData(0, 0, 300, 150)
                        .data.some((c) => c > 100 && c < 255);
                    return Promise.resolve(seen ? [{ rawValue: String(rawValue) }] : []);
                }
            }
            Object.assign(globalThis, { BarcodeDetector });
        },
        [code, formats] as const,
    );
}

test('a card is read by the camera, which stays on for the next one', async ({ place }) => {
    const { hall } = place;
    const event = await hall.makeEvent('Ideen für den Hafen', 'ticket');
    const [ticket = ''] = await hall.tickets(event.code, 1);
    const page = await place.open('/healthz', tablet);
    await withReader(page, `${hall.url}/j#${ticket}`, ['qr_code']);
    await page.goto(`${hall.url}/kiosk#${event.code}`);
    await expect(page.getByRole('heading', { name: /vor die Kamera/ })).toBeVisible();
    await both(page, 'kiosk with a camera');
    await page.getByRole('button', { name: 'Karte mit der Kamera lesen' }).click();
    await expect(page.getByRole('button', { name: 'Ich bin fertig' })).toBeVisible();
    await expect(page.locator('video')).toHaveCount(0);
    await page.getByRole('button', { name: 'Ich bin fertig' }).click();
    await expect(page.getByRole('heading', { name: 'Danke!' })).toBeVisible();
});

for (const formats of [[], ['ean_13']])
    test(`where nothing reads such codes (${formats.join() || 'none'}) no camera is offered`, async ({
        place,
    }) => {
        const page = await place.open('/healthz', tablet);
        await withReader(page, '', formats);
        await page.goto(`${place.hall.url}/kiosk#${place.event.code}`);
        await expect(page.getByRole('heading', { name: 'Gib den Code' })).toBeVisible();
        await expect(page.getByRole('textbox')).toBeFocused();
        await expect(page.getByRole('button', { name: /Kamera/ })).toHaveCount(0);
    });

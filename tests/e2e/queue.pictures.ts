/* How long the desk takes from a key to the picture with 5,000 ideas waiting, first alone, then
 * while 3,000 phones are there: Chromium against the real server. Figures, not a test:
 * `npm --prefix web run times:queue`. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { program } from './hall';
import type { Frame } from './phone';

const IDEAS = 5000;
const PHONES = 3000;
const PEOPLE = IDEAS / 50; // so many ideas of one person may wait
const ROUNDS = 40;
const goal_ms = 100;

const things = ['Bank', 'Brunnen', 'Radweg', 'Garten', 'Bühne', 'Kino', 'Rutsche', 'Werkstatt'];
const places = ['Markt', 'Bahnhof', 'Weiher', 'Stadtpark', 'Rathaus', 'Gymnasium', 'Ufer'];
const titleOf = (i: number): string =>
    `${things[i % 8]} Nummer ${i} am ${places[(i * 3) % 7]} für ${things[(i * 5 + 3) % 8]}freunde`;

/* No faster than people may. */
async function fill(place: Place): Promise<void> {
    const together = 20;
    for (let start = 0; start < PEOPLE; start += together) {
        await Promise.all(
            Array.from({ length: together }, async (_, k) => {
                const person = await place.person();
                for (let i = 0; i < 50; i++) {
                    const n = (start + k) * 50 + i;
                    await person.submit(titleOf(n), 'Ein Satz, der sagt, warum es fehlt.');
                    if (i > 12) await new Promise((resolve) => setTimeout(resolve, 260));
                }
                person.hangUp();
            }),
        );
    }
}

/* What changes when the key has done its work. */
type Sight = 'focus' | 'count' | 'found';

/* Notes the time from the next key to the frame that shows its work. */
function watch(sight: Sight): void {
    const state = (): unknown =>
        sight === 'focus'
            ? document.activeElement
            : document.querySelector(`.${sight}`)?.textContent;
    Object.assign(window, { took: null });
    const noted = (event: KeyboardEvent): void => {
        const was = state();
        const frame = (): void => {
            if (state() === was) return void requestAnimationFrame(frame);
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () =>
                Object.assign(window, { took: performance.now() - event.timeStamp });
            port2.postMessage(0); // behind the picture of this frame
        };
        requestAnimationFrame(frame);
    };
    addEventListener('keydown', noted, { once: true, capture: true });
}

async function measure(page: Page, keys: string[], sight: Sight): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
        await page.evaluate(watch, sight);
        await page.keyboard.press(keys[i % keys.length] ?? '');
        const took = await page.waitForFunction(
            () => (window as unknown as { took: number | null }).took,
        );
        times.push((await took.jsonValue()) ?? NaN);
    }
    return times.sort((a, b) => a - b);
}

function tell(name: string, times: readonly number[]): void {
    const at = (share: number): string =>
        `${Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0)}`;
    console.log(
        `${name.padEnd(10)} median ${at(0.5).padStart(4)} ms   p95 ${at(0.95).padStart(4)} ms  of ${goal_ms} ms`,
    );
}

/* Simulated phones that come to this event, which must be new, and stay; resolves when all are there.
 * For five minutes they do nothing. */
async function phonesCome(place: Place): Promise<ChildProcess> {
    const { hall, event, desk } = place;
    const link = await hall.newLink(event.code);
    const many = ['--phones', `${PHONES}`, '--seconds', '600'];
    const where = ['--url', hall.url, '--moderator', link];
    const phones = spawn(program(), ['load', 'watch', ...many, ...where], {
        stdio: 'inherit',
    });
    const all = (push: Frame): boolean => Number(push['online']) >= PHONES;
    await expect.poll(() => desk.pushes.some(all), { timeout: 300_000 }).toBe(true);
    return phones;
}

async function measureDesk({ hall, event, open }: Place): Promise<void> {
    const page = await open('/healthz', {
        viewport: { width: 1920, height: 1080 },
    });
    await page.addInitScript(() => {
        const blocked: number[] = [];
        Object.assign(window, { blocked });
        new PerformanceObserver((list) => {
            for (const one of list.getEntries()) blocked.push(Math.round(one.duration));
        }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(`${hall.url}/m#${await hall.newLink(event.code)}`);
    await expect(page.getByRole('button', { name: `Warten ${IDEAS}` })).toBeVisible();
    await expect(page.getByText('Ähnlich:').first()).toBeVisible();
    console.log(
        'tasks above 50 ms while it starts:',
        await page.evaluate(() => (window as unknown as { blocked: number[] }).blocked),
    );
    await page.keyboard.press('j');
    tell('next (j)', await measure(page, ['j'], 'focus'));
    tell('release', await measure(page, ['r'], 'count'));
    await page.getByRole('searchbox').focus();
    tell('search', await measure(page, ['8', '3', 'Backspace', 'Backspace'], 'found'));
}

test(`the desk with ${IDEAS} ideas waiting`, async ({ place }) => {
    await fill(place);
    await measureDesk(place);
});

test(`the desk with ${IDEAS} ideas waiting and ${PHONES} phones`, async ({ place }) => {
    const phones = await phonesCome(place);
    try {
        await fill(place);
        await measureDesk(place);
    } finally {
        phones.kill();
    }
});

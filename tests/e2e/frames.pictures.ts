/* How many frames a second the wall shows while ideas glide in and a count is told: from Chromium's
 * own trace of its compositor, and beside it from the page's animation frames. Figures, not a test:
 * `npm --prefix web run times:wall`. */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { test } from './fixtures';
import type { Place } from './fixtures';

const size = { width: 1920, height: 1080 };
const BUDGET_MS = 1000 / 60;
const ideas = 300;

interface TraceEvent {
    name: string;
    ts: number;
    args?: { frame_reporter?: { state?: string } };
}

/* The page's own view: times between animation frames. */
async function between(page: Page, work: () => Promise<void>): Promise<number[]> {
    await page.evaluate(() => {
        const seen: number[] = [];
        let last = performance.now();
        const beat = (now: number): void => {
            seen.push(now - last);
            last = now;
            requestAnimationFrame(beat);
        };
        requestAnimationFrame(beat);
        Object.assign(globalThis, { seen });
    });
    await work();
    return page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen.slice(1));
}

/* Of each frame that Chromium began, whether it was shown. */
function states(path: string): Map<string, number> {
    const { traceEvents } = JSON.parse(readFileSync(path, 'utf8')) as {
        traceEvents: TraceEvent[];
    };
    const found = new Map<string, number>();
    for (const { args } of traceEvents) {
        const state = args?.frame_reporter?.state;
        if (state) found.set(state, (found.get(state) ?? 0) + 1);
    }
    return found;
}

const share = (part: number, all: number): string =>
    `${((100 * part) / (all || 1)).toFixed(1)} %`;

function tell(name: string, gaps: number[], traced: Map<string, number>): void {
    const total = gaps.reduce((sum, gap) => sum + gap, 0);
    const late = gaps.filter((gap) => gap > 1.5 * BUDGET_MS).length;
    const all = [...traced.values()].reduce((sum, n) => sum + n, 0);
    const idle = traced.get('STATE_NO_UPDATE_DESIRED') ?? 0;
    const dropped = traced.get('STATE_DROPPED') ?? 0;
    console.log(
        `${name}: ${((1000 * gaps.length) / total).toFixed(1)} animation frames/s, ` +
            `worst ${Math.max(...gaps).toFixed(0)} ms, late ${share(late, gaps.length)}; ` +
            `trace: dropped ${dropped} of ${all - idle} (${share(dropped, all - idle)})`,
    );
}

async function measure(page: Page, name: string, work: () => Promise<void>): Promise<void> {
    const browser = page.context().browser();
    const path = test.info().outputPath(`${name.replace(/\W+/g, '-')}.json`);
    const categories = ['cc,benchmark', 'disabled-by-default-devtools.timeline.frame'];
    await browser?.startTracing(page, { path, categories: [...categories, 'viz'] });
    const gaps = await between(page, work);
    await browser?.stopTracing();
    tell(name, gaps, states(path));
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function comeIn(place: Place, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
        await place.desk.submit(`Eine Idee mit der Nummer ${i + 1}, die alle lesen sollen`);
        await later(100);
    }
}

test('frames of the wall', async ({ place }) => {
    test.setTimeout(600_000);
    const wall = await place.open(`/stage#${place.event.code}`, { viewport: size });
    await comeIn(place, 1);
    await wall.getByText('Nummer 1,').waitFor();
    await measure(wall, 'nothing happens', () => later(5000) as Promise<void>);
    await measure(wall, 'ideas come in', () => comeIn(place, ideas));
    const { poll, options } = await place.poll(
        'Womit soll die Stadt beginnen?',
        Array.from({ length: 12 }, (_, i) => `Mehr Bänke im Park, Abschnitt ${i + 1}`),
        { method: 'irv' },
    );
    const people = await Promise.all(Array.from({ length: 40 }, () => place.person()));
    await measure(wall, 'votes come in', async () => {
        for (const [i, person] of people.entries()) {
            const liked = [options[(i * 7) % 12], options[(i * 5 + 1) % 12], options[i % 4]];
            await person.cast(poll, { ranking: [...new Set(liked)].map((id) => [id]) });
            await later(50);
        }
    });
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.publish', poll });
    await wall.locator('[data-step=intro]').waitFor();
    await measure(wall, 'a count step by step', async () => {
        for (let i = 0; i < 12; i++) {
            await wall.keyboard.press('ArrowRight');
            await later(1000);
        }
    });
});

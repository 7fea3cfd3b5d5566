/* The wall is read from the last row and nobody can scroll it: whatever is asked, everything
 * fits. And no page shows a word before its words are there. */
import type { Page } from '@playwright/test';
import { clean } from './axe';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { fits, sizes, walk } from './onwall';

const word = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3).slice(0, 118);
const question = 'Womit soll die Stadt im kommenden Jahr zuerst beginnen? '
    .repeat(6)
    .slice(0, 300);
const titles = (count: number): string[] => [
    word,
    ...Array.from({ length: count - 1 }, (_, i) => `Mehr Bänke im Park, Abschnitt ${i + 1}`),
];

async function wallOf(place: Place): Promise<Page> {
    const wall = await place.open(`/stage#${place.event.code}`, {
        viewport: sizes[2] ?? null,
    });
    await wall.emulateMedia({ reducedMotion: 'reduce' });
    return wall;
}

for (const count of [12, 40]) {
    test(`with ${count} options and long words nothing leaves the wall`, async ({ place }) => {
        test.slow();
        const wall = await wallOf(place);
        const { poll, options } = await place.poll(question, titles(count), {
            method: 'irv',
        });
        await expect(wall.getByRole('heading', { name: /Womit soll/ })).toBeVisible();
        await fits(wall, 'in progress');
        for (let i = 0; i < 12; i++) {
            const person = await place.person();
            const ranking = [options[0], options[(i % 9) + 1], options[(i % 4) + 2]];
            const ids = [...new Set(i < 3 ? ranking : ranking.slice(1))];
            await person.cast(poll, { ranking: ids.map((id) => [id]) });
            person.hangUp();
        }
        await place.desk.ask({ op: 'poll.close', poll });
        await expect(wall.getByText('Die Abstimmung ist beendet')).toBeVisible();
        await fits(wall, 'closed');
        await place.desk.ask({ op: 'poll.publish', poll });
        await expect(wall.getByText('So wurde gezählt')).toBeVisible();
        await walk(wall, 'rounds');
        await wall.reload();
        await expect(wall.getByText(/(hat|haben) gewonnen/)).toBeVisible();
        await fits(wall, 'result');
        if (count > 12) await expect(wall.getByText(/und \d+ weitere/)).toBeVisible();
    });
}

test('a winner of one very long word stays on the wall', async ({ place }) => {
    const wall = await wallOf(place);
    const { poll, options } = await place.poll(question, [word, 'Kino', 'Park']);
    await expect(wall.getByRole('heading', { name: /Womit soll/ })).toBeVisible();
    const person = await place.person();
    await person.cast(poll, { ranking: [[options[0]]] });
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.publish', poll });
    await expect(wall.getByText('So wurde gezählt')).toBeVisible();
    await walk(wall, 'duels and result');
});

test('a lot that decides is drawn on the wall, by numbers that stand in the export', async ({
    place,
}) => {
    const wall = await wallOf(place);
    const { poll, options } = await place.poll(question, [word, 'Kino']);
    await expect(wall.getByRole('heading', { name: /Womit soll/ })).toBeVisible();
    for (let i = 0; i < 6; i++) {
        const person = await place.person();
        await person.cast(poll, { ranking: [[options[i % 2]]] });
    }
    await place.desk.ask({ op: 'poll.close', poll });
    await place.desk.ask({ op: 'poll.publish', poll });
    await expect(wall.getByText('So wurde gezählt')).toBeVisible();
    for (let i = 0; i < 4; i++) await wall.keyboard.press('ArrowLeft');
    const lot = wall.getByRole('heading', { name: 'Das Los entscheidet' });
    await expect(async () => {
        await wall.keyboard.press('ArrowRight');
        await expect(lot).toBeVisible({ timeout: 500 });
    }).toPass();
    await fits(wall, 'lot');
    await clean(wall, 'lot');
    const drawn = await wall.getByRole('listitem').allTextContents();
    const [least] = drawn.sort((a, b) => a.trim().slice(-6).localeCompare(b.trim().slice(-6)));
    const winner = least?.includes('Kino') ? 'Kino' : word;
    await expect(wall.getByText(`Das ist ${winner}.`)).toBeVisible();
    const [polls] = await place.hall.table(place.event.code, 'polls.csv');
    const seed = (await wall.getByText(/mit der Startzahl/).textContent())?.match(/[\da-f]{8}/);
    expect(polls?.join(' ')).toContain(seed?.[0] ?? 'no seed');
});

for (const path of ['/', '/m', '/stage']) {
    test(`${path} shows nothing before its words are there`, async ({ place }) => {
        for (const slow of [/\/en-[^/]*\.js$/, /\/en\.more-/, /\/en\.screens-/]) {
            const page = await place.open('/healthz', { locale: 'en-GB' });
            await page.route(slow, async (route) => {
                await new Promise((resolve) => setTimeout(resolve, 600));
                await route.continue();
            });
            await page.addInitScript(() => {
                const seen = new Set<string>();
                Object.assign(globalThis, { seen });
                const look = (): void => {
                    const raw = document.body?.innerText.match(/\b[a-z]+\.[a-z][\w.]*\b/g);
                    raw?.forEach((one) => seen.add(one));
                };
                new MutationObserver(look).observe(document, {
                    childList: true,
                    subtree: true,
                    characterData: true,
                });
            });
            await page.goto(`${place.hall.url}${path}`);
            await expect(
                page.getByRole('button', { name: 'Imprint and privacy' }),
            ).toBeAttached();
            const seen = await page.evaluate(() => [
                ...(globalThis as unknown as { seen: Set<string> }).seen,
            ]);
            expect(seen).toEqual([]);
            await page.context().close();
        }
    });
}

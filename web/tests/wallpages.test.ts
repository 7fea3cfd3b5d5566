/* The idea wall of an event with challenges: one at a time, by itself or as it was picked. */
import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import type { EventInfo, Idea } from '../src/lib/net/protocol';
import IdeaWall from '../src/stage/IdeaWall.svelte';
import { hasLongWord } from '../src/stage/length';
import { PAGE_MS, pageAfter, pagesOf, READ_MS } from '../src/stage/pages';
import { WALL_WORDS } from '../src/stage/voices.svelte';
import { idea } from './samples';

const challenges = [
    { label: '7', name: 'Park', lang: 'de' },
    { label: '3', name: 'Schule', lang: 'de' },
];
const plain = {
    event: 'ABC123',
    title: 'Ideen',
    lang: 'de',
    mode: 'open',
    call: true,
} as const satisfies Partial<EventInfo>;
const event = { ...plain, langs: ['de'], challenges };

function ideas(...of: [string, string?][]): ReadonlyMap<string, Idea> {
    const made = of.map(([title, challenge], i) => ({
        ...idea(String(i + 1), { title, state: 'published' }),
        ...(challenge ? { challenge } : {}),
    }));
    return new Map(made.map((one) => [one.idea, one]));
}

const heading = () => screen.getByRole('heading').textContent.trim();
const titles = () => screen.getAllByRole('listitem').map((one) => one.textContent.trim());

beforeEach(async () => {
    vi.useFakeTimers();
    startWords(de);
    await chooseLocale('de');
    await Promise.all(WALL_WORDS.map((part) => addWords(part)));
});
afterEach(() => void vi.useRealTimers());

describe('a heading of the idea wall', () => {
    it('is smaller where a word would not stand in one line', () => {
        expect(hasLongWord('Straßenbahnhaltestellenüberdachungen')).toBe(true);
        expect(hasLongWord('Kinderbetreuung-in-Gewerbegebieten für alle da')).toBe(false);
        expect(hasLongWord('')).toBe(false);
    });
});

describe('the pages of the idea wall', () => {
    it('are the challenges that have ideas in the event’s order, then those without one', () => {
        const some = [...ideas(['Ampel', '3'], ['Kino'], ['Teich', '7']).values()];
        expect(pagesOf(challenges, some)).toEqual(['7', '3', '']);
        expect(pagesOf(challenges, some.slice(0, 1))).toEqual(['3']);
        expect(pagesOf(challenges, [...ideas(['Kino']).values()])).toEqual([]);
        expect(pagesOf(undefined, some)).toEqual([]);
        expect(pageAfter(['7', '3', ''], '')).toBe('7');
        expect(pageAfter(['7', '3'], '9')).toBe('7');
    });

    it('turn by themselves, and a new idea is seen at once', async () => {
        const shown = { event, challenge: '', support: undefined };
        const wall = render(IdeaWall, {
            ...shown,
            ideas: ideas(['Ampel', '3'], ['Teich', '7'], ['Kino']),
        });
        expect(heading()).toContain('Park');
        expect(titles()).toEqual(['Teich']);
        await vi.advanceTimersByTimeAsync(PAGE_MS);
        expect(heading()).toContain('Schule');
        await vi.advanceTimersByTimeAsync(PAGE_MS);
        expect(heading()).toContain('Weitere Ideen (1)');
        await vi.advanceTimersByTimeAsync(READ_MS);
        await wall.rerender({
            ...shown,
            ideas: ideas(['Ampel', '3'], ['Teich', '7'], ['Kino'], ['Zebrastreifen', '3']),
        });
        expect(heading()).toContain('Schule');
        expect(titles()).toEqual(['Zebrastreifen', 'Ampel']);
        await vi.advanceTimersByTimeAsync(PAGE_MS);
        expect(titles()).toEqual(['Kino']);
    });

    it('stand long enough to be read where many ideas come together', async () => {
        const shown = { event, challenge: '', support: undefined };
        const first: [string, string?][] = [['Ampel', '3'], ['Teich', '7'], ['Kino']];
        const wall = render(IdeaWall, { ...shown, ideas: ideas(...first) });
        await vi.advanceTimersByTimeAsync(READ_MS);
        const grown = (...more: [string, string?][]) =>
            wall.rerender({ ...shown, ideas: ideas(...first, ...more) });
        await grown(['Zebrastreifen', '3']);
        expect(heading()).toContain('Schule');
        await grown(['Zebrastreifen', '3'], ['Enten', '7']);
        await vi.advanceTimersByTimeAsync(READ_MS - 1);
        expect(heading()).toContain('Schule');
        await vi.advanceTimersByTimeAsync(1);
        expect(heading()).toContain('Park');
        expect(titles()).toEqual(['Enten', 'Teich']);
    });

    it('turn no later where ideas change all the while', async () => {
        const shown = { event, challenge: '', support: undefined };
        const wall = render(IdeaWall, {
            ...shown,
            ideas: ideas(['Ampel', '3'], ['Teich', '7']),
        });
        for (let i = 0; i < 6; i++) {
            await vi.advanceTimersByTimeAsync(PAGE_MS / 6);
            await wall.rerender({
                ...shown,
                ideas: ideas(['Ampel', '3'], [`Teich ${i}`, '7']),
            });
        }
        expect(heading()).toContain('Schule');
    });

    it('stand still where one was picked, and where there are no challenges', async () => {
        const some = ideas(['Ampel', '3'], ['Teich', '7']);
        const shown = { ideas: some, event, challenge: '3', support: undefined };
        const wall = render(IdeaWall, shown);
        await vi.advanceTimersByTimeAsync(2 * PAGE_MS);
        expect(heading()).toContain('Schule');
        await wall.rerender({ ...shown, event: { ...plain, langs: ['de'] } });
        await vi.advanceTimersByTimeAsync(2 * PAGE_MS);
        expect(titles()).toEqual(['Teich', 'Ampel']);
    });
});

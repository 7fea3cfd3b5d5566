/* Near-twins among many ideas: how many are found, how much else is told, and how fast. */
import { describe, expect, it, vi } from 'vitest';
import type { Idea } from '../src/lib/net/protocol';
import { Twins } from '../src/lib/vote/twins';
import { Likes } from '../src/moderator/queue/likes.svelte';
import { samples } from './data/twins';
import { idea } from './samples';

const pairOf = (a: string, b: string): string => [a, b].sort().join(' ');

function told(): Set<string> {
    const twins = new Twins();
    samples.forEach(({ id, title }) => twins.put(id, title));
    return new Set(
        samples.flatMap(({ id }) => twins.like(id).map((twin) => pairOf(id, twin.id))),
    );
}

describe('500 ideas with 60 near-twins', () => {
    const planted = samples.flatMap(({ id, twin }) => (twin ? [pairOf(id, twin)] : []));
    const elsewhere = samples.flatMap((one) =>
        one.elsewhere ? [pairOf(one.id, one.elsewhere)] : [],
    );

    it('are what was measured', () => {
        expect([samples.length, planted.length, elsewhere.length]).toEqual([500, 60, 40]);
        expect(new Set(samples.map(({ title }) => title)).size).toBe(500);
    });

    it('nine in ten twins are told, and hardly anything that nobody would compare', () => {
        const pairs = told();
        const hits = planted.filter((pair) => pairs.has(pair)).length;
        const alike = elsewhere.filter((pair) => pairs.has(pair)).length;
        expect(hits / planted.length).toBeGreaterThanOrEqual(0.88);
        expect((hits + alike) / pairs.size).toBeGreaterThanOrEqual(0.92);
        /* The same thing at another place is told too: that is for people to judge. */
        expect(hits / pairs.size).toBeGreaterThanOrEqual(0.5);
    });
});

/* Titles as varied as those, and as many as a city sends. */
const many = Array.from({ length: 5000 }, (_, i) => {
    const [one, other] = [samples[i % 500], samples[(i * 7 + 13) % 499]];
    return idea(String(i + 1), {
        state: 'pending',
        title: `${one?.title} ${other?.title.split(' ')[0]}`.slice(0, 120),
    });
});

describe('with 5,000 ideas', () => {
    it('a new one finds its twins at once', () => {
        const twins = new Twins();
        many.forEach((one) => twins.put(one.idea, one.title ?? ''));
        twins.put('x', 'Trinkbrunnen auf dem alten Markt');
        const begun = performance.now();
        for (let i = 0; i < 20; i++) twins.like('x');
        expect((performance.now() - begun) / 20).toBeLessThan(1000);
        expect(twins.like('x')).not.toEqual([]);
    });

    it('the desk is held up only in slices', async () => {
        const likes = new Likes();
        likes.feed(new Map(many.map((one) => [one.idea, one])));
        likes.want(['1', '2']);
        expect(likes.known.size).toBe(0);
        await vi.waitFor(() => expect(likes.known.size).toBe(2), { timeout: 15_000 });
    });
});

describe('as ideas come and go', () => {
    const hall = (...ideas: Idea[]) => new Map(ideas.map((one) => [one.idea, one]));
    const bank = idea('1', { state: 'pending', title: 'Sitzbank am Weiher' });
    const other = idea('2', { title: 'Kino' });
    const twin = idea('3', { title: 'Sitzbänke am Weiher' });
    const twinsOf = (likes: Likes): string[] | undefined =>
        likes.known.get('1')?.map((one) => one.id);

    it('twins are told when one comes, and no more when it is hidden or renamed', async () => {
        const likes = new Likes();
        likes.want(['1']);
        likes.feed(hall(bank, other));
        await vi.waitFor(() => expect(twinsOf(likes)).toEqual([]));
        likes.feed(hall(bank, other, twin));
        await vi.waitFor(() => expect(twinsOf(likes)).toEqual(['3']));
        likes.feed(hall(bank, other, { ...twin, title: 'Ein Hallenbad' }));
        await vi.waitFor(() => expect(likes.of('1', 3)).toEqual([]));
        likes.feed(hall(bank, other, { ...twin, state: 'hidden' }));
        await vi.waitFor(() => expect(likes.of('3', 3)).toEqual([]));
    });
});

/* What a screen gets for itself. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyMessage, emptyHall, resultOf } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import { Session } from '../src/lib/state/session.svelte';
import { poll, result } from './samples';

const shown = poll('3', { state: 'closed', published: true, published_pos: 7 });
const answer = (pos: number) =>
    new Response(JSON.stringify(result('3', { published_pos: pos })), { status: 200 });
let session: Session;

beforeEach(() => {
    vi.useFakeTimers();
    session = new Session('ABC129', 'participant', memoryKeep());
    session.hall = applyMessage(emptyHall, {
        op: 'change',
        from: 0,
        pos: 7,
        polls: [shown],
    }).hall;
});

afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

describe('a result that was not pushed', () => {
    it('is asked for again where the network was away', async () => {
        const fetch = vi.fn().mockRejectedValueOnce(new TypeError('away'));
        fetch.mockResolvedValueOnce(answer(7));
        vi.stubGlobal('fetch', fetch);
        const loaded = session.loadResult(shown);
        await vi.runAllTimersAsync();
        await loaded;
        expect(fetch).toHaveBeenCalledTimes(2);
        expect(resultOf(session.hall, shown)).toBeDefined();
    });

    it('is asked for again where what came is an earlier one', async () => {
        const fetch = vi.fn().mockResolvedValueOnce(answer(5)).mockResolvedValueOnce(answer(7));
        vi.stubGlobal('fetch', fetch);
        const loaded = session.loadResult(shown);
        await vi.runAllTimersAsync();
        await loaded;
        expect(resultOf(session.hall, shown)?.published_pos).toBe(7);
    });

    it('is asked for once, however many ask', async () => {
        const fetch = vi.fn().mockResolvedValue(answer(7));
        vi.stubGlobal('fetch', fetch);
        await Promise.all([session.loadResult(shown), session.loadResult(shown)]);
        await session.loadResult(shown);
        expect(fetch).toHaveBeenCalledTimes(1);
    });

    it('is not asked for any more once it was taken back', async () => {
        const fetch = vi.fn().mockRejectedValue(new TypeError('away'));
        vi.stubGlobal('fetch', fetch);
        const loaded = session.loadResult(shown);
        const back = poll('3', { state: 'closed' });
        session.hall = applyMessage(session.hall, {
            op: 'change',
            from: 7,
            pos: 8,
            polls: [back],
        }).hall;
        await vi.runAllTimersAsync();
        await loaded;
        expect(fetch).toHaveBeenCalledTimes(1);
    });
});

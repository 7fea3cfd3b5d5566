import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepScreenOn } from '../src/lib/ui/wake';

let held = 0;
let visibility: DocumentVisibilityState = 'visible';

/* The browser's: it gives locks to a page that is seen, and takes them when it is not. */
function see(state: DocumentVisibilityState): void {
    visibility = state;
    if (state === 'hidden') held = 0;
    document.dispatchEvent(new Event('visibilitychange'));
}
function browser(request: () => Promise<unknown>): void {
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } });
}

describe('the screen', () => {
    beforeEach(() => {
        held = 0;
        visibility = 'visible';
        vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
        browser(async () => {
            held++;
            return { release: async () => void held-- };
        });
    });
    afterEach(() => {
        Reflect.deleteProperty(navigator, 'wakeLock');
    });

    it('stays on until it is let go, also if that comes before the lock', async () => {
        const release = keepScreenOn();
        expect(held).toBe(1);
        release();
        await vi.waitFor(() => expect(held).toBe(0));
        see('hidden');
        see('visible');
        expect(held).toBe(0);
    });

    it('stays on again after the page was away', () => {
        const release = keepScreenOn();
        see('hidden');
        expect(held).toBe(0);
        see('visible');
        expect(held).toBe(1);
        release();
    });

    it('goes dark without a word where it can’t be held', async () => {
        browser(() => Promise.reject(new DOMException('low battery', 'NotAllowedError')));
        keepScreenOn()();
        Reflect.deleteProperty(navigator, 'wakeLock');
        keepScreenOn()();
        await Promise.resolve();
    });
});

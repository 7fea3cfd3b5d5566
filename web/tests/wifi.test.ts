/* The hall's Wi-Fi at the desk, and what the wall hears of it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message, Request } from '../src/lib/net/protocol';
import type { Outcome } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import { Wall } from '../src/stage/wall.svelte';

describe('the Wi-Fi of the hall', () => {
    const known = { name: 'Saal', password: 'geheim', shown: false };
    const hear = (change: object) =>
        desk.wifi.hear({ op: 'change', from: 3, pos: 4, ...change } as Message);

    let desk: Desk;
    let asked: Request[];
    const answer = (outcome: Outcome) =>
        vi.spyOn(desk, 'act').mockImplementation((_, request) => {
            asked.push(request);
            return Promise.resolve(outcome);
        });

    beforeEach(() => {
        desk = new Desk();
        asked = [];
    });

    it('comes from the server, and is gone with a fresh start that has none', () => {
        hear({ wifi: known });
        expect(desk.wifi.now).toEqual(known);
        hear({ words: 'doof' });
        expect(desk.wifi.now).toEqual(known);
        hear({ from: 0 });
        expect(desk.wifi.now.name).toBe('');
    });

    it('is sent whole, also a second change before the first is answered', async () => {
        answer({ ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos: 6 } });
        await Promise.all([
            desk.wifi.set({ name: 'Saal' }),
            desk.wifi.set({ password: 'geheim' }),
        ]);
        expect(asked.at(-1)).toEqual({ op: 'wifi', ...known });
        expect(desk.wifi.now).toEqual(known);
    });

    it('is what it was where a change was refused', async () => {
        hear({ wifi: known });
        answer({ ok: false, err: 'busy' });
        await desk.wifi.set({ shown: true });
        expect(desk.wifi.now).toEqual(known);
    });
});

describe('the Wi-Fi on the wall', () => {
    it('is there while it is to be shown', () => {
        const wall = new Wall();
        const hear = (change: object) =>
            wall.hear({ op: 'change', from: 3, pos: 4, ...change } as Message);
        hear({ wifi: { name: 'Saal', password: '', shown: true } });
        hear({ ideas: [] });
        expect(wall.wifi?.name).toBe('Saal');
        hear({ wifi: { name: '', password: '', shown: false } });
        expect(wall.wifi).toBeNull();
    });
});

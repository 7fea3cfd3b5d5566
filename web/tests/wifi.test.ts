/* The hall's Wi-Fi at the desk, and what the wall hears of it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyHall } from '../src/lib/net/hall';
import type { Message, Request } from '../src/lib/net/protocol';
import type { Outcome } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import { wifiFault } from '../src/moderator/tickets/wifi.svelte';
import type { WifiField } from '../src/moderator/tickets/wifi.svelte';
import { keepKey, keptKey, readStage, stagePath } from '../src/stage/link';
import { Wall } from '../src/stage/wall.svelte';

describe('the Wi-Fi of the hall', () => {
    const known = { name: 'Saal', password: 'geheim', shown: false };
    const hear = (change: object) =>
        desk.wifi.hear({ op: 'change', from: 3, pos: 4, ...change } as Message);

    let desk: Desk;
    let asked: Request[];
    const answer = (outcome: Outcome) =>
        vi.spyOn(desk, 'amend').mockImplementation((_, make) => {
            const request = make(emptyHall);
            if (request) asked.push(request);
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

    it('comes with the key that its wall needs', () => {
        expect(desk.wifi.stageKey).toBe('');
        desk.wifi.hear({ op: 'welcome', stage_key: 'ab' } as Message);
        expect(desk.wifi.stageKey).toBe('ab');
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

describe('a Wi-Fi that there can be', () => {
    const fits = (field: WifiField, typed: string) => wifiFault(field, typed) === null;

    it('has a name of 32 bytes, whatever characters they make', () => {
        expect(fits('name', 'n'.repeat(32))).toBe(true);
        expect(fits('name', 'n'.repeat(33))).toBe(false);
        expect(fits('name', 'ü'.repeat(16))).toBe(true);
        expect(fits('name', 'u\u0308'.repeat(16))).toBe(true);
        expect(fits('name', 'ü'.repeat(17))).toBe(false);
        expect(wifiFault('name', '📶'.repeat(9))).toBe('wifi-name');
        expect(fits('name', '')).toBe(true);
    });

    it('has no password, one of 8 to 63 ASCII characters, or a key in hex', () => {
        const good = ['', 'a'.repeat(8), 'mit Leerzeichen ~', 'z'.repeat(63), 'aF'.repeat(32)];
        const bad = ['a'.repeat(7), 'z'.repeat(64), 'größe123', 'tab\there!', 'a'.repeat(65)];
        expect(good.filter((one) => !fits('password', one))).toEqual([]);
        expect(bad.filter((one) => fits('password', one))).toEqual([]);
        expect(wifiFault('password', 'kurz')).toBe('wifi-password');
    });
});

describe("the wall's link", () => {
    const key = '0123456789abcdef'.repeat(2);
    beforeEach(() => localStorage.clear());

    it('has a code and a key, or a code alone', () => {
        expect(stagePath('ABC123', key)).toBe(`/stage#ABC123.${key}`);
        expect(stagePath('ABC123', '')).toBe('/stage#ABC123');
        expect(readStage(`ABC123.${key}`)).toEqual({ typed: 'ABC123', key });
        expect(readStage('ABC-123')).toEqual({ typed: 'ABC-123', key: '' });
        expect(readStage('ABC123.0f')).toEqual({ typed: 'ABC123.0f', key: '' });
    });

    it('leaves its key here for a reload, of the event it was opened with last', () => {
        keepKey('ABC123', key);
        expect(keptKey('ABC123')).toBe(key);
        expect(keptKey('ABC124')).toBe('');
        keepKey('ABC124', key);
        expect(keptKey('ABC123')).toBe('');
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

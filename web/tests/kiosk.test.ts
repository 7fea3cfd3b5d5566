/* The tablet that is many people's: what it keeps, when it takes somebody for gone, what it reads. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { canReadCodes, Cards, ticketIn } from '../src/kiosk/camera';
import { ASKING_S, Idle, QUIET_MS } from '../src/kiosk/idle.svelte';
import { kioskKeep, rememberChoices } from '../src/kiosk/keep';
import { Outbox } from '../src/lib/net/outbox';

beforeEach(() => localStorage.clear());

describe('what a tablet keeps', () => {
    it('is nothing of a person, but for what is on its way', async () => {
        const keep = kioskKeep(localStorage);
        await keep.set('draft:ABC129:3', { ranking: ['1'] });
        await keep.set('receipt:ABC129:3', { proof: 'aa' });
        expect(await keep.get('draft:ABC129:3')).toEqual({ ranking: ['1'] });
        expect(localStorage.length).toBe(0);
        await keep.set('out:ABC129:1', 'a ballot');
        expect(localStorage.length).toBe(1);
        expect(await kioskKeep(localStorage).entries('out:ABC129:')).toHaveLength(1);
        await keep.remove('out:ABC129:1');
        expect(localStorage.length).toBe(0);
    });

    it('brings a letter over a reload, and forgets it with its answer', async () => {
        const outbox = new Outbox(kioskKeep(localStorage), 'ABC129');
        void outbox.put({ op: 'report', idea: '1', reason: 'other' });
        await Promise.resolve();
        const again = new Outbox(kioskKeep(localStorage), 'ABC129');
        await again.load();
        expect(again.letters).toHaveLength(1);
        again.answered({ op: 'done', id: again.letters[0]?.id ?? '', pos: 1 });
        await Promise.resolve();
        expect(localStorage.length).toBe(0);
    });

    it('gives back the language that was set before', () => {
        localStorage.setItem('stimmwerk:lang', 'en');
        const restore = rememberChoices();
        localStorage.setItem('stimmwerk:lang', 'ar');
        localStorage.setItem('stimmwerk:theme', 'dark');
        restore();
        expect(localStorage.getItem('stimmwerk:lang')).toBe('en');
        expect(localStorage.getItem('stimmwerk:theme')).toBeNull();
    });
});

describe('somebody who has gone', () => {
    beforeEach(() => {
        vi.useFakeTimers();
        return () => void vi.useRealTimers();
    });

    it('is asked after a minute without a touch, and taken for gone after twenty seconds', () => {
        const over = vi.fn();
        const idle = new Idle();
        idle.watch(over);
        vi.advanceTimersByTime(QUIET_MS - 1);
        expect(idle.left).toBe(0);
        vi.advanceTimersByTime(1);
        expect(idle.left).toBe(ASKING_S);
        vi.advanceTimersByTime((ASKING_S - 1) * 1000);
        expect(over).not.toHaveBeenCalled();
        vi.advanceTimersByTime(1000);
        expect(over).toHaveBeenCalledOnce();
    });

    it('is not, if the tablet was touched', () => {
        const over = vi.fn();
        const idle = new Idle();
        idle.watch(over);
        vi.advanceTimersByTime(QUIET_MS + 5000);
        idle.touched();
        expect(idle.left).toBe(0);
        vi.advanceTimersByTime(QUIET_MS - 1);
        idle.stop();
        vi.advanceTimersByTime(10 * QUIET_MS);
        expect(over).not.toHaveBeenCalled();
    });

    it('is gone where the tablet has slept, whatever touches it then', () => {
        const over = vi.fn();
        const idle = new Idle();
        idle.watch(over);
        vi.advanceTimersByTime(5000);
        vi.setSystemTime(Date.now() + QUIET_MS + ASKING_S * 1000); // timers stood still
        expect(over).not.toHaveBeenCalled();
        expect(idle.touched()).toBe(false);
        expect(over).toHaveBeenCalledOnce();
        expect(idle.touched()).toBe(true);
    });

    it('is not held up by a clock that is set back', () => {
        const over = vi.fn();
        new Idle().watch(over);
        vi.setSystemTime(Date.now() - 3_600_000);
        vi.advanceTimersByTime(QUIET_MS + ASKING_S * 1000 + 1000);
        expect(over).toHaveBeenCalledOnce();
    });

    it('is gone as soon as the page is seen again', () => {
        const over = vi.fn();
        new Idle().watch(over, 0, 20);
        vi.setSystemTime(Date.now() + 20_000);
        document.dispatchEvent(new Event('visibilitychange'));
        expect(over).toHaveBeenCalledOnce();
    });
});

describe('a card before the camera', () => {
    it('lets in once, and again only when it has been away', () => {
        const cards = new Cards();
        expect(cards.look(['A'])).toBe('A');
        expect(cards.look(['A'])).toBe('');
        expect(cards.look([])).toBe(''); // a sleeve over it
        expect(cards.look(['A', 'B'])).toBe('B');
        cards.put('C'); // typed, while it lies there
        expect(cards.look(['C', 'A'])).toBe('');
        for (let i = 0; i < 20; i++) expect(cards.look(['B'])).toBe('');
        expect(cards.look(['A', 'B'])).toBe('A');
        expect(cards.look(['A', 'B', 'C'])).toBe('C');
    });

    it('is read where the browser can, and only a ticket counts', async () => {
        expect(await canReadCodes()).toBe(false);
        expect(ticketIn('https://x.example/j#ABC129')).toBe('');
        expect(ticketIn('WIFI:S:Saal;;')).toBe('');
    });
});

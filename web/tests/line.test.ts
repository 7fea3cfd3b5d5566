import { beforeEach, describe, expect, it, vi } from 'vitest';
import { backoffMs, Line } from '../src/lib/net/line';
import type { Early, LineState } from '../src/lib/net/line';

/* The far end of a socket, held in the hand. */
class Far {
    static all: Far[] = [];
    readyState = 0;
    sent: Record<string, unknown>[] = [];
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    onerror: (() => void) | null = null;
    closed = false;

    constructor() {
        Far.all.push(this);
    }
    send(data: string): void {
        this.sent.push(JSON.parse(data) as Record<string, unknown>);
    }
    close(): void {
        this.closed = true;
    }
    opens(): void {
        this.readyState = 1;
        this.onopen?.();
    }
    says(message: object): void {
        this.onmessage?.({ data: JSON.stringify(message) });
    }
    welcomes(heartbeat_ms = 10_000): void {
        this.opens();
        this.says({
            op: 'welcome',
            id: this.sent[0]?.['id'],
            event: 'E',
            role: 'stage',
            pos: 1,
            heartbeat_ms,
        });
    }
}

const far = (): Far => Far.all[Far.all.length - 1] as Far;
let states: LineState[];
let ends: string[];
let lines: Line[] = [];

let ask: (frame: object) => void;

function line(random = 0.5, early?: Early): Line {
    states = [];
    ends = [];
    const made = new Line({
        url: 'ws://hall/ws',
        early,
        hello: () => ({ event: 'E', role: 'stage', pos: 7 }),
        onWelcome: (_, send) => (ask = send),
        onMessage: () => undefined,
        onState: (state) => states.push(state),
        onEnd: (err) => ends.push(err),
        makeSocket: () => new Far() as unknown as WebSocket,
        random: () => random,
    });
    lines.push(made);
    return made;
}

beforeEach(() => {
    Far.all = [];
    vi.useFakeTimers();
    return () => {
        lines.forEach((made) => made.stop());
        lines = [];
        vi.useRealTimers();
    };
});

describe('the line', () => {
    it('says hello with the position it has seen and is open at the welcome', () => {
        line().start();
        far().opens();
        expect(far().sent[0]).toMatchObject({ op: 'hello', event: 'E', role: 'stage', pos: 7 });
        expect(states).toEqual(['connecting']);
        far().says({ op: 'welcome', id: far().sent[0]?.['id'], heartbeat_ms: 10_000 });
        expect(states).toEqual(['connecting', 'open']);
    });

    describe('with a socket from before the join', () => {
        const pass = 'ffeeddccbbaa99887766554433221100';
        const early = (): Far => new Far();
        const start = (socket: Far): void =>
            line(0.5, { socket: socket as unknown as WebSocket, pass }).start();

        it('sits down on it by the pass, whether it is open yet or not', () => {
            for (const open of [true, false]) {
                const socket = early();
                if (open) socket.readyState = 1;
                start(socket);
                if (!open) socket.opens();
                expect(far()).toBe(socket);
                expect(socket.sent).toHaveLength(1);
                expect(socket.sent[0]).toMatchObject({ op: 'hello', pass });
            }
        });

        it('opens another one, which has the session, if that one is gone', () => {
            const socket = early();
            socket.readyState = 3;
            start(socket);
            expect(far()).not.toBe(socket);
            far().opens();
            expect(far().sent[0]).not.toHaveProperty('pass');
        });

        it('opens another one if the pass is not good any more, or the line breaks', () => {
            for (const breaks of [true, false]) {
                const socket = early();
                start(socket);
                socket.opens();
                const id = socket.sent[0]?.['id'];
                if (breaks) socket.onclose?.();
                else socket.says({ op: 'refused', id, err: 'no-session' });
                vi.advanceTimersByTime(500);
                expect(far()).not.toBe(socket);
                far().opens();
                expect(far().sent[0]).not.toHaveProperty('pass');
                expect(ends).toEqual([]);
            }
        });
    });

    it('beats its heart and stays while it is answered', () => {
        line().start();
        far().welcomes();
        for (let i = 0; i < 6; i++) {
            vi.advanceTimersByTime(10_000);
            far().says({ op: 'pong' });
        }
        expect(far().sent.filter((frame) => frame['op'] === 'ping').length).toBe(6);
        expect(Far.all.length).toBe(1);
    });

    it('takes a silent line for dead after two heartbeats and comes back', () => {
        line().start();
        far().welcomes();
        vi.advanceTimersByTime(20_000);
        expect(Far.all[0]?.closed).toBe(true);
        expect(states).toEqual(['connecting', 'open', 'waiting']);
        vi.advanceTimersByTime(1000);
        expect(Far.all.length).toBe(2);
    });

    it('beats as slowly as the server says, and looks after what it asks as soon as ever', () => {
        line().start();
        far().welcomes(30_000);
        vi.advanceTimersByTime(29_000);
        expect(far().sent.some((frame) => frame['op'] === 'ping')).toBe(false);
        ask({ op: 'ballot.cast' });
        vi.advanceTimersByTime(19_000);
        ask({ op: 'ballot.cast' }); // what is asked again waits no longer
        expect(Far.all[0]?.closed).toBe(false);
        vi.advanceTimersByTime(1000);
        expect(Far.all[0]?.closed).toBe(true);
    });

    it('looks after nothing that was answered', () => {
        line().start();
        far().welcomes(30_000);
        ask({ op: 'ballot.cast' });
        far().says({ op: 'stored' });
        vi.advanceTimersByTime(21_000);
        expect(Far.all[0]?.closed).toBe(false);
    });

    it('gives up a connection that never welcomes', () => {
        line().start();
        far().opens();
        vi.advanceTimersByTime(11_000);
        expect(Far.all.length).toBe(2);
    });

    it('comes back after a close, later each time, at most after 8 s', () => {
        line(1).start();
        const waits: number[] = [];
        for (let i = 0; i < 7; i++) {
            const known = Far.all.length;
            far().onclose?.();
            let wait = 0;
            while (Far.all.length === known) {
                vi.advanceTimersByTime(100);
                wait += 100;
            }
            waits.push(wait);
        }
        expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
    });

    it('spreads the return over the whole step', () => {
        expect(backoffMs(3, () => 0)).toBe(0);
        expect(backoffMs(3, () => 0.25)).toBe(1000);
        expect(backoffMs(50, () => 1)).toBe(8000);
    });

    it('waits as long as a busy server asks for', () => {
        line(0).start();
        far().opens();
        far().says({ op: 'bye', err: 'busy', retry_ms: 4000 });
        vi.advanceTimersByTime(3900);
        expect(Far.all.length).toBe(1);
        vi.advanceTimersByTime(200);
        expect(Far.all.length).toBe(2);
    });

    it('ends when the server will not have it', () => {
        line().start();
        far().opens();
        far().says({ op: 'refused', id: far().sent[0]?.['id'], err: 'no-session' });
        vi.advanceTimersByTime(60_000);
        expect(ends).toEqual(['no-session']);
        expect(Far.all.length).toBe(1);
    });

    it('ends when the ticket has moved to another phone', () => {
        line().start();
        far().welcomes();
        far().says({ op: 'bye', err: 'session-moved' });
        expect(ends).toEqual(['session-moved']);
        expect(states).toEqual(['connecting', 'open', 'ended']);
    });

    it('comes back at once when the network does', () => {
        line(1).start();
        far().onclose?.();
        dispatchEvent(new Event('online'));
        expect(Far.all.length).toBe(2);
    });

    it('looks after a line at once when the page is shown again', () => {
        line().start();
        far().welcomes();
        dispatchEvent(new Event('pageshow'));
        expect(far().sent[1]).toEqual({ op: 'ping' });
        vi.advanceTimersByTime(4000);
        expect(states).toContain('waiting');
    });

    it('hears nothing any more once it is stopped', () => {
        const stopped = line();
        stopped.start();
        far().welcomes();
        stopped.stop();
        dispatchEvent(new Event('online'));
        vi.advanceTimersByTime(60_000);
        expect(Far.all.length).toBe(1);
    });
});

/* What the desk knows of a poll that runs: counts, and whether the network holds. */
import { describe, expect, it } from 'vitest';
import { secondsOf } from '../src/lib/vote/closing.svelte';
import type { Live } from '../src/lib/net/protocol';
import { FORGET_MS, lost, noted, nothingSeen, WINDOW_MS } from '../src/moderator/losing';
import type { Watch } from '../src/moderator/losing';
import { Presence } from '../src/moderator/presence.svelte';
import { turnoutOf } from '../src/moderator/turnout';

const live = (more: Partial<Live>): Live => ({ op: 'live', online: 0, joined: 0, ...more });

describe('the turnout', () => {
    it('tells how many are here, have begun, have voted and have not', () => {
        const counters = live({
            online: 50,
            joined: 61,
            polls: [{ poll: '3', voted: 41, started: 48 }],
        });
        expect(turnoutOf(counters, { poll: '3' })).toEqual({
            online: 50,
            started: 48,
            voted: 41,
            left: 20,
            all: 61,
        });
    });

    it('waits for nobody who came too late to vote', () => {
        const counters = live({ joined: 61, polls: [{ poll: '3', voted: 41, started: 48 }] });
        const poll = { poll: '3', people: 50 };
        expect(turnoutOf(counters, poll)).toMatchObject({ left: 9, all: 50 });
    });

    it('never has fewer who began than who voted, nor fewer in the hall', () => {
        const counters = live({ joined: 3, polls: [{ poll: '3', voted: 5, started: 1 }] });
        expect(turnoutOf(counters, { poll: '3' })).toMatchObject({
            started: 5,
            left: 0,
            all: 5,
        });
        expect(turnoutOf(null, { poll: '3' })).toMatchObject({ started: 0, left: 0, all: 1 });
    });
});

describe('the watch over the network', () => {
    const over = (steps: [number, number][], from: Watch = nothingSeen): Watch =>
        steps.reduce((watch, [at_ms, online]) => noted(watch, at_ms, online), from);

    it('sees that five of fifty are gone at once', () => {
        expect(
            lost(
                over([
                    [0, 50],
                    [1000, 46],
                ]),
            ),
        ).toBe(0);
        expect(
            lost(
                over([
                    [0, 50],
                    [1000, 45],
                ]),
            ),
        ).toBe(5);
    });

    it('is not troubled by few of many, nor by most of few', () => {
        expect(
            lost(
                over([
                    [0, 400],
                    [1000, 361],
                ]),
            ),
        ).toBe(0);
        expect(
            lost(
                over([
                    [0, 400],
                    [1000, 360],
                ]),
            ),
        ).toBe(40);
        expect(
            lost(
                over([
                    [0, 6],
                    [1000, 2],
                ]),
            ),
        ).toBe(0);
    });

    it('sees a fall in steps within half a minute, and none over a longer time', () => {
        expect(
            lost(
                over([
                    [0, 50],
                    [10_000, 48],
                    [20_000, 44],
                ]),
            ),
        ).toBe(6);
        expect(
            lost(
                over([
                    [0, 50],
                    [20_000, 48],
                    [20_000 + WINDOW_MS, 47],
                    [90_000, 44],
                ]),
            ),
        ).toBe(0);
    });

    it('knows how many there were though nothing was told for a long time', () => {
        expect(
            lost(
                over([
                    [0, 50],
                    [10 * WINDOW_MS, 40],
                ]),
            ),
        ).toBe(10);
    });

    it('goes on until they are back', () => {
        const away = over([
            [0, 50],
            [1000, 30],
        ]);
        expect(lost(over([[60_000, 31]], away))).toBe(19);
        expect(lost(over([[61_000, 44]], away))).toBe(6);
        expect(lost(over([[61_000, 46]], away))).toBe(0);
    });

    it('takes who is away for long for gone', () => {
        const away = over([
            [0, 50],
            [1000, 30],
        ]);
        expect(lost(over([[1000 + FORGET_MS - 1, 30]], away))).toBe(20);
        expect(lost(over([[1000 + FORGET_MS + WINDOW_MS, 30]], away))).toBe(0);
    });

    it('keeps no more than it needs', () => {
        const many = Array.from({ length: 2000 }, (_, i): [number, number] => [i * 250, i % 7]);
        expect(over(many).samples.length).toBeLessThan(130);
    });

    it('begins anew when the desk was away itself', () => {
        const presence = new Presence();
        presence.hear(live({ online: 50 }), 0);
        presence.hear(live({ online: 20 }), 1000);
        expect(presence.lost).toBe(30);
        presence.hear(
            { op: 'welcome', id: '', event: '', role: 'moderator', pos: 1, heartbeat_ms: 1 },
            2000,
        );
        expect(presence.lost).toBe(0);
        presence.hear(live({ online: 3 }), 2000);
        presence.look(9000);
        expect(presence.lost).toBe(0);
    });
});

describe('the seconds to a close', () => {
    it('count those that have begun, and end at none', () => {
        expect([10_000, 9_999, 9_001, 9_000, 1, 0, -5].map(secondsOf)).toEqual([
            10, 10, 10, 9, 1, 0, 0,
        ]);
    });
});

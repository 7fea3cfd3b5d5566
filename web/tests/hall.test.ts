// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
    applyChange,
    applyMessage,
    applyMine,
    applyMyBallot,
    emptyHall,
    resultOf,
} from '../src/lib/net/hall';
import type { Hall } from '../src/lib/net/hall';
import type { Change } from '../src/lib/net/protocol';
import { idea, poll, result } from './samples';

const change = (from: number, pos: number, more: Partial<Change> = {}): Change => ({
    op: 'change',
    from,
    pos,
    ...more,
});

function hallAt(pos: number, more: Partial<Change> = {}): Hall {
    return applyChange(emptyHall, change(0, pos, more)).hall;
}

describe('a change', () => {
    it('from the beginning replaces everything', () => {
        const before = hallAt(3, { ideas: [idea('1')] });
        const { hall } = applyChange(before, change(0, 5, { ideas: [idea('2')] }));
        expect([...hall.ideas.keys()]).toEqual(['2']);
        expect(hall.pos).toBe(5);
    });

    it('adds to what is known and leaves the rest', () => {
        const before = hallAt(3, { ideas: [idea('1')] });
        const { hall, gap } = applyChange(before, change(3, 4, { ideas: [idea('2')] }));
        expect([...hall.ideas.keys()]).toEqual(['1', '2']);
        expect(gap).toBe(false);
    });

    it('takes away what is gone', () => {
        const before = hallAt(3, { ideas: [idea('1')], polls: [poll('1')] });
        const { hall } = applyChange(
            before,
            change(3, 4, {
                ideas: [{ idea: '1', state: 'gone' }],
                polls: [{ poll: '1', state: 'gone' }],
            }),
        );
        expect(hall.ideas.size + hall.polls.size).toBe(0);
    });

    it('that is known already changes nothing', () => {
        const before = hallAt(7, { ideas: [idea('1')] });
        expect(
            applyChange(before, change(3, 7, { ideas: [{ idea: '1', state: 'gone' }] })).hall,
        ).toBe(before);
    });

    it('that begins beyond what is known is a gap', () => {
        const before = hallAt(7);
        expect(applyChange(before, change(8, 9))).toEqual({ hall: before, gap: true });
    });

    it('that overlaps is applied whole', () => {
        const { hall } = applyChange(hallAt(7), change(5, 9, { ideas: [idea('1')] }));
        expect(hall.pos).toBe(9);
        expect(hall.ideas.has('1')).toBe(true);
    });

    it('from the beginning but older than what is known is ignored', () => {
        const before = hallAt(7, { ideas: [idea('1')] });
        expect(applyChange(before, change(0, 6)).hall).toBe(before);
    });
});

describe('a result', () => {
    const published = poll('3', { state: 'closed', published: true });

    it('is kept while its poll is published', () => {
        const hall = applyMessage(hallAt(3, { polls: [published] }), result('3')).hall;
        expect(applyChange(hall, change(3, 4)).hall.results.has('3')).toBe(true);
    });

    it('disappears when it is taken back or the poll is open again', () => {
        const hall = applyMessage(hallAt(3, { polls: [published] }), result('3')).hall;
        const back = change(3, 4, {
            polls: [poll('3', { state: 'closed', published: false })],
        });
        expect(applyChange(hall, back).hall.results.has('3')).toBe(false);
        const reopened = change(3, 4, { polls: [poll('3', { state: 'open' })] });
        expect(applyChange(hall, reopened).hall.results.has('3')).toBe(false);
    });

    it('is kept while its poll runs with live results', () => {
        const hall = applyMessage(
            hallAt(3, { polls: [poll('3', { live: true })] }),
            result('3', { live: true }),
        ).hall;
        expect(applyChange(hall, change(3, 4)).hall.results.has('3')).toBe(true);
    });

    it('of a running poll is not taken for the one that was published since', () => {
        const running = hallAt(3, { polls: [poll('3', { live: true })] });
        const hall = applyMessage(running, result('3', { live: true })).hall;
        const over = { ...published, live: true, published_pos: 5 };
        const after = applyChange(hall, change(3, 5, { polls: [over] })).hall;
        expect(resultOf(after, over)).toBeUndefined();
    });

    it('that was published first is not taken for the one after it', () => {
        const first = { ...published, published_pos: 3 };
        const hall = applyMessage(
            hallAt(3, { polls: [first] }),
            result('3', { published_pos: 3 }),
        ).hall;
        expect(resultOf(hall, first)).toBeDefined();
        const second = { ...published, published_pos: 9 };
        const after = applyChange(hall, change(3, 9, { polls: [second] })).hall;
        expect(resultOf(after, second)).toBeUndefined();
    });

    it('may come before the change that tells of its publishing', () => {
        const hall = applyMessage(
            hallAt(3, { polls: [poll('3', { state: 'closed' })] }),
            result('3', { published_pos: 4 }),
        ).hall;
        const before = hall.polls.get('3');
        expect(before && resultOf(hall, before)).toBeDefined();
        const shown = { ...published, published_pos: 4 };
        const after = applyChange(hall, change(3, 4, { polls: [shown] })).hall;
        expect(resultOf(after, shown)).toBeDefined();
    });

    it('that was asked for and comes late does not hide that a newer one is to be asked for', () => {
        const second = { ...published, published_pos: 9 };
        const late = result('3', { published_pos: 3 });
        const hall = applyMessage(hallAt(9, { polls: [second] }), late).hall;
        expect(resultOf(hall, second)).toBeUndefined();
    });

    it('outlives that the event is told from the beginning only if it surely is the same', () => {
        const same = { ...published, published_pos: 3 };
        const hall = applyMessage(
            hallAt(3, { polls: [same] }),
            result('3', { published_pos: 3 }),
        ).hall;
        const anew = applyChange(hall, change(0, 7, { polls: [same] })).hall;
        expect(resultOf(anew, same)).toBeDefined();
        const other = { ...published, published_pos: 2 };
        const restored = applyChange(hall, change(0, 7, { polls: [other] })).hall;
        expect(resultOf(restored, other)).toBeUndefined();
    });

    it('of a running poll is told anew with the event', () => {
        const running = poll('3', { live: true });
        const hall = applyMessage(
            hallAt(3, { polls: [running] }),
            result('3', { live: true }),
        ).hall;
        const anew = applyChange(hall, change(0, 7, { polls: [running] })).hall;
        expect(resultOf(anew, running)).toBeUndefined();
    });

    it('that comes late is not taken for the live one of a poll that is open again', () => {
        const reopened = poll('3', { live: true, reopened: 1 });
        const hall = applyMessage(
            hallAt(9, { polls: [reopened] }),
            result('3', { published_pos: 5 }),
        ).hall;
        expect(resultOf(hall, reopened)).toBeUndefined();
    });
});

describe('a server that has lost its last acts', () => {
    it('is heard from the beginning', () => {
        const welcome = {
            op: 'welcome',
            id: '',
            event: 'ABC129',
            role: 'participant',
            pos: 5,
            heartbeat_ms: 10_000,
        } as const;
        const before = hallAt(9, { ideas: [idea('1'), idea('2')] });
        const { hall } = applyMessage(before, welcome);
        const fresh = applyChange(hall, change(0, 5, { ideas: [idea('1')] })).hall;
        expect([...fresh.ideas.keys()]).toEqual(['1']);
        expect(fresh.pos).toBe(5);
    });
});

describe('my own things', () => {
    it('come with the welcome', () => {
        const me = { person: '7', ideas: [idea('1', { state: 'pending' })] };
        const welcome = {
            op: 'welcome',
            id: '',
            event: 'ABC129',
            role: 'participant',
            pos: 1,
            heartbeat_ms: 1,
            me,
        } as const;
        expect(applyMessage(emptyHall, welcome).hall.me).toEqual(me);
    });

    it('are replaced one by one, in order of arrival', () => {
        const one = applyMine(applyMine(emptyHall, idea('10')), idea('2'));
        const hidden = applyMine(one, idea('10', { state: 'hidden' }));
        expect(hidden.me?.ideas?.map((mine) => `${mine.idea} ${mine.state}`)).toEqual([
            '2 published',
            '10 hidden',
        ]);
    });

    it('have one ballot a poll', () => {
        const first = applyMyBallot(emptyHall, {
            poll: '3',
            counter: 1,
            ballot: { ranking: [] },
        });
        const second = applyMyBallot(first, {
            poll: '3',
            counter: 2,
            ballot: { ranking: [['1']] },
        });
        expect(second.me?.polls).toEqual([
            { poll: '3', counter: 2, ballot: { ranking: [['1']] } },
        ]);
    });
});

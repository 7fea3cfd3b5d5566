/* What becomes of a vote that comes late, or that another window or phone of the same person knows
 * better. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Keep } from '../src/lib/net/keep';
import type { Session } from '../src/lib/state/session.svelte';
import { Votes } from '../src/lib/vote/votes.svelte';
import { acknowledge, anew, begin, casts, comeBackTo, end, kino, park } from './voting';
import { poll3, settle, Socket, UID, welcome } from './voting';

let keep: Keep;
let session: Session;
let votes: Votes;
beforeEach(async () => {
    ({ keep, session, votes } = await begin());
    return end;
});

describe('a vote that came too late', () => {
    const refuse = async (err = 'closed') => {
        void votes.cast('3', kino);
        await settle();
        Socket.last.says({ op: 'refused', id: casts()[0]?.id, err });
        await settle();
    };

    it('does not hide that an earlier one counts', async () => {
        await refuse();
        Socket.last.says(anew(poll3({ state: 'closed' })));
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: park });
        expect(votes.refused).toBe('closed'); // a kiosk says so
    });

    it('is said to be out where there is no other', async () => {
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 0 }] });
        await refuse();
        Socket.last.says(anew(poll3({ state: 'closed' })));
        expect(votes.stateOf('3')).toMatchObject({ is: 'refused', err: 'closed' });
        expect(votes.refused).toBe('closed');
    });

    it('is no news any more once the poll is open again', async () => {
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 0 }] });
        await refuse();
        Socket.last.says(anew(poll3({ reopened: 1 })));
        expect(votes.stateOf('3')).toEqual({ is: 'none' });
        expect(votes.drafts.get('3')).toMatchObject({ ranking: [['1']] });
    });
});

describe('what was begun in a poll', () => {
    it('is not shown in another that got the same id', async () => {
        votes.setDraft('3', { ranking: [['1']] });
        void votes.cast('3', kino);
        await settle();
        votes.setDraft('3', { ranking: [['1']] });
        Socket.last.says(anew(poll3({ uid: 'b'.repeat(32) })));
        expect(votes.drafts.has('3')).toBe(false);
        expect(votes.stateOf('3')).not.toMatchObject({ is: 'sending' });
        const later = new Votes(session, keep);
        await later.load();
        expect(later.drafts.has('3')).toBe(false);
        Socket.last.says(anew(poll3()));
        expect(later.drafts.has('3')).toBe(true);
        later.close();
    });
});

describe('a person with more than one window, or phone', () => {
    const received = async (counter: number, counts = true) => {
        const key = `receipt:${session.event}:3`;
        const of = { person: '1', uid: UID, nonce: '', secret: '', proof: '', pos: 1 };
        await keep.set(key, { ...of, counter, ballot: kino, counts });
        return key;
    };

    it('sees in each what another has cast', async () => {
        await received(5);
        const other = new BroadcastChannel(`votes:${session.event}`);
        other.postMessage('3');
        await vi.waitUntil(() => {
            const state = votes.stateOf('3');
            return (
                state.is === 'stored' && JSON.stringify(state.ballot) === JSON.stringify(kino)
            );
        });
        void votes.cast('3', park);
        await settle();
        expect(casts()[0]).toMatchObject({ counter: 6 });
        other.close();
    });

    it('keeps the receipt of the one that counts, and asks which that is', async () => {
        const key = await received(5);
        void votes.cast('3', park);
        await settle();
        const before = Socket.last;
        acknowledge(casts()[0], { counts: false });
        await vi.waitUntil(() => Socket.last !== before);
        expect(await keep.get(key)).toMatchObject({ ballot: kino, counts: true });
    });

    it('is not told that a ballot is lost, nor casts it again, that never counted', async () => {
        const key = await received(7, false);
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 0 }] });
        expect(casts()).toEqual([]);
        Socket.last.says(anew(poll3({ state: 'closed' })));
        expect(votes.stateOf('3')).toEqual({ is: 'none' });
        expect(await keep.get(key)).toMatchObject({ counter: 7 });
    });

    it('has the newest ballot, though the answer to an older one comes again', async () => {
        void votes.cast('3', kino);
        await settle();
        const cast = casts()[0];
        session.hall = {
            ...session.hall,
            me: { person: '1', polls: [{ poll: '3', counter: 9, ballot: park }] },
        };
        acknowledge(cast);
        await settle();
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: park });
        expect(votes.receiptOf('3')).toMatchObject({ counter: 5, counts: false });
    });

    it('does not send what waited here over what was cast elsewhere since', async () => {
        const before = Socket.last;
        before.onclose?.();
        void votes.cast('3', kino);
        await settle();
        await vi.waitUntil(() => Socket.last !== before, 10_000);
        welcome({ person: '1', polls: [{ poll: '3', counter: 8, ballot: park }] });
        await settle();
        expect(casts()).toEqual([]);
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: park });
        expect(votes.drafts.get('3')).toMatchObject({ ranking: [['1']] });
    });

    it('gives back what waited, also where the poll is not known yet', async () => {
        const before = Socket.last;
        before.onclose?.();
        void votes.cast('3', kino);
        await settle();
        session.hall = { ...session.hall, polls: new Map() };
        await vi.waitUntil(() => Socket.last !== before, 10_000);
        welcome({ person: '1', polls: [{ poll: '3', counter: 8, ballot: park }] });
        Socket.last.says(anew(poll3()));
        expect(votes.drafts.get('3')).toMatchObject({ ranking: [['1']] });
        expect(votes.refused).toBe('overtaken');
    });

    it('has no doubt any more about what was cast since', async () => {
        void votes.cast('3', kino);
        await settle();
        Socket.last.says({ op: 'refused', id: casts()[0]?.id, err: 'sealed' });
        await settle();
        expect(votes.unsureOf('3')).toMatchObject({ counter: 5 });
        await received(5);
        await votes.load();
        expect(votes.unsureOf('3')).toBeUndefined();
    });

    it('sends again what may have arrived', async () => {
        const before = Socket.last;
        void votes.cast('3', kino);
        await settle();
        before.onclose?.();
        await vi.waitUntil(() => Socket.last !== before, 10_000);
        welcome({ person: '1', polls: [{ poll: '3', counter: 5, ballot: kino }] });
        expect(casts()).toHaveLength(1);
    });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ballotProof, lockOf } from '../src/lib/crypto/proof';
import type { Keep } from '../src/lib/net/keep';
import type { Cast, Idea, Request } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { Votes } from '../src/lib/vote/votes.svelte';
import type { Receipt } from '../src/lib/vote/votes.svelte';
import { acknowledge, anew, begin, casts, comeBackTo, end, kino, park } from './voting';
import { poll3, settle, Socket, UID, welcome } from './voting';

let keep: Keep;
let session: Session;
let votes: Votes;
beforeEach(async () => {
    ({ keep, session, votes } = await begin());
    return () => {
        votes.close();
        session.stop(); // a test may have begun another
        end();
    };
});

describe('a vote that waits without a line', () => {
    const voteOf = async (person: string): Promise<void> => {
        session.stop();
        session = new Session('ABC129', 'participant', keep);
        session.person = person;
        votes = new Votes(session, keep);
        await session.start();
        void votes.cast('3', kino);
        await settle();
    };

    it('goes out when the same person is back', async () => {
        await voteOf('1');
        welcome({ person: '1', polls: [] });
        expect(casts()).toHaveLength(1);
    });

    it('does not go out in the name of who used another ticket here', async () => {
        await voteOf('1');
        welcome({ person: '2', polls: [] });
        expect(casts()).toEqual([]);
        expect(votes.stateOf('3')).toEqual({ is: 'none' });
    });
});

describe('a vote', () => {
    it('goes on from the highest counter that the server knows', async () => {
        void votes.cast('3', kino);
        await settle();
        expect(casts()[0]).toMatchObject({ poll: '3', counter: 5, ballot: kino });
    });

    it('is stored only when the server has said so, also where an older one was', async () => {
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: park });
        void votes.cast('3', kino);
        expect(votes.stateOf('3')).toMatchObject({ is: 'sending', ballot: kino });
        await settle();
        expect(votes.stateOf('3')).toMatchObject({ is: 'sending', ballot: kino });
        acknowledge(casts()[0]);
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: kino });
    });

    it('is still the older one when the server says that another counts', async () => {
        void votes.cast('3', kino);
        await settle();
        acknowledge(casts()[0], { counts: false });
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: park });
    });

    it('that is refused says why and gives the ballot back to be corrected', async () => {
        void votes.cast('3', kino);
        await settle();
        Socket.last.says({ op: 'refused', id: casts()[0]?.id, err: 'closed' });
        expect(votes.stateOf('3')).toEqual({ is: 'refused', err: 'closed' });
        expect(votes.drafts.get('3')).toMatchObject({ ranking: [['1']] });
    });

    it('with a proof that is not ours is an alarm', async () => {
        void votes.cast('3', kino);
        await settle();
        acknowledge(casts()[0], { proof: '0'.repeat(64) });
        expect(votes.hasWrongProof('3')).toBe(true);
        void votes.cast('3', kino);
        await settle();
        acknowledge(casts()[1]);
        await settle();
        expect(votes.hasWrongProof('3')).toBe(false);
    });

    it('uses fresh secrets for each ballot', async () => {
        void votes.cast('3', kino);
        await settle();
        void votes.cast('3', park);
        await settle();
        const [one, two] = casts();
        expect(two?.counter).toBe(6);
        expect(
            one?.nonce === two?.nonce || one?.lock === two?.lock || one?.id === two?.id,
        ).toBe(false);
    });
});

describe('a vote in a poll that is sealed', () => {
    const sealed = () => anew(poll3({ state: 'sealed' }));
    const castKino = async (more: object = {}) => {
        void votes.cast('3', kino);
        await settle();
        acknowledge(casts()[0], more);
        await settle();
    };

    it('is known to this phone alone, also after a reload', async () => {
        await castKino();
        await comeBackTo({ person: '1' }, sealed());
        expect(votes.stateOf('3')).toEqual({ is: 'receipt', ballot: kino });
        const later = new Votes(session, keep);
        await later.load();
        expect(later.stateOf('3')).toEqual({ is: 'receipt', ballot: kino });
    });

    it('whose answer came too late is neither in nor out', async () => {
        void votes.cast('3', kino);
        await settle();
        Socket.last.says({ op: 'refused', id: casts()[0]?.id, err: 'sealed' });
        await comeBackTo({ person: '1' }, sealed());
        expect(votes.stateOf('3')).toEqual({ is: 'unsure', ballot: kino });
        expect(votes.drafts.has('3')).toBe(false);
        const later = new Votes(session, keep);
        await later.load();
        expect(later.stateOf('3')).toEqual({ is: 'unsure', ballot: kino });
        later.close();
    });

    it('may have been cast elsewhere: nobody is told not to have voted', async () => {
        await comeBackTo({ person: '1' }, sealed());
        expect(votes.stateOf('3')).toEqual({ is: 'unknown' });
    });

    it('is not this phone’s where a later one counts', async () => {
        await castKino();
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 9, ballot: park }] });
        expect(votes.receiptOf('3')?.counts).toBe(false);
        await comeBackTo({ person: '1' }, sealed());
        expect(votes.stateOf('3')).toEqual({ is: 'elsewhere' });
    });
});

describe('a session', () => {
    it('asks for everything anew when changes are missing', async () => {
        Socket.last.says({ op: 'change', from: 0, pos: 3 });
        const before = Socket.last;
        Socket.last.says({ op: 'change', from: 7, pos: 8 });
        expect(Socket.last).not.toBe(before);
        Socket.last.onopen?.();
        expect(Socket.last.sent[0]).not.toHaveProperty('pos');
    });

    it('goes on from its position after a lost line', async () => {
        Socket.last.says({ op: 'change', from: 0, pos: 3 });
        const before = Socket.last;
        before.onclose?.();
        dispatchEvent(new Event('online'));
        expect(Socket.last).not.toBe(before);
        Socket.last.onopen?.();
        expect(Socket.last.sent[0]).toMatchObject({ op: 'hello', pos: 3 });
    });

    it('shows an idea as one’s own as soon as the server has it', async () => {
        const request: Request = { op: 'idea.submit', title: 'Kino', text: '', lang: 'de' };
        const outcome = session.send(request);
        await settle();
        const sent = Socket.last.sent.find((frame) => frame['op'] === 'idea.submit');
        Socket.last.says({ op: 'done', id: sent?.['id'], pos: 4, idea: '12' });
        expect(await outcome).toMatchObject({ ok: true });
        expect(session.hall.me?.ideas).toEqual([
            { idea: '12', state: 'pending', title: 'Kino', text: '', lang: 'de' },
        ]);
    });

    it('shows one’s idea as it is by now, not as an answer of long ago had it', async () => {
        const edit = {
            op: 'idea.edit',
            idea: '12',
            title: 'Alt',
            text: '',
            lang: 'de',
        } as const;
        const outcome = session.send(edit);
        await settle();
        const now: Idea = {
            idea: '12',
            state: 'published',
            title: 'Neu',
            text: '',
            lang: 'de',
        };
        session.hall = { ...session.hall, pos: 9, me: { person: '1', ideas: [now] } };
        const sent = Socket.last.sent.find((frame) => frame['op'] === 'idea.edit');
        Socket.last.says({ op: 'done', id: sent?.['id'], pos: 4 });
        expect(await outcome).toMatchObject({ ok: true });
        expect(session.hall.me?.ideas).toEqual([now]);
    });
});

describe('a vote that the server lost with its disk', () => {
    beforeEach(async () => {
        void votes.cast('3', kino);
        await settle();
        acknowledge(casts()[0]);
        await settle();
    });

    it('is cast again, the same ballot under the same proof', async () => {
        const first = casts()[0];
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 4, ballot: park }] });
        expect(casts()).toHaveLength(1);
        const { counter, ballot, nonce, lock } = first as Cast;
        expect(casts()[0]).toMatchObject({ poll: '3', counter, ballot, nonce, lock });
        expect(votes.stateOf('3')).toMatchObject({ is: 'sending', ballot: kino });
        acknowledge(casts()[0]);
        expect(votes.stateOf('3')).toEqual({ is: 'stored', ballot: kino });
    });

    it('is cast again though the event has moved on since, or not at all', async () => {
        for (const now of [9, 9]) {
            const { pos } = session.hall;
            await comeBackTo({ person: '1', polls: [] }, { op: 'change', from: pos, pos: now });
            expect(casts()).toHaveLength(1);
            acknowledge(casts()[0]);
            await settle();
        }
    });

    it('stays where it is if the server has it, or one cast elsewhere since', async () => {
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 5, ballot: kino }] });
        expect(casts()).toHaveLength(0);
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 9, ballot: park }] });
        expect(casts()).toHaveLength(0);
    });

    it('is cast as another tab of this phone has changed it since', async () => {
        const key = `receipt:${session.event}:3`;
        const first = (await keep.get(key)) as Receipt;
        const proof = ballotProof('3', lockOf(first.secret), first.nonce, park);
        await keep.set(key, { ...first, counter: 6, ballot: park, proof });
        await comeBackTo({ person: '1', polls: [] });
        expect(casts()[0]).toMatchObject({ counter: 6, ballot: park });
    });

    it('leaves what another tab has kept as it is', async () => {
        const key = `receipt:${session.event}:3`;
        const newer = { ...((await keep.get(key)) as Receipt), counter: 6 };
        await keep.set(key, newer);
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 6, ballot: park }] });
        expect(await keep.get(key)).toEqual(newer);
    });

    it('of a poll that is over is called lost, not never cast', async () => {
        await comeBackTo(
            { person: '1', polls: [{ poll: '3', counter: 0 }] },
            anew(poll3({ state: 'closed' })),
        );
        expect(votes.stateOf('3')).toEqual({ is: 'lost', ballot: kino });
    });

    it('of a sealed poll is what the receipt says, and no more', async () => {
        await comeBackTo({ person: '1', polls: [] }, anew(poll3({ state: 'sealed' })));
        expect(votes.stateOf('3')).toEqual({ is: 'receipt', ballot: kino });
    });

    it('is not cast in the name of somebody else', async () => {
        await comeBackTo({ person: '2', polls: [{ poll: '3', counter: 0 }] });
        expect(casts()).toHaveLength(0);
    });

    it('is not cast in another poll that got the same id', async () => {
        await comeBackTo({ person: '1', polls: [] }, anew(poll3({ uid: 'b'.repeat(32) })));
        expect(casts()).toHaveLength(0);
    });

    it('is not cast in a poll that is over', async () => {
        await comeBackTo({ person: '1', polls: [] }, anew(poll3({ state: 'closed' })));
        expect(casts()).toHaveLength(0);
    });

    it('is cast again after a reload too', async () => {
        const later = new Votes(session, keep);
        await later.load();
        session.onCaughtUp = () => void later.recast();
        await comeBackTo({ person: '1', polls: [] });
        expect(casts()).toHaveLength(1);
    });

    it('is followed by a newer one, never the other way round', async () => {
        session.onCaughtUp = () => undefined;
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 2, ballot: park }] });
        void votes.cast('3', park);
        await settle();
        expect(casts()[0]).toMatchObject({ counter: 6, ballot: park, uid: UID });
    });

    it('gives way to a newer one that is on its way', async () => {
        Socket.last.onclose?.();
        void votes.cast('3', park);
        await comeBackTo({ person: '1', polls: [{ poll: '3', counter: 4, ballot: park }] });
        expect(casts()).toHaveLength(1);
        expect(casts()[0]).toMatchObject({ counter: 6, ballot: park });
    });
});

/* What is sent whole is made from what the screen shows, and anew when somebody else was quicker. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { Request } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import type { Outcome } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';

const WHERE = 'words';
const stale: Outcome = { ok: false, err: 'wrong-state' };
const done = (pos: number): Outcome => ({
    ok: true,
    answer: { op: 'done', id: 'a'.repeat(32), pos },
});

let desk: Desk;
let asked: { request: Request; answer: (outcome: Outcome) => void }[];

function sit(event: string): Session {
    const session = new Session(event, 'moderator', memoryKeep());
    session.hall = { ...emptyHall, pos: 5 };
    vi.spyOn(session, 'send').mockImplementation(
        (request) => new Promise((answer) => asked.push({ request, answer })),
    );
    desk.session = session;
    return session;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const say = (words: string) =>
    desk.amend(WHERE, ({ pos }) => ({ op: 'words', words: `${words} ${pos}` }));

beforeEach(() => {
    asked = [];
    desk = new Desk();
});

describe('what is sent whole', () => {
    it('is made anew from what somebody else has made of it', async () => {
        const session = sit('ABC129');
        const outcome = say('mist');
        await settled();
        asked[0]?.answer(stale);
        await settled();
        expect(asked).toHaveLength(1);
        session.hall = { ...session.hall, pos: 8 };
        await settled();
        expect(asked[1]?.request).toEqual({ op: 'words', words: 'mist 8', seen: 8 });
        asked[1]?.answer(done(9));
        expect(await outcome).toMatchObject({ ok: true });
        expect(desk.faults.size).toBe(0);
    });

    it('goes one after the other, and a refusal holds up none', async () => {
        sit('ABC129');
        void say('one');
        void say('two');
        await settled();
        expect(asked).toHaveLength(1);
        asked[0]?.answer({ ok: false, err: 'too-large' });
        await settled();
        expect(asked[1]?.request).toMatchObject({ words: 'two 5' });
    });

    it('is not sent where there is nothing to do any more', async () => {
        sit('ABC129');
        expect(await desk.amend(WHERE, () => null)).toBeNull();
        expect(asked).toEqual([]);
    });

    it('never goes to another event than the one that it was meant for', async () => {
        sit('ABC129');
        void say('one');
        const waiting = say('two');
        await settled();
        sit('XYZ345');
        asked[0]?.answer({ ok: false, err: 'no-session' });
        expect(await waiting).toEqual({ ok: false, err: 'no-session' });
        expect(asked).toHaveLength(1);
    });
});

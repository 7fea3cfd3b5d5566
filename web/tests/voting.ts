/* A person who votes, and the server that answers as the test says. */
import { vi } from 'vitest';
import { ballotProof } from '../src/lib/crypto/proof';
import { memoryKeep } from '../src/lib/net/keep';
import type { Keep } from '../src/lib/net/keep';
import type { Answer, Cast, Poll } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { Votes } from '../src/lib/vote/votes.svelte';
import { poll } from './samples';

export class Socket {
    static last: Socket;
    readyState = 1;
    sent: Record<string, unknown>[] = [];
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
        Socket.last = this;
    }
    send(data: string): void {
        this.sent.push(JSON.parse(data) as Record<string, unknown>);
    }
    close(): void {
        this.readyState = 3;
    }
    says(message: object): void {
        this.onmessage?.({ data: JSON.stringify(message) });
    }
}

export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
export type Sent = Cast & { id: string };
export const casts = () => Socket.last.sent.filter((frame) => frame['op'] === 'cast') as Sent[];
export const kino = { ranking: [['1']] };
export const park = { ranking: [['2']] };

export function acknowledge(cast: Sent | undefined, more: object = {}): void {
    if (!cast) throw new Error('nothing was cast');
    const proof = ballotProof(cast.poll, cast.lock, cast.nonce, cast.ballot);
    const stored: Answer = {
        op: 'stored',
        id: cast.id,
        poll: cast.poll,
        pos: 1,
        proof,
        counts: true,
    };
    Socket.last.says({ ...stored, ...more });
}

/** The person at this phone. */
export interface Voter {
    keep: Keep;
    session: Session;
    votes: Votes;
}
let pos = 0;
let voter: Voter;

export function welcome(me: object): void {
    Socket.last.onopen?.();
    Socket.last.says({
        op: 'welcome',
        id: Socket.last.sent[0]?.['id'],
        event: 'ABC129',
        role: 'participant',
        pos: Math.max(1, voter.session.hall.pos),
        heartbeat_ms: 10_000,
        me,
    });
}

/** All there is, from the beginning. */
export const anew = (...polls: Poll[]) => ({ op: 'change', from: 0, pos: ++pos, polls });

export const UID = 'a'.repeat(32);
export const poll3 = (more: Partial<Poll> = {}): Poll => poll('3', { uid: UID, ...more });

/** The line is lost, and the server that comes back knows this. */
export async function comeBackTo(me: object, news: object = anew(poll3())): Promise<void> {
    const before = Socket.last;
    before.onclose?.();
    await vi.waitUntil(() => Socket.last !== before, 10_000);
    welcome(me);
    Socket.last.says(news);
    Socket.last.says({ op: 'live', online: 1, joined: 1 });
    await settle();
}

/** Somebody is here who voted for the park in poll 3. */
export async function begin(): Promise<Voter> {
    vi.stubGlobal('WebSocket', Socket);
    const keep = memoryKeep();
    const session = new Session('ABC129', 'participant', keep);
    const votes = new Votes(session, keep);
    voter = { keep, session, votes };
    session.onAnswer = (letter, answer) => votes.answered(letter, answer);
    session.onCaughtUp = () => void votes.recast();
    await session.start();
    welcome({ person: '1', polls: [{ poll: '3', counter: 4, ballot: park }] });
    pos = 0;
    Socket.last.says(anew(poll3()));
    return voter;
}

export function end(): void {
    voter.votes.close();
    voter.session.stop();
    vi.unstubAllGlobals();
}

/* Who is at this phone: what one person left half done is never shown to the next. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openKeep } from '../src/lib/net/keep';
import type { Keep } from '../src/lib/net/keep';
import { go, view } from '../src/participant/nav.svelte';
import { Participant } from '../src/participant/participant.svelte';

const CODE = 'ABC129';
const DRAFT = { idea: null, title: 'Kino', text: '' };
const PHOTO = 'data:image/jpeg;base64,aGFsbG8=';

class Socket {
    static last: Socket;
    readyState = 1;
    sent: { id: string }[] = [];
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
        Socket.last = this;
    }
    send(data: string): void {
        this.sent.push(JSON.parse(data) as { id: string });
    }
    close(): void {
        this.readyState = 3;
    }
    welcomes(person: string): void {
        const id = this.sent.at(-1)?.id;
        const more = { role: 'participant', pos: 1, heartbeat_ms: 10_000, me: { person } };
        this.onmessage?.({
            data: JSON.stringify({ op: 'welcome', id, event: CODE, ...more }),
        });
    }
}

let keep: Keep;
let participant: Participant;
const titles = () => [participant.ideas?.draft.title, participant.votes?.drafts.size];
const keys = async () => (await keep.entries('draft')).map(([key]) => key);

beforeEach(async () => {
    localStorage.clear();
    vi.stubGlobal('WebSocket', Socket);
    vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
        Promise.resolve(new Response(JSON.stringify({ event: CODE, pass: 'p' }))),
    );
    keep = await openKeep();
    await keep.set(`person:${CODE}`, '1');
    await keep.set(`draft-idea:${CODE}`, DRAFT);
    await keep.set(`draft-idea:${CODE}:photo`, PHOTO);
    await keep.set(`draft:${CODE}:3`, {});
    participant = new Participant();
    return () => {
        participant.session?.stop();
        vi.unstubAllGlobals();
    };
});

describe('a scanned code', () => {
    it('is not taken to the server twice: the head of the page has sent it', async () => {
        const answer = Promise.resolve(
            new Response(JSON.stringify({ event: CODE, pass: 'p' })),
        );
        globalThis.arriving = { code: CODE, answer, socket: new Socket() as never };
        await participant.arrive(CODE);
        expect(participant.stage).toBe('in');
        expect(fetch).not.toHaveBeenCalled();
    });

    it('whose request gets no answer is waited for no longer than any', async () => {
        vi.useFakeTimers({ toFake: ['setTimeout'] });
        const answer = new Promise<Response>(() => undefined);
        globalThis.arriving = { code: CODE, answer, socket: new Socket() as never };
        const arrived = participant.arrive(CODE);
        await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
        vi.advanceTimersByTime(15_000);
        vi.useRealTimers();
        await arrived;
        expect(participant.err).toBe('offline');
    });
});

describe('a phone on which somebody joins', () => {
    it('shows no drafts until it knows who that is', async () => {
        await participant.arrive(CODE);
        expect(titles()).toEqual(['', 0]);
        Socket.last.welcomes('1');
        await vi.waitFor(() => expect(titles()).toEqual(['Kino', 1]));
        expect(participant.ideas?.draft.photo).toBe(PHOTO);
    });

    it('keeps what was begun while it looked', async () => {
        await participant.arrive(CODE);
        Socket.last.welcomes('1');
        participant.votes?.setDraft('4', {});
        participant.ideas?.setDraft({ ...DRAFT, title: 'Park' });
        await vi.waitFor(() => expect(titles()).toEqual(['Park', 2]));
    });

    it('forgets what another person left, also the photograph', async () => {
        await participant.arrive(CODE);
        Socket.last.welcomes('2');
        await vi.waitFor(async () => expect(await keys()).toEqual([]));
        expect(titles()).toEqual(['', 0]);
        expect(await keep.get(`person:${CODE}`)).toBe('2');
    });

    it('forgets it too where another tab has joined as that person', async () => {
        await keep.set('event', CODE);
        await participant.arrive(null);
        Socket.last.welcomes('1');
        expect(titles()).toEqual(['Kino', 1]);
        if (participant.ideas) participant.ideas.aside = [{ err: 'x', draft: DRAFT }];
        await keep.set(`person:${CODE}`, '2');
        participant.session?.onPerson('2');
        await vi.waitFor(() => expect(titles()).toEqual(['', 0]));
        expect(participant.ideas?.refusal).toBeNull();
    });

    it('shows the join form’s page to the next one, not the idea form', async () => {
        await participant.arrive(CODE);
        go({ name: 'idea' });
        await participant.leave(null);
        expect(view().name).toBe('home');
        expect(participant.stage).toBe('joining');
    });
});

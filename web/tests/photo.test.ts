/* A photograph on its way: made bare, sent ahead of its letter, never lost and never doubled. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bare, scaledTo } from '../src/lib/media/photo';
import { blobOf, ship, upload } from '../src/lib/media/upload';
import { localKeep, memoryKeep } from '../src/lib/net/keep';
import { Outbox } from '../src/lib/net/outbox';
import type { Request } from '../src/lib/net/protocol';

type Sent = Request & { id: string; photo?: string };
const PHOTO = `data:image/jpeg;base64,${btoa('picture')}`;
const submit: Request = { op: 'idea.submit', title: 'Kino', text: '', lang: 'de' };
const edit: Request = { op: 'idea.edit', idea: '7', title: 'Kino', text: 'neu', lang: 'de' };
const nick: Request = { op: 'nick', first: 1, second: 2 };
const settle = () => vi.advanceTimersByTimeAsync(1);
const done = (id = '') => ({ op: 'done', id, pos: 1 }) as const;
const refused = (err: string, id = '') => ({ op: 'refused', id, err }) as const;

/* A server that names uploads h1, h2 …, or answers what it is told to. */
function post(keep = memoryKeep()) {
    const shipped: unknown[] = [];
    const answers: (() => Promise<Response>)[] = [];
    const given: string[] = [];
    const sent: Sent[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
        shipped.push((init?.body as Blob).size);
        const taken = () => Promise.resolve(new Response(`{"photo":"h${shipped.length}"}`));
        return (answers.shift() ?? taken)();
    });
    const outbox = new Outbox(keep, 'E', undefined, {
        ship: (letter) => ship('E', letter),
        refused: (answer) => {
            if (outbox.answered(answer)) given.push(answer.err);
        },
    });
    const connect = () => outbox.connected((frame) => sent.push(frame as Sent));
    return { outbox, shipped, answers, given, sent, connect };
}
const says =
    (status: number, body: string, headers = {}) =>
    () =>
        Promise.resolve(new Response(body, { status, headers }));

beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
    return () => vi.useRealTimers();
});

describe('a letter with a photograph', () => {
    it('goes when the photograph is there, and names it', async () => {
        const { outbox, shipped, sent, connect } = post();
        connect();
        void outbox.put(submit, PHOTO);
        await settle();
        expect(shipped).toEqual(['picture'.length]);
        expect(sent).toEqual([{ ...submit, id: sent[0]?.id, photo: 'h1' }]);
    });

    it('waits for a line, and survives a reload together with its photograph', async () => {
        void post(localKeep(localStorage)).outbox.put(submit, PHOTO);
        await settle();
        const { outbox, shipped, sent, connect } = post(localKeep(localStorage));
        await outbox.load();
        expect(outbox.letters[0]).toMatchObject({ photo: PHOTO, kept: true });
        expect(shipped).toEqual([]);
        connect();
        await settle();
        expect(sent[0]?.photo).toBe('h1');
    });

    it('keeps its id over cuts and lost photographs: the server counts it once', async () => {
        const { outbox, shipped, sent, connect } = post();
        const answer = outbox.put(submit, PHOTO);
        await settle();
        for (let i = 0; i < 3; i++) {
            connect();
            await settle();
            outbox.disconnected();
        }
        connect();
        outbox.answered(refused('unknown-photo', sent[0]?.id));
        await vi.advanceTimersByTimeAsync(500);
        expect(shipped).toHaveLength(2);
        expect(sent.map(({ photo }) => photo)).toEqual(['h1', 'h1', 'h1', 'h1', 'h2']);
        expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
        outbox.answered(done(sent[0]?.id));
        expect((await answer).op).toBe('done');
    });

    it('is given back when the server misses its photograph again and again', async () => {
        const { outbox, shipped, sent, connect } = post();
        connect();
        const answer = outbox.put(submit, PHOTO);
        for (let i = 0; i < 7; i++) {
            await vi.advanceTimersByTimeAsync(9000);
            outbox.answered(refused('unknown-photo', sent[0]?.id));
        }
        expect(await answer).toMatchObject({ op: 'refused', err: 'unknown-photo' });
        expect(shipped).toHaveLength(6);
    });

    it('goes without it when asked, also while it is under way, and under the same id', async () => {
        const { outbox, answers, sent, connect } = post();
        answers.push(says(503, '{"err":"busy"}', { 'Retry-After': '60' }));
        let arrive: (answer: Response) => void = () => undefined;
        answers.push(() => new Promise((resolve) => (arrive = resolve)));
        connect();
        for (const title of ['Kino', 'Bus']) {
            void outbox.put({ ...submit, title }, PHOTO);
            await settle();
            const letter = outbox.letters.find(({ photo }) => photo)?.id ?? '';
            outbox.leavePhoto(letter);
            expect(sent.at(-1)).toEqual({ ...submit, title, id: letter });
        }
        arrive(new Response('{"photo":"h9"}'));
        await vi.advanceTimersByTimeAsync(11_000); // they go once more
        expect(sent).toHaveLength(4);
        expect(sent.some(({ photo }) => photo)).toBe(false);
    });

    it('waits while the server has too much to do, and while there is no network', async () => {
        vi.spyOn(Math, 'random').mockReturnValue(0);
        const { outbox, shipped, answers, sent, connect } = post();
        answers.push(says(503, '{"err":"busy"}', { 'Retry-After': '3' }));
        answers.push(() => Promise.reject(new TypeError('network')));
        connect();
        void outbox.put(submit, PHOTO);
        await vi.advanceTimersByTimeAsync(2900);
        expect(shipped).toHaveLength(1);
        await vi.advanceTimersByTimeAsync(200);
        expect(shipped).toHaveLength(2);
        expect(sent).toEqual([]);
        await vi.advanceTimersByTimeAsync(3100);
        expect(sent.map(({ photo }) => photo)).toEqual(['h3']);
    });

    it('comes back later each time that there is no network', async () => {
        vi.spyOn(Math, 'random').mockReturnValue(1);
        const { outbox, shipped, answers, connect } = post();
        for (let i = 0; i < 3; i++) answers.push(() => Promise.reject(new TypeError('net')));
        connect();
        void outbox.put(submit, PHOTO);
        const counts: number[] = [];
        for (const wait_ms of [3400, 200, 3700, 400]) {
            await vi.advanceTimersByTimeAsync(wait_ms);
            counts.push(shipped.length);
        }
        expect(counts).toEqual([1, 2, 2, 3]);
    });

    it.each(['no-session', 'session-moved', 'code-unknown', 'no-memory'])(
        'is kept, and goes again much later, after %s',
        async (err) => {
            const { outbox, shipped, answers, given, sent, connect } = post();
            answers.push(says(403, JSON.stringify({ err })));
            connect();
            void outbox.put(submit, PHOTO);
            await vi.advanceTimersByTimeAsync(29_000);
            expect([given, shipped.length, outbox.letters.length]).toEqual([[], 1, 1]);
            await vi.advanceTimersByTimeAsync(2000);
            expect(sent.map(({ photo }) => photo)).toEqual(['h2']);
        },
    );

    it('is given back when the server will not have its photograph', async () => {
        const { outbox, answers, given, sent, connect } = post();
        answers.push(says(400, '{"err":"not-a-picture"}'));
        connect();
        const answer = outbox.put(submit, PHOTO);
        await settle();
        expect(await answer).toMatchObject({ op: 'refused', err: 'not-a-picture' });
        expect([given, sent, outbox.letters]).toEqual([['not-a-picture'], [], []]);
    });

    it('lets no later word about ideas overtake it, but all else', async () => {
        const { outbox, sent, connect } = post();
        connect();
        void outbox.put(submit, PHOTO);
        void outbox.put(edit, PHOTO);
        void outbox.put({ ...edit, text: 'neuer' });
        void outbox.put(nick);
        await settle();
        expect(sent.map(({ op }) => op)).toEqual(['nick', 'idea.submit']);
        outbox.answered(done(sent[1]?.id));
        await settle();
        expect(sent.slice(2).map(({ photo }) => photo)).toEqual(['h2']);
        outbox.answered(done(sent[2]?.id));
        await settle();
        expect(sent.at(-1)).toMatchObject({ text: 'neuer' });
    });
});

describe('the way of a photograph', () => {
    it('is one request with its bytes', async () => {
        const asked = vi.spyOn(globalThis, 'fetch');
        asked.mockResolvedValue(new Response('{"photo":"abc","width":4,"height":3}'));
        expect(await upload('ABC129', PHOTO)).toEqual({ photo: 'abc' });
        const [path, init] = asked.mock.calls[0] ?? [];
        expect([path, init?.method]).toEqual(['/media?event=ABC129', 'POST']);
        expect(init?.headers).toEqual({ 'Content-Type': 'image/jpeg' });
        expect(blobOf(PHOTO)).toMatchObject({ type: 'image/jpeg', size: 'picture'.length });
    });

    it('tells how long to wait, what was wrong, and that there was no network', async () => {
        const asked = vi.spyOn(globalThis, 'fetch');
        const headers = { 'Retry-After': '4' };
        asked.mockResolvedValueOnce(new Response('{"err":"busy"}', { status: 503, headers }));
        expect(await upload('E', PHOTO)).toEqual({ err: 'busy', retry_ms: 4000 });
        asked.mockResolvedValueOnce(new Response('{"err":"too-large"}', { status: 413 }));
        expect(await upload('E', PHOTO)).toEqual({ err: 'too-large' });
        asked.mockRejectedValueOnce(new TypeError('network'));
        expect(await upload('E', PHOTO)).toEqual({ err: 'offline' });
    });
});

describe('a JPEG', () => {
    const segment = (marker: number, text: string) => [
        ...[0xff, marker, 0, text.length + 2],
        ...[...text].map((char) => char.charCodeAt(0)),
    ];
    const start = [0xff, 0xd8];
    const picture = [
        ...segment(0xdb, 'table'),
        ...segment(0xda, 'scan'),
        1,
        0xff,
        0,
        2,
        0xff,
        0xd9,
    ];

    it('loses what tells of place, time and device, and what else a browser adds', () => {
        const jpeg = [
            ...start,
            ...segment(0xe0, 'JFIF\0 head'),
            ...segment(0xe0, 'JFXX'),
            ...segment(0xe1, 'Exif\0\0 GPS'),
            ...segment(0xe2, 'ICC_PROFILE'),
            ...segment(0xed, 'Photoshop'),
            ...segment(0xee, 'Adobe'),
            ...segment(0xfe, 'by me'),
            ...picture,
        ];
        expect([...bare(Uint8Array.from(jpeg))]).toEqual([
            ...start,
            ...segment(0xe0, 'JFIF\0 head'),
            ...segment(0xee, 'Adobe'),
            ...picture,
        ]);
    });

    it('stays as it is where there is nothing to lose', () => {
        const jpeg = Uint8Array.from([...start, ...picture]);
        expect(bare(jpeg)).toEqual(jpeg);
    });

    it('has a long edge of 1280 at most, and never a short one below 16', () => {
        expect(scaledTo(1280, 4000, 3000)).toEqual([1280, 960]);
        expect(scaledTo(1280, 900, 1200)).toEqual([900, 1200]);
        expect(scaledTo(1280, 600, 400)).toEqual([600, 400]);
        expect(scaledTo(1280, 4000, 10)).toEqual([1280, 16]);
    });
});

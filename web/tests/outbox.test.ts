import { beforeEach, describe, expect, it, vi } from 'vitest';
import { localKeep, memoryKeep, openKeep } from '../src/lib/net/keep';
import { Outbox } from '../src/lib/net/outbox';
import type { Request } from '../src/lib/net/protocol';

type Sent = Request & { id: string };
const cast = (poll: string, counter = 1): Request => ({
    op: 'cast',
    poll,
    counter,
    ballot: { ranking: [['1']] },
    nonce: '0'.repeat(32),
    lock: '0'.repeat(64),
});
const submit: Request = { op: 'idea.submit', title: 'Kino', text: '', lang: 'de' };
const stored = (id: string) =>
    ({ op: 'stored', id, poll: '3', pos: 1, proof: '', counts: true }) as const;
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
    return () => vi.useRealTimers();
});

describe('the outbox', () => {
    it('sends nothing in the name of somebody else, and keeps it for its own', async () => {
        const keep = memoryKeep();
        const outbox = new Outbox(keep, 'E');
        outbox.connected(() => undefined, '1');
        outbox.disconnected();
        void outbox.put(cast('3'));
        await settle();
        const sent: Sent[] = [];
        const later = new Outbox(keep, 'E');
        await later.load();
        later.connected((frame) => sent.push(frame), '2');
        expect(later.letters).toEqual([]);
        void later.put(submit);
        await settle();
        expect(sent.map(({ op }) => op)).toEqual(['idea.submit']);
        later.connected((frame) => sent.push(frame), '1');
        expect(later.letters).toHaveLength(1);
        expect(sent.map(({ op }) => op)).toEqual(['idea.submit', 'cast']);
    });

    it('writes a request down before it sends it', async () => {
        const order: string[] = [];
        const keep = { ...memoryKeep(), set: async () => void order.push('written') };
        const outbox = new Outbox(keep, 'E');
        outbox.connected(() => order.push('sent'));
        void outbox.put(submit);
        await settle();
        expect(order).toEqual(['written', 'sent']);
    });

    it('says last of an idea what somebody said last, though that before had to wait', async () => {
        const sent: Sent[] = [];
        const outbox = new Outbox(memoryKeep(), 'E');
        outbox.connected((frame) => sent.push(frame));
        void outbox.put({ op: 'support', idea: '7', on: true });
        await settle();
        outbox.answered({ op: 'refused', id: sent[0]?.id ?? '', err: 'too-fast' });
        void outbox.put({ op: 'support', idea: '7', on: false });
        void outbox.put({ op: 'support', idea: '8', on: true });
        await vi.advanceTimersByTimeAsync(2000);
        const said = sent
            .slice(1)
            .map((frame) => ('on' in frame ? [frame.idea, frame.on] : []));
        expect(said).toEqual([
            ['7', false],
            ['8', true],
        ]);
    });

    it('waits without a line and sends when there is one', async () => {
        const sent: Sent[] = [];
        const outbox = new Outbox(memoryKeep(), 'E');
        void outbox.put(submit);
        await settle();
        outbox.connected((frame) => sent.push(frame));
        expect(sent.map((frame) => frame.op)).toEqual(['idea.submit']);
    });

    it('sends again on every connection, under the same id, until it is answered', async () => {
        const sent: Sent[] = [];
        const outbox = new Outbox(memoryKeep(), 'E');
        const answer = outbox.put(cast('3'));
        await settle();
        for (let i = 0; i < 3; i++) {
            outbox.connected((frame) => sent.push(frame));
            outbox.disconnected();
        }
        expect(new Set(sent.map((frame) => frame.id)).size).toBe(1);
        expect(sent.length).toBe(3);
        outbox.answered(stored(sent[0]?.id ?? ''));
        expect((await answer).op).toBe('stored');
        outbox.connected((frame) => sent.push(frame));
        expect(sent.length).toBe(3);
    });

    it('sends again on the same line when no answer comes', async () => {
        const sent: Sent[] = [];
        const outbox = new Outbox(memoryKeep(), 'E');
        outbox.connected((frame) => sent.push(frame));
        void outbox.put(cast('3'));
        await vi.advanceTimersByTimeAsync(10_500);
        expect(sent.length).toBe(2);
    });

    it('survives a reload', async () => {
        const before = new Outbox(localKeep(localStorage), 'E');
        void before.put(cast('3'));
        await settle();
        const sent: Sent[] = [];
        const after = new Outbox(localKeep(localStorage), 'E');
        await after.load();
        after.connected((frame) => sent.push(frame));
        expect(sent[0]).toMatchObject({ op: 'cast', poll: '3', id: before.letters[0]?.id });
        after.answered(stored(sent[0]?.id ?? ''));
        await settle();
        const later = new Outbox(localKeep(localStorage), 'E');
        await later.load();
        expect(later.letters).toEqual([]);
    });

    it('keeps the letters of two events apart', async () => {
        void new Outbox(localKeep(localStorage), 'A').put(submit);
        await settle();
        const other = new Outbox(localKeep(localStorage), 'B');
        await other.load();
        expect(other.letters).toEqual([]);
    });

    it('says that a letter is kept only where something survives', async () => {
        const fleeting = new Outbox(memoryKeep(), 'E');
        const lasting = new Outbox(localKeep(localStorage), 'E');
        void fleeting.put(submit);
        void lasting.put(submit);
        await settle();
        expect(fleeting.letters[0]?.kept).toBe(false);
        expect(lasting.letters[0]?.kept).toBe(true);
    });

    it('still sends when nothing can be written', async () => {
        const broken = {
            ...memoryKeep(),
            durable: true,
            set: () => Promise.reject(new Error('full')),
        };
        const sent: Sent[] = [];
        const outbox = new Outbox(broken, 'E');
        outbox.connected((frame) => sent.push(frame));
        void outbox.put(submit);
        await settle();
        expect(sent.length).toBe(1);
        expect(outbox.letters[0]?.kept).toBe(false);
    });

    it('lets a newer ballot take the place of one that is on its way', async () => {
        const outbox = new Outbox(memoryKeep(), 'E');
        void outbox.put(cast('3', 1));
        void outbox.put(cast('4', 1));
        void outbox.put(cast('3', 2));
        await settle();
        expect(
            outbox.letters.map(
                ({ request }) => request.op === 'cast' && `${request.poll}/${request.counter}`,
            ),
        ).toEqual(['4/1', '3/2']);
    });

    it('tries again after "busy" as late as the server says', async () => {
        const sent: Sent[] = [];
        const outbox = new Outbox(memoryKeep(), 'E');
        outbox.connected((frame) => sent.push(frame));
        void outbox.put(cast('3'));
        await settle();
        outbox.answered({ op: 'refused', id: sent[0]?.id ?? '', err: 'busy', retry_ms: 800 });
        await vi.advanceTimersByTimeAsync(700);
        expect(sent.length).toBe(1);
        await vi.advanceTimersByTimeAsync(200);
        expect(sent.length).toBe(2);
    });

    it('gives up what is refused for good and says why', async () => {
        const outbox = new Outbox(memoryKeep(), 'E');
        const answer = outbox.put(cast('3'));
        await settle();
        outbox.answered({ op: 'refused', id: outbox.letters[0]?.id ?? '', err: 'closed' });
        expect(await answer).toMatchObject({ op: 'refused', err: 'closed' });
        expect(outbox.letters).toEqual([]);
    });

    it('ignores answers to strangers', () => {
        expect(new Outbox(memoryKeep(), 'E').answered(stored('f'.repeat(32)))).toBeUndefined();
    });
});

describe('what survives a reload', () => {
    it('is localStorage where there is no database', async () => {
        const keep = await openKeep();
        await keep.set('a:1', { n: 1 });
        await keep.set('b:1', 2);
        expect(keep.durable).toBe(true);
        expect(await keep.get('a:1')).toEqual({ n: 1 });
        expect(await keep.entries('a:')).toEqual([['a:1', { n: 1 }]]);
        await keep.remove('a:1');
        expect(await keep.get('a:1')).toBeUndefined();
    });

    it('is nothing where every store throws', async () => {
        vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
            throw new Error('denied');
        });
        expect((await openKeep()).durable).toBe(false);
    });
});

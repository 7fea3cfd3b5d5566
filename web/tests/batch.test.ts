/* Ticks at the desk, and what is done with all that have one. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { Idea, Request } from '../src/lib/net/protocol';
import { announcement } from '../src/lib/ui/announce.svelte';
import { Session } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import { actOnAll, mergeAll, forChallenge, tagged } from '../src/moderator/queue/batch';
import { importId, knownBy, knownOf, langOf, sendAll } from '../src/moderator/queue/importing';
import { PAGE } from '../src/moderator/queue/queue.svelte';
import { idea } from './samples';

let desk: Desk;
let sent: { request: Request; id: string | undefined }[];

/* The server's part: refuses idea 2, and takes all else. */
function come(ideas: Idea[]): void {
    const session = new Session('ABC129', 'moderator', memoryKeep());
    session.hall = applyMessage(emptyHall, { op: 'change', from: 0, pos: 5, ideas }).hall;
    sent = [];
    vi.spyOn(session, 'send').mockImplementation(async (request, _photo, id) => {
        sent.push({ request, id });
        if ('idea' in request && request.idea === '2') return { ok: false, err: 'wrong-state' };
        return { ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos: 6 } };
    });
    desk = new Desk();
    desk.session = session;
}

const waiting = (count: number): Idea[] =>
    Array.from({ length: count }, (_, i) =>
        idea(String(i + 1), { state: 'pending', title: `Idee ${i + 1}` }),
    );

beforeEach(async () => {
    localStorage.clear();
    await startWords(de);
    await addWords('screens');
});

describe('ticks', () => {
    it('reach from the last one to here, either way, in the order that is shown', () => {
        come(waiting(9));
        desk.queue.tick('3', true);
        desk.queue.tickTo('6');
        expect([...desk.queue.ticks]).toEqual(['3', '4', '5', '6']);
        desk.queue.order = 'newest';
        desk.queue.tickTo('9');
        expect(desk.queue.ticked).toHaveLength(7);
    });

    it('go to all that the filter shows, but not to words that want a look', () => {
        come([...waiting(3), idea('4', { state: 'pending', title: 'Idee doof' })]);
        desk.queue.words.list = 'doof';
        desk.queue.query = 'idee';
        expect(desk.queue.tickAll()).toBe(1);
        expect([...desk.queue.ticks]).toEqual(['1', '2', '3']);
    });

    it('go where somebody else moves an idea, and stay where one does it oneself', async () => {
        come(waiting(3));
        ['1', '3'].forEach((id) => desk.queue.tick(id, true));
        desk.queue.follow();
        await desk.act('idea:1', { op: 'idea.release', idea: '1' });
        const session = desk.session as Session;
        const ideas = [idea('3')];
        session.hall = applyMessage(session.hall, {
            op: 'change',
            from: 5,
            pos: 6,
            ideas,
        }).hall;
        desk.queue.follow();
        expect([...desk.queue.ticks]).toEqual(['1']);
    });

    it('go with an idea: another may get its number', () => {
        come(waiting(2));
        ['1', '2'].forEach((id) => desk.queue.tick(id, true));
        const session = desk.session as Session;
        session.hall = applyMessage(session.hall, {
            op: 'change',
            from: 0,
            pos: 9,
            ideas: waiting(1),
        }).hall;
        desk.queue.follow();
        expect([...desk.queue.ticks]).toEqual(['1']);
    });

    it('of released ideas are what a poll begins with', () => {
        come([idea('1'), idea('2', { state: 'pending' }), idea('3')]);
        ['3', '2', '1'].forEach((id) => desk.queue.tick(id, true));
        expect(desk.queue.chosen).toEqual(['3', '1']);
    });
});

describe('the list', () => {
    it('is drawn a page at a time, and searched as a whole', () => {
        come(waiting(PAGE * 3));
        expect(desk.queue.shown).toHaveLength(PAGE);
        desk.queue.query = `#${PAGE * 3}`;
        expect(desk.queue.shown.map((one) => one.idea)).toEqual([String(PAGE * 3)]);
    });

    it('counts what its filter offers, and tells what was merged into what', () => {
        come([
            idea('1', { tags: ['5'], drawing: 'd'.repeat(32) }),
            idea('2', { tags: ['5', '6'] }),
            idea('3', { state: 'merged', into: '1' }),
            idea('4', { state: 'merged', into: '3' }),
        ]);
        desk.queue.show('published');
        expect(desk.queue.counts.pictured).toBe(1);
        expect([...desk.queue.counts.tags]).toEqual([
            ['5', 2],
            ['6', 1],
        ]);
        expect(desk.queue.mergedInto.get('1')?.map((one) => one.idea)).toEqual(['3']);
        expect(['1', '2', '3'].map((id) => desk.queue.partsOf(id))).toEqual([2, 0, 1]);
        desk.queue.tag = '6';
        expect(desk.queue.found.map((one) => one.idea)).toEqual(['2']);
    });
});

describe('an act with all', () => {
    it('takes ticks off where it was done, and leaves them with a reason where not', async () => {
        come(waiting(3));
        desk.queue.tickAll();
        await actOnAll(desk, desk.queue.ticked, ({ idea }) => ({ op: 'idea.release', idea }));
        expect([...desk.queue.ticks]).toEqual(['2']);
        expect(desk.faults.get('idea:2')).toBe('wrong-state');
        expect(desk.queue.many.refused).toBe(1);
        expect(desk.queue.lists.published.map((one) => one.idea)).toEqual(['1', '3']);
    });

    /* Eight requests go at once: until the first is answered the others are not made. */
    async function treatedMeanwhile(ideas: Idea[], request: Parameters<typeof actOnAll>[2]) {
        const session = desk.session as Session;
        const answer = { op: 'done' as const, id: 'a'.repeat(32), pos: 6 };
        let told = false;
        vi.mocked(session.send).mockImplementation(async (one, _photo, id) => {
            sent.push({ request: one, id });
            if (!told) {
                const change = { op: 'change' as const, from: 5, pos: 7, ideas };
                session.hall = applyMessage(session.hall, change).hall;
            }
            told = true;
            return { ok: true, answer };
        });
        await actOnAll(desk, desk.queue.ticked, request);
    }

    it('leaves alone what somebody else has treated since it began', async () => {
        come(waiting(10));
        desk.queue.tickAll();
        const hidden = idea('10', { state: 'hidden' });
        await treatedMeanwhile([hidden], ({ idea }) => ({ op: 'idea.release', idea }));
        expect(sent.map(({ request }) => 'idea' in request && request.idea)).not.toContain(
            '10',
        );
        expect(sent).toHaveLength(9);
        expect(desk.queue.many.skipped).toBe(1);
        expect(desk.queue.ticks.size).toBe(0);
        expect(announcement().trim()).toMatch(/: 9\. .*: 1$/);
    });

    it('adds tags to those that an idea has by then', async () => {
        come(waiting(10));
        desk.queue.tickAll();
        const now = idea('10', { state: 'pending', tags: ['7'] });
        await treatedMeanwhile([now], (one) => tagged(one, ['5']));
        expect(sent.at(-1)?.request).toEqual({ op: 'idea.tag', idea: '10', tags: ['7', '5'] });
    });

    it('merges all others into the one that stays', async () => {
        come(waiting(4).filter((one) => one.idea !== '2'));
        desk.queue.tickAll();
        await mergeAll(desk, desk.queue.ticked, '3');
        expect(sent.map((one) => one.request)).toEqual([
            { op: 'idea.merge', idea: '1', into: '3', seen: 5 },
            { op: 'idea.merge', idea: '4', into: '3', seen: 5 },
        ]);
        expect(desk.queue.ticks.size).toBe(0);
    });

    it('does not hold up a merge, which is told by its own number', async () => {
        come(waiting(4));
        vi.mocked(desk.session?.send as Session['send']).mockImplementation((request) => {
            sent.push({ request, id: undefined });
            return request.op === 'idea.merge'
                ? Promise.resolve({ ok: true, answer: { op: 'done', id: '', pos: 6 } })
                : new Promise(() => undefined);
        });
        void actOnAll(desk, waiting(1), ({ idea }) => ({ op: 'idea.release', idea }));
        expect(desk.queue.many.running).toBe(true);
        await mergeAll(desk, waiting(4).slice(2), '4');
        expect(sent.map((one) => one.request)).toContainEqual({
            op: 'idea.merge',
            idea: '3',
            into: '4',
            seen: 5,
        });
        expect(announcement().trim()).toMatch(/: 1$/);
    });

    it('that its session did not outlive holds up nobody in the next one', async () => {
        come(waiting(2));
        vi.spyOn(Session.prototype, 'start').mockResolvedValue(undefined);
        localStorage.setItem('stimmwerk:desk', 'ABC129');
        await desk.arrive('');
        vi.spyOn(desk.session as Session, 'send').mockReturnValue(new Promise(() => undefined));
        void actOnAll(desk, waiting(2), ({ idea }) => ({ op: 'idea.release', idea }));
        desk.setWork('1', { is: 'merge', query: 'bank' });
        desk.queue.tick('1', true);
        desk.leave('gone');
        await desk.arrive('');
        expect([desk.queue.many.running, desk.queue.ticks.size]).toEqual([false, 0]);
        expect(desk.works.size).toBe(1);
        desk.leave('gone');
        localStorage.setItem('stimmwerk:desk', 'XYZ129');
        await desk.arrive('');
        expect(desk.works.size).toBe(0);
    });

    it('adds tags to those that an idea has, and asks nothing where it has them', () => {
        expect(tagged(idea('1', { tags: ['5'] }), ['6'])).toMatchObject({ tags: ['5', '6'] });
        expect(tagged(idea('1', { tags: ['5', '6'] }), ['6'])).toBeNull();
    });

    it('moves ideas to a challenge or to none, and asks nothing where they are', () => {
        const request = { op: 'idea.challenge', idea: '1' };
        expect(forChallenge(idea('1'), '5')).toEqual({ ...request, challenge: '5' });
        expect(forChallenge(idea('1', { challenge: '5' }), '5')).toBeNull();
        expect(forChallenge(idea('1', { challenge: '5' }), '0')).toEqual(request);
        expect(forChallenge(idea('1'), '0')).toBeNull();
    });
});

describe('an import', () => {
    const row = { row: 2, title: 'Bad', text: 'am See', lang: 'de', tags: [], challenge: '' };

    it('sends the same idea under the same id, whenever and from wherever', async () => {
        come([]);
        await sendAll(desk, [row]);
        expect(sent[0]?.request).toEqual({
            op: 'idea.submit',
            title: 'Bad',
            text: 'am See',
            lang: 'de',
        });
        expect(sent[0]?.id).toMatch(/^[0-9a-f]{32}$/);
        expect(sent[0]?.id).toBe(importId('ABC129', { title: ' bad', text: 'Am See' }));
        expect(importId('ABC129', row)).not.toBe(importId('XYZ129', row));
    });

    it('knows languages by code and by name', () => {
        const told = ['de', 'EN', 'Deutsch', 'english', 'Български', 'Bulgarisch', 'uk'].map(
            langOf,
        );
        expect(told).toEqual(['de', 'en', 'de', 'en', 'bg', 'bg', 'uk']);
        expect(langOf('Klingonisch')).toBeNull();
        for (const none of ['xx', 'ab-12', 'de-x1']) expect(langOf(none)).toBeNull();
    });

    it('leaves out what somebody else has brought since, but not one’s own', () => {
        come([]);
        const session = desk.session as Session;
        const known = knownOf(desk);
        const own = idea('1', { title: 'Bad', text: '', author: '7' });
        const other = idea('2', { title: 'Kino', text: '', author: '8' });
        const ideas = [own, other];
        session.hall = applyMessage(
            { ...session.hall, me: { person: '7' } },
            { op: 'change', from: 5, pos: 6, ideas },
        ).hall;
        expect([...knownBy(desk, known).here]).toEqual(['kino\n']);
    });

    it('knows what is here, hidden ideas too', () => {
        come([idea('1', { title: 'Bad', text: '', state: 'hidden' })]);
        expect(knownOf(desk).here.has('bad\n')).toBe(true);
    });
});

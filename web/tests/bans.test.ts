/* Who is put out, as the desk is told it. */
import { describe, expect, it } from 'vitest';
import type { Idea, Message } from '../src/lib/net/protocol';
import { Bans } from '../src/moderator/bans.svelte';
import { Own } from '../src/moderator/queue/own';
import { Team } from '../src/moderator/team/team.svelte';

const change = (from: number, told: object): Message =>
    ({ op: 'change', from, pos: from + 1, ...told }) as Message;
const ban = (idea: string, at: number) => ({ idea, by: '1', at });
const idea = (id: string, author: string): Idea => ({
    idea: id,
    state: 'pending',
    title: '',
    text: '',
    lang: 'de',
    at: 1,
    author,
});

describe('the list of who is put out', () => {
    it('is told as a whole, has the newest first, and ends with a fresh start', () => {
        const bans = new Bans();
        bans.hear(change(3, { banned: [ban('5', 10), ban('7', 20)] }));
        expect(bans.list.map((one) => one.idea)).toEqual(['7', '5']);
        bans.hear(change(4, {}));
        expect(bans.list).toHaveLength(2);
        bans.hear(change(5, { banned: [] }));
        expect(bans.list).toEqual([]);
        bans.hear(change(6, { banned: [ban('5', 10)] }));
        bans.hear(change(0, {}));
        expect(bans.list).toEqual([]);
    });

    it('knows all ideas of somebody by the one that they were named by', () => {
        const bans = new Bans();
        const ideas = new Map([
            ['5', idea('5', '9')],
            ['6', idea('6', '9')],
            ['7', idea('7', '8')],
        ]);
        bans.hear(change(3, { banned: [ban('5', 10)] }));
        const out = [...ideas.values()].filter((one) => bans.hasOut(one, ideas));
        expect(out.map((one) => one.idea)).toEqual(['5', '6']);
    });

    it('says nothing of an idea of which nobody knows whose it is', () => {
        const bans = new Bans();
        const { author: _, ...nobodys } = idea('6', '9');
        bans.hear(change(3, { banned: [ban('5', 10)] }));
        expect(bans.hasOut(nobodys, new Map([['6', nobodys]]))).toBe(false);
    });
});

describe('putting somebody out', () => {
    it('is no act against those who sit at the desk, nor where nobody knows whose an idea is', () => {
        const team = new Team();
        const place = { person: '1', number: 1, role: 'owner', at: 1 };
        team.hear(change(0, { desk: [place] }));
        expect([team.sits('1'), team.sits('9'), team.sits(undefined)]).toEqual([
            true,
            false,
            true,
        ]);
    });

    it('moves all that waits of theirs by this desk, so that keys need not wait', () => {
        const own = new Own();
        own.puts([idea('5', '9'), idea('6', '9')], 'hidden');
        expect(own.moved({ ...idea('6', '9'), state: 'hidden' })).toBe(true);
        expect(own.moved({ ...idea('7', '9'), state: 'hidden' })).toBe(false);
    });
});

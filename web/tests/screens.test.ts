/* Desk and stage: what is shown and offered when. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyChange, emptyHall } from '../src/lib/net/hall';
import type { Poll } from '../src/lib/net/protocol';
import { isLoopback, joinAddress, learnAddress } from '../src/lib/state/address.svelte';
import { deedsOf, reasoned } from '../src/moderator/pollDeeds';
import {
    faultOf,
    methods,
    newPollDraft,
    pollDraftOf,
    specOf,
    withForm,
} from '../src/moderator/pollDraft';
import type { Arriving } from '../src/participant/arrival';
import { takeArriving, takeCode, takeEarlyForm } from '../src/participant/arrival';
import { sceneOf } from '../src/stage/scene';
import { Wall } from '../src/stage/wall.svelte';
import { idea, poll } from './samples';

const hallOf = (polls: Poll[], ideas = [idea('1')]) =>
    applyChange(emptyHall, { op: 'change', from: 0, pos: 1, polls, ideas }).hall;

describe('the wall', () => {
    it('invites, then shows ideas, then the poll, then its result', () => {
        expect(sceneOf(hallOf([], []), 'auto').is).toBe('join');
        expect(sceneOf(hallOf([]), 'auto').is).toBe('ideas');
        expect(sceneOf(hallOf([poll('1')]), 'auto').is).toBe('poll');
        expect(sceneOf(hallOf([poll('1', { state: 'closed' })]), 'auto').is).toBe('poll');
        expect(
            sceneOf(hallOf([poll('1', { state: 'closed', published: true })]), 'auto').is,
        ).toBe('result');
    });

    it('prefers a running poll to an old result, and leaves void ones and what was never shown', () => {
        const old = poll('1', { state: 'sealed', published: true });
        expect(sceneOf(hallOf([old, poll('2')]), 'auto')).toMatchObject({
            is: 'poll',
            poll: { poll: '2' },
        });
        expect(sceneOf(hallOf([old, poll('2', { annulled: true })]), 'auto')).toMatchObject({
            is: 'result',
            poll: { poll: '1' },
        });
        expect(sceneOf(hallOf([poll('1', { state: 'sealed' })]), 'auto').is).toBe('ideas');
    });

    it('shows what was picked by hand', () => {
        expect(sceneOf(hallOf([poll('1')]), 'join').is).toBe('join');
        expect(sceneOf(hallOf([poll('1')]), 'ideas').is).toBe('ideas');
        expect(sceneOf(hallOf([]), 'poll').is).toBe('join');
    });

    it('lets nobody join what is archived', () => {
        const hall = hallOf([]);
        const over = { ...hall, event: { ...hall.event, archived: 1 } } as typeof hall;
        for (const pick of ['auto', 'join', 'poll'] as const)
            expect(sceneOf(over, pick).is).toBe('thanks');
    });

    it('tells a fresh result from its beginning and an old one at its end', () => {
        const wall = new Wall();
        wall.begin('1', true, 4);
        expect([wall.step, wall.playing]).toEqual([0, true]);
        wall.turn(1, 4);
        wall.begin('1', true, 4);
        expect(wall.step).toBe(1);
        wall.begin('2', false, 3);
        expect([wall.step, wall.playing]).toEqual([2, false]);
    });

    it('stops playing when a hand turns the page, and stays inside the story', () => {
        const wall = new Wall();
        wall.begin('1', true, 2);
        wall.turnByHand(1, 2);
        wall.turnByHand(1, 2);
        expect([wall.step, wall.playing]).toEqual([1, false]);
        wall.turnByHand(-1, 2);
        wall.turnByHand(-1, 2);
        expect(wall.step).toBe(0);
    });
});

describe('the desk offers', () => {
    const names = (more: Partial<Poll>) => deedsOf(poll('1', more)).map((deed) => deed.is);

    it('what fits the state of a poll, the next step first', () => {
        expect(names({ state: 'draft' })).toEqual(['open', 'edit', 'drop']);
        expect(names({ state: 'open' })).toEqual(['countdown', 'close', 'annul']);
        expect(deedsOf(poll('1'), true).map((deed) => deed.is)).toEqual(['close', 'annul']);
        expect(names({ state: 'closed' })).toEqual(['publish', 'reopen', 'seal', 'annul']);
        expect(names({ state: 'closed', published: true })[0]).toBe('unpublish');
        expect(names({ state: 'sealed' })).toEqual(['publish', 'annul']);
        expect(names({ state: 'closed', annulled: true })).toEqual([]);
    });

    it('asks before what cannot be taken back, and for a reason where everybody will see it', () => {
        const asks = (more: Partial<Poll>) =>
            Object.fromEntries(deedsOf(poll('1', more)).map((deed) => [deed.is, deed.asks]));
        expect(asks({ state: 'closed' })).toEqual({
            publish: 'sure',
            reopen: 'reason',
            seal: 'sure',
            annul: 'reason',
        });
        expect(asks({ state: 'open' })).toEqual({
            countdown: 'nothing',
            close: 'sure',
            annul: 'reason',
        });
    });

    it('puts the reason into what is sent', () => {
        const reopen = deedsOf(poll('1', { state: 'closed' }))[1];
        expect(reopen && reasoned(reopen.request, 'technical')).toEqual({
            op: 'poll.reopen',
            poll: '1',
            reason: 'technical',
        });
    });
});

describe('a poll that is being made', () => {
    const draft = { ...newPollDraft('de', ['1', '2', '3']), question: ' Was zuerst? ' };

    it('has defaults that fit without a choice', () => {
        expect(specOf(draft)).toEqual({
            question: 'Was zuerst?',
            lang: 'de',
            form: 'ranking',
            method: 'ranked-pairs-wv',
            seats: 1,
            ranks: 3,
            ties: false,
            live: false,
            publication: 'ballots',
            options: ['1', '2', '3'],
        });
    });

    it('gets a method that counts its form', () => {
        expect(withForm(draft, 'approval').method).toBe('approval');
        expect(withForm(draft, 'yesno').method).toBe('plurality');
        expect(withForm({ ...draft, ties: true }, 'approval').ties).toBe(false);
        expect(methods.ranking[0]).toBe('ranked-pairs-wv');
    });

    it('says how many dots there are, of dots only and never too many', () => {
        const dots = withForm(draft, 'dots');
        expect(specOf(dots)).toMatchObject({
            form: 'dots',
            method: 'score',
            dots: 5,
            ranks: 1,
        });
        expect(specOf({ ...dots, dots: 99 }).dots).toBe(20);
        expect(specOf({ ...dots, dots: 0 }).dots).toBe(1);
        expect('dots' in specOf(withForm(dots, 'score'))).toBe(false);
        expect(pollDraftOf(poll('7', { form: 'dots', dots: 8 })).dots).toBe(8);
    });

    it('never asks for more places or winners than there are ideas', () => {
        expect(specOf({ ...draft, ranks: 9, seats: 9 })).toMatchObject({ ranks: 3, seats: 3 });
        expect(specOf({ ...draft, ranks: 0, seats: 0 })).toMatchObject({ ranks: 1, seats: 1 });
    });

    it('shows live results only where the ballots will be published', () => {
        expect(specOf({ ...draft, live: true }).live).toBe(true);
        expect(specOf({ ...draft, live: true, publication: 'order' }).live).toBe(false);
    });

    it('says what is missing', () => {
        expect(faultOf({ ...draft, question: ' ' })).toBe('poll.fault.question');
        expect(faultOf({ ...draft, options: ['1'] })).toBe('poll.fault.options');
        expect(faultOf({ ...draft, form: 'yesno' })).toBe('poll.fault.one');
        expect(faultOf({ ...draft, form: 'yesno', options: [] })).toBeNull();
        expect(faultOf(draft)).toBeNull();
    });

    it('comes back from the server’s draft', () => {
        expect(pollDraftOf(poll('7', { question: 'Q' }))).toMatchObject({
            poll: '7',
            question: 'Q',
            options: ['1', '2', '3', '4'],
        });
        const about = { option: '3', title: 'Kino' };
        expect(pollDraftOf(poll('7', { form: 'yesno', about })).options).toEqual(['3']);
        expect(pollDraftOf(poll('7', { form: 'yesno' })).options).toEqual([]);
    });
});

describe('arriving', () => {
    beforeEach(() => history.replaceState(null, '', '/'));

    it('takes the code out of the address', () => {
        history.replaceState(null, '', '/j#ABC129');
        expect(takeCode(location, history)).toBe('ABC129');
        expect(location.href.endsWith('/j')).toBe(true);
        expect(takeCode(location, history)).toBeNull();
    });

    it('takes what the head of the page has sent off, once and for its own code', () => {
        const close = vi.fn();
        const sent = { answer: new Promise<Response>(() => undefined), socket: { close } };
        const arriving = { code: 'ABC129', ...sent } as unknown as Arriving;
        globalThis.arriving = arriving;
        expect(takeArriving('ABC129')).toBe(arriving);
        expect(takeArriving('ABC129')).toBeUndefined();
        expect(close).not.toHaveBeenCalled();
        globalThis.arriving = arriving;
        expect(takeArriving('ABC12A')).toBeUndefined();
        expect(close).toHaveBeenCalledOnce();
    });

    it('takes over what was typed and sent before the script ran', () => {
        document.body.innerHTML = '<form id="early"><input value="abc129" /></form>';
        document.documentElement.dataset['early'] = 'yes';
        expect(takeEarlyForm(document)).toEqual({ typed: 'abc129', sent: true });
        expect(takeEarlyForm(document).sent).toBe(false);
    });
});

describe('the address for phones', () => {
    it('is where the page came from, and says when only this computer knows it', () => {
        expect(joinAddress('ABC129')).toEqual({
            url: `${location.origin}/j#ABC129`,
            shown: location.host,
            onlyHere: true,
        });
        expect(
            ['localhost', '127.0.0.1', '[::1]', '192.168.1.2', 'halle.example'].map(isLoopback),
        ).toEqual([true, true, true, false, false]);
    });

    it('is the server’s own word where it has one', async () => {
        const about = { join: 'http://10.9.9.9:8080' };
        vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify(about)));
        await learnAddress();
        expect(joinAddress('ABC129')).toEqual({
            url: 'http://10.9.9.9:8080/j#ABC129',
            shown: '10.9.9.9:8080',
            onlyHere: false,
        });
    });
});

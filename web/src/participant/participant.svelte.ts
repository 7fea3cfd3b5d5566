/* The person at this phone: joining, coming back, and what the views share. */
import { readCode } from '../lib/crypto/code';
import type { CodeFault } from '../lib/crypto/code';
import { newId } from '../lib/crypto/bytes';
import { LAST_HALL } from '../lib/net/hall';
import { join, joined, OFFLINE, socketUrl } from '../lib/net/http';
import { memoryKeep, openKeep } from '../lib/net/keep';
import type { Keep } from '../lib/net/keep';
import { openSocket } from '../lib/net/line';
import type { Early } from '../lib/net/line';
import type { Letter } from '../lib/net/outbox';
import type { Answer, Poll } from '../lib/net/protocol';
import { Session } from '../lib/state/session.svelte';
import { mayNotVote } from '../lib/vote/mayNotVote';
import { Votes } from '../lib/vote/votes.svelte';
import { takeArriving } from './arrival';
import { isSmallWindow } from './browser';
import { Ideas } from './ideas.svelte';
import { goInstead } from './nav.svelte';

export type Stage = 'starting' | 'joining' | 'in';

export class Participant {
    stage = $state<Stage>('starting');
    typed = $state('');
    busy = $state(false);
    fault = $state<CodeFault | null>(null);
    /** A code of the server's. */
    err = $state<string | null>(null);
    session = $state.raw<Session | null>(null);
    votes = $state.raw<Votes | null>(null);
    ideas = $state.raw<Ideas | null>(null);
    /** In a window that will forget all this. */
    small = $state(false);
    /** Orders the ideas on this phone, and only here. */
    seed = '';
    /* Beside the words: it takes a slow phone as long as they do. */
    readonly #opening: Promise<Keep>;
    #keep: Keep = memoryKeep();

    constructor(opening = openKeep()) {
        this.#opening = opening;
    }

    /** What this phone remembers, once somebody has arrived. */
    get keep(): Keep {
        return this.#keep;
    }

    /** With the code somebody came with, or back to where one was. */
    async arrive(code: string | null): Promise<void> {
        this.#keep = await this.#opening;
        this.small =
            !this.#keep.durable ||
            isSmallWindow(
                navigator.userAgent,
                'standalone' in navigator && Boolean(navigator.standalone),
            );
        await this.#loadSeed();
        if (code !== null) {
            this.typed = code;
            return this.join(code);
        }
        const event = await this.#keep.get('event').catch(() => undefined);
        if (typeof event === 'string') await this.#enter(event, await this.#personIn(event));
        else this.stage = 'joining';
    }

    async #loadSeed(): Promise<void> {
        const kept = await this.#keep.get('seed').catch(() => undefined);
        this.seed = typeof kept === 'string' ? kept : newId();
        await this.#keep.set('seed', this.seed).catch(() => undefined);
    }

    /** Does an open poll wait for this person's ballot? */
    awaits(poll: Poll): boolean {
        return (
            poll.state === 'open' &&
            !poll.annulled &&
            this.votes?.stateOf(poll.poll).is === 'none' &&
            !mayNotVote(poll, this.session?.hall.me)
        );
    }

    async join(typed: string): Promise<void> {
        if (this.busy) return;
        const reading = readCode(typed);
        if (this.err !== 'banned') this.err = null; // that has a page, which stays meanwhile
        this.fault = reading.fault ?? null;
        if (reading.fault) {
            this.stage = 'joining';
            return;
        }
        this.busy = true; // whoever brought a code waits for no form
        const arriving = takeArriving(reading.code);
        // ready by the time that we are let in
        const socket = arriving?.socket ?? openSocket(socketUrl());
        const reply = await (arriving ? joined(arriving.answer) : join(reading.code));
        this.busy = false;
        if (reply.ok) {
            // a ticket may have made this phone somebody else's
            await this.#keep.remove(LAST_HALL).catch(() => undefined);
            const { event, pass } = reply.value;
            return this.#enter(event, undefined, { socket, pass });
        }
        socket.close();
        if (reply.err === OFFLINE && (await this.#enterAgain(reading.code))) return;
        this.stage = 'joining';
        this.err = reply.err;
        if (reply.err === 'ticket-needed') this.typed = '';
    }

    /* Without a network a known event can still be shown; the outbox waits. */
    async #enterAgain(code: string): Promise<boolean> {
        const event = await this.#keep.get('event').catch(() => undefined);
        if (event !== code) return false;
        await this.#enter(code, await this.#personIn(code));
        return true;
    }

    async #personIn(event: string): Promise<string | undefined> {
        const person = await this.#keep.get(`person:${event}`).catch(() => undefined);
        return typeof person === 'string' ? person : undefined;
    }

    /* `person`: nobody else can have joined with this phone since. */
    async #enter(event: string, person?: string, early?: Early): Promise<void> {
        await this.#keep.set('event', event).catch(() => undefined);
        const session = new Session(event, 'participant', this.#keep, early);
        if (person) session.person = person;
        const votes = new Votes(session, this.#keep);
        const ideas = new Ideas(session, this.#keep);
        let before = person;
        let recognised = Promise.resolve();
        session.onPerson = (person) => {
            recognised = this.#recognise(person, before, session, votes, ideas);
            before = person;
        };
        /* With the receipts that are loaded once it is clear whose they are. */
        session.onCaughtUp = () => void recognised.then(() => votes.recast());
        session.onAnswer = (letter: Letter, answer: Answer) => {
            votes.answered(letter, answer);
            ideas.answered(letter, answer);
        };
        if (person) await Promise.all([votes.load(), ideas.load()]);
        this.session = session;
        this.votes = votes;
        this.ideas = ideas;
        this.stage = 'in';
        await session.start();
    }

    /* Another ticket on the same phone: what somebody else left half done is not shown.
     * `before`: whom this page had here; the store may tell of another tab's person. */
    async #recognise(
        person: string,
        before: string | undefined,
        { event }: Session,
        votes: Votes,
        ideas: Ideas,
    ): Promise<void> {
        if (before === person) return;
        const last = before ?? (await this.#personIn(event));
        await this.#keep.set(`person:${event}`, person).catch(() => undefined);
        if (last !== undefined && last !== person) {
            ideas.forget();
            await votes.dropDrafts();
            await this.#keep.remove(`seen:${event}`).catch(() => undefined);
        }
        if (before === undefined) await Promise.all([votes.load(), ideas.load()]);
    }

    /** The server knows this phone no more, or the person leaves: back to the form. */
    async leave(err: string | null): Promise<void> {
        const event = this.session?.event ?? '';
        this.session?.stop();
        this.votes?.close();
        this.session = null;
        goInstead({ name: 'home' });
        const out = err === 'banned'; // a page that is loaded anew asks again
        if (!out) await this.#keep.remove('event').catch(() => undefined);
        await this.#keep.remove(LAST_HALL).catch(() => undefined);
        this.typed = out || err === 'no-session' ? event : '';
        this.err = err;
        this.fault = null;
        this.stage = 'joining';
    }
}

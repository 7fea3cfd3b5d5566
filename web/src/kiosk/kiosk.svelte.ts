/* A tablet that people use one after another, each with a ticket. Who leaves leaves nothing: first
 * all that was sent is acknowledged, then the page, the storage and the server forget who it was. */
import { untrack } from 'svelte';
import { EVENT_SYMBOLS, readCode, TICKET_SYMBOLS } from '../lib/crypto/code';
import type { CodeFault } from '../lib/crypto/code';
import { isLocale, preferredLocale, useLocale } from '../lib/i18n/index.svelte';
import type { Locale } from '../lib/i18n/index.svelte';
import { fetchEvent, leave, OFFLINE } from '../lib/net/http';
import { OVERTAKEN } from '../lib/net/outbox';
import type { EventInfo } from '../lib/net/protocol';
import { Session } from '../lib/state/session.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import { chosenCount, readDraft } from '../lib/vote/draft';
import { goInstead } from '../participant/nav.svelte';
import { Participant } from '../participant/participant.svelte';
import { Idle } from './idle.svelte';
import { openKioskKeep, rememberChoices } from './keep';

/** `sending`: somebody is done, or was when the page was loaded anew, and something of theirs is
 * not acknowledged yet. */
export type Place = 'opening' | 'nowhere' | 'start' | 'inside' | 'sending' | 'bye';

export interface ShownReceipt {
    question: string;
    lang: string;
    proof: string;
}

/* What whoever was here should know. */
interface Complaint {
    err?: string | null;
    lost?: boolean;
}

interface Farewell {
    gone?: boolean;
    taken?: boolean;
}

const RETRY_MS = 2000;
const BYE_S = 20;
/* Long enough to take a photograph. */
const RECEIPT_S = 60;

/* So often a photograph may fail while the line is open: then the idea goes without it, or the
 * tablet would be nobody's any more. */
const PHOTO_FAILS_MAX = 2;

const later = (wait_ms: number) => new Promise((resolve) => setTimeout(resolve, wait_ms));

export class Kiosk {
    readonly code: string;
    place = $state<Place>('opening');
    event = $state.raw<EventInfo | null>(null);
    participant = $state.raw<Participant | null>(null);
    /** Nobody answers: it goes on as soon as somebody does. */
    waiting = $state(false);
    /** What stands in the field of the card's code. */
    typed = $state('');
    /** The camera is on: it stays so for the next one. */
    looking = $state(false);
    busy = $state(false);
    fault = $state<CodeFault | 'cardOnly' | null>(null);
    /** A code of the server's: why somebody is not in, or not any more. */
    err = $state<string | null>(null);
    /** Something that was sent has not arrived, and will not. */
    lost = $state(false);
    /** The card that was read or typed last: while it lies there it lets nobody in. */
    card = '';
    receipts = $state.raw<readonly ShownReceipt[]>([]);
    readonly idle = new Idle();
    /** Thanks are said: `left` until the next one is awaited. */
    readonly thanks = new Idle();
    #restoreChoices = rememberChoices();

    constructor(typed: string) {
        const { code, fault } = readCode(typed);
        this.code = fault || code.length !== EVENT_SYMBOLS ? '' : code;
    }

    async open(): Promise<void> {
        if (this.code === '') return void (this.place = 'nowhere');
        const undelivered = await this.#deliver();
        await this.#giveUpSeat();
        for (;;) {
            const reply = await fetchEvent(this.code);
            if (reply.ok) this.event = reply.value;
            if (reply.ok || reply.err === 'code-unknown') break;
            this.waiting = reply.err === OFFLINE;
            await later(RETRY_MS);
        }
        this.waiting = false;
        if (this.event) this.begin(undelivered);
        else this.place = 'nowhere';
    }

    /* A page that was loaded anew finds what the one before had not brought to its end. */
    async #deliver(): Promise<Complaint> {
        const keep = openKioskKeep();
        const prefix = `out:${this.code}:`;
        if ((await keep.entries(prefix).catch(() => [])).length === 0) return {};
        this.place = 'sending';
        const session = new Session(this.code, 'participant', keep);
        let refused: string | null = null;
        session.onAnswer = (_, answer) => {
            if (answer.op === 'refused' && answer.err !== OVERTAKEN) refused = answer.err;
        };
        await session.start();
        await allSent(session);
        session.stop();
        const lost = await this.#forgetLetters();
        return { err: lost ? session.ended : refused, lost };
    }

    /* What the server will not have any more, in whoever's name. True: there was something. */
    async #forgetLetters(): Promise<boolean> {
        const keep = openKioskKeep();
        const letters = await keep.entries(`out:${this.code}:`).catch(() => []);
        await Promise.all(letters.map(([key]) => keep.remove(key.replace(/^kiosk:/, ''))));
        return letters.length > 0;
    }

    /* Until that has arrived whoever came next could still be the one before. */
    async #giveUpSeat(event = this.code): Promise<void> {
        for (;;) {
            const reply = await leave(event);
            if (reply.ok || ![OFFLINE, 'busy'].includes(reply.err)) return;
            this.waiting = reply.err === OFFLINE && this.place === 'opening';
            await later(RETRY_MS);
        }
    }

    /** The event's, and easy German beside German: what one may begin in with one press. */
    get languages(): Locale[] {
        const langs = (this.event?.langs ?? []).flatMap((lang) =>
            lang === 'de' ? ['de', 'de-simple'] : [lang],
        );
        return [...new Set(langs)].filter(isLocale);
    }

    /** What was complained of is read: somebody has begun to type. */
    quiet(): void {
        this.fault = this.err = null;
        this.lost = false;
    }

    /** By a ticket and nothing else: the event's code would let in one person many times. */
    async enter(): Promise<void> {
        if (this.busy || this.place !== 'start') return;
        const { code, fault } = readCode(this.typed);
        this.err = null;
        this.fault = code.length === EVENT_SYMBOLS && !fault ? 'cardOnly' : (fault ?? null);
        if (this.fault || code.length !== TICKET_SYMBOLS) return;
        this.busy = true;
        this.lost = false;
        this.card = code;
        const participant = new Participant(Promise.resolve(openKioskKeep()));
        await participant.arrive(null);
        await participant.join(code);
        const { session } = participant;
        if (session && session.event !== this.code) {
            session.stop();
            await this.#giveUpSeat(session.event);
            this.err = 'ticket-unknown';
        } else if (session) {
            this.participant = participant;
            this.typed = '';
            this.place = 'inside';
            this.idle.watch(() => void this.done(null, { gone: true }));
        } else {
            this.err = participant.err;
            this.fault = participant.fault;
        }
        this.busy = false;
    }

    /** Something is filled in and was not sent. */
    get unsent(): boolean {
        const { votes, ideas, session } = this.participant ?? {};
        const open = [...(session?.hall.polls.values() ?? [])].filter(
            (poll) => poll.state === 'open' && !poll.annulled,
        );
        const begun = open.some((poll) => {
            const kept = votes?.drafts.get(poll.poll);
            return kept !== undefined && chosenCount(readDraft(kept, poll), poll) > 0;
        });
        return begun || (ideas?.begun ?? false);
    }

    /** Whoever is here has finished, or may not be here any more (`err`), or has `gone` without a
     * word: then their receipt is nobody's. A place that has become somebody else's (`taken`) is
     * not given up. */
    async done(err: string | null = null, how: Farewell = {}): Promise<void> {
        const { participant } = this;
        const session = participant?.session;
        if (this.place !== 'inside' || !session) return;
        this.idle.stop();
        this.place = 'sending';
        await allSent(session);
        const receipts = how.gone ? [] : receiptsOf(participant);
        const refused = participant.votes?.refused ?? participant.ideas?.refusal?.err ?? null;
        session.stop();
        participant.votes?.close();
        this.participant = null;
        await this.#forget();
        const lost = await this.#forgetLetters();
        if (!how.taken) await this.#giveUpSeat();
        const why = err ?? (lost ? session.ended : null) ?? refused;
        if (why || lost) return this.begin({ err: why, lost });
        this.receipts = receipts;
        this.place = 'bye';
        this.thanks.watch(() => this.begin(), 0, BYE_S);
    }

    /** Somebody takes a receipt along. */
    linger(): void {
        this.thanks.watch(() => this.begin(), 0, RECEIPT_S);
    }

    /** The next one, please; also where somebody began to type and went away. */
    begin({ err = null, lost = false }: Complaint = {}): void {
        this.thanks.stop();
        this.receipts = [];
        this.fault = null;
        this.err = err;
        this.lost = lost;
        this.typed = '';
        this.place = 'start';
        this.idle.watch(() => this.begin());
        void this.#restore();
    }

    async #restore(): Promise<void> {
        this.#restoreChoices();
        startTheme();
        /* The event's, whatever the one before has chosen. */
        await useLocale(this.languages[0] ?? preferredLocale()).catch(() => undefined);
    }

    async #forget(): Promise<void> {
        globalThis.speechSynthesis?.cancel();
        goInstead({ name: 'home' });
        history.replaceState(null, '');
        document.title = 'Stimmwerk';
        document.documentElement.removeAttribute('data-youth');
        await this.#restore();
    }
}

function leavePhotos(session: Session): void {
    if (session.line !== 'open') return;
    for (const { id, photo, failed = 0 } of session.letters)
        if (photo && failed >= PHOTO_FAILS_MAX) session.leavePhoto(id);
}

/* Until nothing is on its way any more; or the server will not have us, and nothing can be. */
function allSent(session: Session): Promise<void> {
    return new Promise((resolve) => {
        const stop = $effect.root(() => {
            $effect(() => {
                if (session.letters.length > 0 && session.ended === null)
                    return untrack(() => leavePhotos(session));
                setTimeout(() => {
                    stop();
                    resolve();
                });
            });
        });
    });
}

function receiptsOf({ session, votes }: Participant): ShownReceipt[] {
    const polls = [...(session?.hall.polls.values() ?? [])];
    return polls.flatMap(({ poll, question, lang }) => {
        const receipt = votes?.receiptOf(poll);
        return receipt ? [{ question, lang, proof: receipt.proof }] : [];
    });
}

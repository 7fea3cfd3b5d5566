/* A tablet that people use one after another, each with a ticket. Who leaves leaves nothing: first
 * all that was sent is acknowledged, then the page, the storage and the server forget who it was. */
import { untrack } from 'svelte';
import { EVENT_SYMBOLS, readCode, TICKET_SYMBOLS } from '../lib/crypto/code';
import type { CodeFault } from '../lib/crypto/code';
import { isLocale, preferredLocale, useLocale } from '../lib/i18n/index.svelte';
import type { Locale } from '../lib/i18n/index.svelte';
import { fetchEvent, leave, OFFLINE } from '../lib/net/http';
import { OVERTAKEN } from '../lib/net/outbox';
import type { Letter } from '../lib/net/outbox';
import type { EventInfo } from '../lib/net/protocol';
import { Session } from '../lib/state/session.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import { chosenCount, readDraft } from '../lib/vote/draft';
import { goInstead } from '../participant/nav.svelte';
import { Participant } from '../participant/participant.svelte';
import { Cards } from './camera';
import { ASKING_S, Idle, QUIET_MS } from './idle.svelte';
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
    /** Whose place it was. */
    taken?: string;
}

const RETRY_MS = 2000;
const BYE_S = 20;
/* Long enough to take a photograph. */
const RECEIPT_S = 60;

/* So long a photograph may fail while the line is open: then the idea goes without it, or the
 * tablet would be nobody's any more. */
const PHOTO_PATIENCE_MS = 60_000;

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
    readonly cards = new Cards();
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
        session.onAnswer = ({ request }, answer) => {
            const told = answer.op === 'refused' && answer.err !== OVERTAKEN;
            if (told && isSaid({ request })) refused = answer.err;
        };
        await session.start();
        const bare = await allSent(session);
        session.stop();
        const letters = await this.#forgetLetters();
        const lost = bare || letters.some(isSaid);
        return { err: lost ? session.ended : refused, lost };
    }

    /* What the server will not have any more: this person's, or whoever's it is. */
    async #forgetLetters(mine?: string): Promise<Letter[]> {
        const keep = openKioskKeep();
        const kept = await keep.entries(`out:${this.code}:`).catch(() => []);
        const letters = kept
            .map(([key, value]) => [key.replace(/^kiosk:/, ''), value as Letter] as const)
            .filter(([, { person }]) => !person || !mine || person === mine);
        await Promise.all(letters.map(([key]) => keep.remove(key)));
        return letters.map(([, letter]) => letter);
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
        this.cards.put(code);
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
        const begun = Date.now();
        const known = participant.ideas?.refusal;
        const bare = await allSent(session);
        const here = !how.gone && Date.now() - begun < QUIET_MS + 1000 * ASKING_S;
        const receipts = here ? receiptsOf(participant) : [];
        const refusal = participant.ideas?.refusal;
        const news = refusal === known ? undefined : refusal?.err;
        const refused = participant.votes?.refused ?? news ?? null;
        const lost = bare || session.letters.some(isSaid);
        session.stop();
        participant.votes?.close();
        this.participant = null;
        await this.#forget();
        await this.#forgetLetters(how.taken ?? session.hall.me?.person);
        if (!how.taken) await this.#giveUpSeat();
        const why = err ?? (lost ? session.ended : null) ?? refused;
        if (why || lost) return this.begin(how.gone ? {} : { err: why, lost });
        this.receipts = receipts;
        this.place = 'bye';
        this.thanks.watch(() => this.begin(), 0, BYE_S);
    }

    /** Somebody takes a receipt along. */
    linger(): void {
        if (this.thanks.touched()) this.thanks.watch(() => this.begin(), 0, RECEIPT_S);
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

function leavePhotos(session: Session): boolean {
    if (session.line !== 'open') return false;
    const stuck = session.letters.filter(({ photo, failed = 0 }) => photo && failed > 0);
    for (const { id } of stuck) session.leavePhoto(id);
    return stuck.length > 0;
}

/* That somebody has begun with a ballot is nothing they have said. */
const isSaid = ({ request }: Pick<Letter, 'request'>): boolean => request.op !== 'begin';

/* Until nothing is on its way any more; or the server will not have us, and nothing can be.
 * True: something went without its photograph. */
function allSent(session: Session): Promise<boolean> {
    const until = Date.now() + PHOTO_PATIENCE_MS;
    let bare = false;
    return new Promise((resolve) => {
        const stop = $effect.root(() => {
            $effect(() => {
                if (session.letters.length > 0 && session.ended === null) {
                    const late = Date.now() >= until;
                    bare = (late && untrack(() => leavePhotos(session))) || bare;
                    return;
                }
                setTimeout(() => {
                    stop();
                    resolve(bare);
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

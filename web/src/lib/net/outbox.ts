/* Requests on their way. Each is written down before it is sent, sent again on every
 * connection under the same id, and forgotten only when its answer is there. */
import { newId } from '../crypto/bytes';
import type { Keep } from './keep';
import { backoffMs } from './line';
import type { Answer, Refused, Request } from './protocol';

export interface Letter {
    id: string;
    order: number;
    request: Request;
    /** Whose it is, if that was known; it goes out in nobody else's name. */
    person?: string;
    /** A photograph that goes ahead (a data URL); the letter then names it. */
    photo?: string;
    /** What the server calls the photograph while it waits for the letter. */
    handle?: string | undefined;
    /** How often the server had not waited. */
    missed?: number;
    /** How often in a row the photograph did not get there. */
    failed?: number;
    /** It survives a reload. */
    kept: boolean;
    /** On the connection that is open now. */
    sent: boolean;
}

type Frame = Request & { id: string };

/** Null while nothing can be sent. */
export type Send = ((frame: Frame) => void) | null;

/** How photographs go ahead of their letters. */
export interface Freight {
    /** Gives the letter its handle; else how long to wait, or why it never arrives. */
    ship: (letter: Letter) => Promise<number | string>;
    refused: (answer: Refused) => void;
}

/** Not a code of the server's: a newer vote of the same person made this one needless. */
export const OVERTAKEN = 'overtaken';

const RESEND_MS = 10_000;
const MISSED_MAX = 5;

export class Outbox {
    readonly #keep: Keep;
    readonly #prefix: string;
    readonly #changed: () => void;
    readonly #freight: Freight | undefined;
    readonly #underWay = new Set<Letter>();
    readonly #waiting = new Map<string, (answer: Answer) => void>();
    readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
    #letters: Letter[] = [];
    #send: Send = null;
    #person: string | undefined;

    constructor(
        keep: Keep,
        name: string,
        changed: () => void = () => undefined,
        freight?: Freight,
    ) {
        this.#keep = keep;
        this.#prefix = `out:${name}:`;
        this.#changed = changed;
        this.#freight = freight;
    }

    /** Those of the person who is here; another's wait until that one comes back. */
    get letters(): readonly Letter[] {
        return this.#letters.filter((letter) => this.#isOwn(letter));
    }

    #isOwn({ person }: Letter): boolean {
        return !person || !this.#person || person === this.#person;
    }

    /** Takes up what an earlier page left behind. */
    async load(): Promise<void> {
        const kept = await this.#keep.entries(this.#prefix).catch(() => []);
        const known = new Set(this.#letters.map((letter) => letter.id));
        const old = kept
            .map(([, value]) => value as Letter)
            .filter((letter) => !known.has(letter.id))
            .map((letter) => ({ ...letter, kept: true, sent: false }));
        this.#letters = [...old, ...this.#letters].sort((a, b) => a.order - b.order);
        this.#changed();
        this.#letters.forEach((letter) => this.#post(letter));
    }

    /** Writes a request down, then sends it. The promise is its answer, however late. One that
     * may have been sent before, by an earlier page, comes with the id that it had. */
    async put(request: Request, photo?: string, id = newId()): Promise<Answer> {
        const letter: Letter = {
            id,
            order: Math.max(0, ...this.#letters.map((other) => other.order)) + 1,
            request,
            ...(this.#person ? { person: this.#person } : {}),
            ...(photo ? { photo } : {}),
            kept: false,
            sent: false,
        };
        const answer = new Promise<Answer>((resolve) => this.#waiting.set(letter.id, resolve));
        const replaced = this.letters.filter((other) => replaces(request, other.request));
        this.#letters = [...this.#letters.filter((other) => !replaced.includes(other)), letter];
        this.#changed();
        try {
            await this.#keep.set(this.#prefix + letter.id, letter);
            letter.kept = this.#keep.durable;
        } catch {
            // it still goes out from memory
        }
        replaced.forEach((other) => this.#forget(other.id));
        this.#changed();
        this.#post(letter);
        return answer;
    }

    /** A letter goes without its photograph; one that has arrived with it stays as it is. */
    leavePhoto(id: string): void {
        const letter = this.#letters.find((other) => other.id === id);
        if (!letter?.photo) return;
        delete letter.photo;
        delete letter.handle;
        if (letter.kept) this.#keep.set(this.#prefix + id, letter).catch(() => undefined);
        this.#changed();
        this.#letters.forEach((other) => other.sent || this.#post(other));
    }

    /** Takes back what waits and is not to be sent any more. */
    withdraw(is: (request: Request) => boolean): readonly Letter[] {
        const taken = this.letters.filter(({ request }) => is(request));
        this.#letters = this.#letters.filter((letter) => !taken.includes(letter));
        for (const { id } of taken) {
            this.#forget(id);
            this.#waiting.get(id)?.({ op: 'refused', id, err: OVERTAKEN });
            this.#waiting.delete(id);
        }
        if (taken.length > 0) this.#changed();
        return taken;
    }

    /** Who is here, as far as is known without a connection. */
    set person(person: string | undefined) {
        this.#person = person;
        this.#changed();
    }

    /** A connection is ready: everything unanswered goes out again, in order. */
    connected(send: NonNullable<Send>, person?: string): void {
        this.#send = send;
        this.person = person;
        this.#letters.forEach((letter) => (letter.sent = false));
        this.#letters.forEach((letter) => this.#post(letter));
    }

    disconnected(): void {
        this.#send = null;
        this.#letters.forEach((letter) => (letter.sent = false));
        this.#timers.forEach((timer) => clearTimeout(timer));
        this.#timers.clear();
        this.#changed();
    }

    /** The letter that this answers, if it is ours. One to be tried again stays. */
    answered(answer: Answer): Letter | undefined {
        const letter = this.#letters.find((other) => other.id === answer.id);
        if (!letter) return undefined;
        if (answer.op === 'refused' && isPassing(answer.err)) {
            this.#later(letter, answer.retry_ms ?? 1000);
            return undefined;
        }
        if (answer.op === 'refused' && answer.err === 'unknown-photo' && this.#misses(letter))
            return undefined;
        this.#letters = this.#letters.filter((other) => other !== letter);
        this.#forget(letter.id);
        this.#waiting.get(letter.id)?.(answer);
        this.#waiting.delete(letter.id);
        this.#changed();
        if (letter.photo) this.#letters.forEach((other) => other.sent || this.#post(other));
        return letter;
    }

    /* The server did not wait, or has started anew: the photograph goes again. The letter keeps
     * its id, so that it counts once even if the server has it already. */
    #misses(letter: Letter): boolean {
        const missed = letter.missed ?? 0;
        if (!letter.photo || missed >= MISSED_MAX) return false;
        letter.missed = missed + 1;
        letter.handle = undefined;
        this.#later(letter, backoffMs(missed, Math.random));
        return true;
    }

    /* Ideas stay in order: the server holds one photograph of a person at a time, and a later
     * edit must not be overtaken by an earlier one whose photograph took its time. */
    #isHeld({ request, order }: Letter): boolean {
        return (
            request.op.startsWith('idea.') &&
            this.letters.some((other) => other.photo && other.order < order)
        );
    }

    async #ship(letter: Letter): Promise<void> {
        if (this.#underWay.has(letter)) return;
        this.#underWay.add(letter);
        const told = (await this.#freight?.ship(letter).catch(() => undefined)) ?? RESEND_MS;
        this.#underWay.delete(letter);
        this.#changed();
        if (!letter.photo) return; // it was left out meanwhile
        if (typeof told === 'number') this.#later(letter, told);
        else this.#freight?.refused({ op: 'refused', id: letter.id, err: told });
    }

    #forget(id: string): void {
        clearTimeout(this.#timers.get(id));
        this.#timers.delete(id);
        this.#keep.remove(this.#prefix + id).catch(() => undefined);
    }

    #post(letter: Letter): void {
        if (!this.#send || !this.#letters.includes(letter) || !this.#isOwn(letter)) return;
        if (this.#isHeld(letter)) return;
        const { photo, handle, request } = letter;
        if (photo && !handle) return void this.#ship(letter);
        letter.sent = true;
        this.#send({
            id: letter.id,
            ...request,
            ...(photo && handle ? { photo: handle } : {}),
        } as Frame);
        this.#later(letter, RESEND_MS);
        this.#changed();
    }

    #later(letter: Letter, wait_ms: number): void {
        clearTimeout(this.#timers.get(letter.id));
        this.#timers.set(
            letter.id,
            setTimeout(() => this.#post(letter), wait_ms),
        );
    }
}

/* A newer ballot in the same poll makes one that is still on its way needless, and the last that
 * somebody said of an idea holds, whatever had to wait. */
function replaces(request: Request, older: Request): boolean {
    if (request.op === 'support') return older.op === 'support' && request.idea === older.idea;
    return request.op === 'cast' && older.op === 'cast' && request.poll === older.poll;
}

const isPassing = (err: string): boolean => err === 'busy' || err === 'too-fast';

/* One screen's place in an event: the line, the outbox and the hall they keep up to date. */
import { canonicalJson } from '../crypto/proof';
import { ship } from '../media/upload';
import { applyMessage, applyMine, applyMyBallot, emptyHall } from '../net/hall';
import { myPoll, resultOf } from '../net/hall';
import type { Hall } from '../net/hall';
import { fetchResult, socketUrl } from '../net/http';
import type { Keep } from '../net/keep';
import { backoffMs, Line } from '../net/line';
import type { Early, LineState } from '../net/line';
import { Outbox, OVERTAKEN } from '../net/outbox';
import type { Letter } from '../net/outbox';
import type { Answer, Me, Message, Poll, Request, Role } from '../net/protocol';

export type Outcome =
    { ok: true; answer: Answer } | { ok: false; err: string; key?: string; pos?: number };

const isAnswer = (message: Message): message is Answer =>
    /^(done|stored|refused|tickets?)$/.test(message.op);

/* By one with a higher number, or by another with the same. */
function isOvertaken(request: Request, me: Me | undefined): boolean {
    if (request.op !== 'cast') return false;
    const mine = myPoll(me, request.poll);
    if (!mine?.ballot) return false;
    const other = canonicalJson(mine.ballot) !== canonicalJson(request.ballot);
    return mine.counter > request.counter || (mine.counter === request.counter && other);
}

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

export class Session {
    readonly event: string;
    readonly role: Role;
    readonly keep: Keep;
    /** A wall's, of the desk's link; '': none. */
    key = '';
    hall = $state.raw<Hall>(emptyHall);
    line = $state<LineState>('connecting');
    letters = $state.raw<readonly Letter[]>([]);
    /** Why the server will not have us any more. */
    ended = $state<string | null>(null);
    /** Called for each final answer, also to what an earlier page sent. */
    onAnswer: (letter: Letter, answer: Answer) => void = () => undefined;
    /** Called on each connection with who one is. */
    onPerson: (person: string) => void = () => undefined;
    /** Called on each connection as soon as we know all that the server knows. */
    onCaughtUp: () => void = () => undefined;
    /** Called for each message that this screen takes. */
    onMessage: (message: Message) => void = () => undefined;
    #behind = true;
    #stopped = false;
    readonly #asking = new Set<string>();
    readonly #line: Line;
    readonly #outbox: Outbox;

    constructor(event: string, role: Role, keep: Keep, early?: Early) {
        this.event = event;
        this.role = role;
        this.keep = keep;
        const changed = () => {
            this.letters = this.#outbox.letters.map((letter) => ({ ...letter }));
        };
        this.#outbox = new Outbox(keep, event, changed, {
            ship: (letter) => ship(event, letter),
            refused: (answer) => this.#receive(answer),
        });
        this.#line = new Line({
            url: socketUrl(),
            early,
            hello: () => ({
                event,
                role,
                ...(this.hall.pos > 0 ? { pos: this.hall.pos } : {}),
                ...(this.key ? { key: this.key } : {}),
            }),
            onWelcome: (welcome, send) => {
                this.#behind = true;
                this.#apply(welcome);
                this.#withdraw(welcome.me);
                this.#outbox.connected(send, welcome.me?.person);
                if (welcome.me) this.onPerson(welcome.me.person);
            },
            onMessage: (message) => this.#receive(message),
            onState: (state) => {
                this.line = state;
                if (state !== 'open') this.#outbox.disconnected();
            },
            onEnd: (err) => (this.ended = err),
        });
    }

    /** Who one was last, until the server says who one is. */
    set person(person: string) {
        this.#outbox.person = person;
    }

    async start(): Promise<void> {
        await this.#outbox.load();
        this.#line.start();
    }

    stop(): void {
        this.#stopped = true;
        this.#line.stop();
    }

    /** Sends until it is answered, over any number of connections; a photograph goes ahead. */
    async send(request: Request, photo?: string, id?: string): Promise<Outcome> {
        const answer = await this.#outbox.put(request, photo, id);
        if (answer.op !== 'refused') return { ok: true, answer };
        const { err, key, pos } = answer;
        return { ok: false, err, ...(key ? { key } : {}), ...(pos ? { pos } : {}) };
    }

    /** A letter whose photograph does not get there goes without it. */
    leavePhoto(letter: string): void {
        this.#outbox.leavePhoto(letter);
    }

    /** Says hello once more: what the server knows of us is not what this screen has heard. */
    askAnew(): void {
        this.#line.restart();
    }

    /* A vote that waits here must not come out over a newer one from another phone. */
    #withdraw(me: Me | undefined): void {
        this.#outbox.person = me?.person;
        const overtaken = this.#outbox.withdraw((request) => isOvertaken(request, me));
        for (const letter of overtaken)
            this.onAnswer(letter, { op: 'refused', id: letter.id, err: OVERTAKEN });
    }

    /** Gets a published result that was not pushed to this screen, however often it must ask. */
    async loadResult({ poll }: Poll): Promise<void> {
        if (this.#asking.has(poll)) return;
        this.#asking.add(poll);
        for (let attempt = 0; this.#lacks(poll); attempt++) {
            if (attempt > 0 && this.ended !== null) break;
            if (attempt > 0) await pause(backoffMs(attempt, Math.random));
            const reply = await fetchResult(this.event, poll);
            if (reply.ok) this.#apply({ ...reply.value, op: 'result' });
        }
        this.#asking.delete(poll);
    }

    #lacks(id: string): boolean {
        const poll = this.hall.polls.get(id);
        const shown = poll?.published && !poll.annulled && !resultOf(this.hall, poll);
        return Boolean(shown) && !this.#stopped;
    }

    #receive(message: Message): void {
        if (isAnswer(message)) {
            const letter = this.#outbox.answered(message);
            if (letter) this.#settle(letter.request, message);
            if (letter) this.onAnswer(letter, message);
            return;
        }
        this.#apply(message);
    }

    #apply(message: Message): void {
        const { hall, gap } = applyMessage(this.hall, message);
        this.hall = gap ? { ...hall, pos: 0 } : hall;
        if (gap) this.#line.restart();
        else this.onMessage(message);
        if (message.op !== 'live' || !this.#behind) return;
        this.#behind = false; // what was missed came before it
        this.onCaughtUp();
    }

    /* What an answer tells us about our own things, before any push does. */
    #settle(request: Request, answer: Answer): void {
        if (answer.op === 'stored' && request.op === 'cast' && answer.counts) {
            const { poll, counter, ballot } = request;
            const known = myPoll(this.hall.me, poll)?.counter ?? 0;
            if (counter > known)
                this.hall = applyMyBallot(this.hall, { poll, counter, ballot });
        }
        if (answer.op !== 'done' || this.role !== 'participant') return;
        if (request.op === 'group') this.#settleMe({ group: request.group });
        if (request.op === 'nick') {
            const number = Number(answer.number ?? 1);
            this.#settleMe({ nick: [request.first, request.second, number] });
        }
        if (request.op === 'support')
            this.#settleMe({ said: [...(this.hall.me?.said ?? []), request] });
        if (answer.pos > this.hall.pos) this.#settleIdea(request, answer.idea);
    }

    #settleMe(known: Partial<Me>): void {
        const me = this.hall.me ?? { person: '0' };
        this.hall = { ...this.hall, me: { ...me, ...known } };
    }

    #settleIdea(request: Request, made: string | undefined): void {
        if (request.op !== 'idea.submit' && request.op !== 'idea.edit') {
            if (request.op !== 'idea.withdraw') return;
            const mine = this.hall.me?.ideas?.find((idea) => idea.idea === request.idea);
            if (mine) this.hall = applyMine(this.hall, { ...mine, state: 'withdrawn' });
            return;
        }
        const idea = request.op === 'idea.edit' ? request.idea : made;
        const known = this.hall.me?.ideas?.find((other) => other.idea === idea);
        if (!idea || (known && request.op === 'idea.submit')) return;
        const { title, text, lang } = request;
        const words = { title, text, lang };
        this.hall = applyMine(this.hall, { ...known, idea, state: 'pending', ...words });
    }
}

/* The moderators' desk: who one is, what one does, and what is half done. Input that is
 * half done lives here and not in a view, so that nothing typed is lost when others act. */
import { login, OFFLINE } from '../lib/net/http';
import type { Hall } from '../lib/net/hall';
import { memoryKeep } from '../lib/net/keep';
import type { Act, Amendment, Idea, Reason, Request, Step } from '../lib/net/protocol';
import { Session } from '../lib/state/session.svelte';
import type { Outcome } from '../lib/state/session.svelte';
import { Acts } from './acts.svelte';
import { Bans } from './bans.svelte';
import { Papers } from './paper/papers.svelte';
import { PollAside } from './pollAside.svelte';
import type { PollDraft } from './pollDraft';
import { Presence } from './presence.svelte';
import { Rehearsal } from './rehearsal/rehearsal.svelte';
import { Queue } from './queue/queue.svelte';
import { newer } from './seen.svelte';
import { SeenOwn } from './seenOwn';
import { settled } from './settle';
import { Tickets } from './tickets/tickets.svelte';
import { HallWifi } from './tickets/wifi.svelte';
import { Team } from './team/team.svelte';

const STORED = 'stimmwerk:desk';

export type IdeaWork =
    /* `from`: what the idea said when that was begun. */
    | { is: 'edit'; title: string; text: string; from: { title: string; text: string } }
    | { is: 'hide'; reason: Reason | ''; note: string }
    | { is: 'merge'; query: string }
    | { is: 'ban' }
    | { is: 'tag'; tags: readonly string[]; from: readonly string[] }
    | { is: 'challenge'; challenge: string; from: string }
    | ({ is: 'follow'; from: Followed } & Followed);

/* So often somebody else may be quicker. */
const AMEND_TRIES = 4;

export interface Followed {
    state: Step['state'] | '';
    department: string;
    note: string;
    next: string;
}

function storedEvent(): string {
    try {
        return localStorage.getItem(STORED) ?? '';
    } catch {
        return '';
    }
}

function storeEvent(event: string): void {
    try {
        if (event === '') localStorage.removeItem(STORED);
        else localStorage.setItem(STORED, event);
    } catch {
        // a reload needs a new link then
    }
}

export class Desk {
    stage = $state<'starting' | 'out' | 'in'>('starting');
    err = $state<string | null>(null);
    session = $state.raw<Session | null>(null);
    readonly acts = new Acts();
    readonly tickets = new Tickets(this);
    readonly wifi = new HallWifi(this);
    readonly team = new Team();
    readonly bans = new Bans();
    readonly papers = new Papers();
    readonly presence = new Presence();
    readonly rehearsal = new Rehearsal();
    /** What went wrong, by the thing that it was done to. */
    faults = $state.raw<ReadonlyMap<string, string>>(new Map());
    works = $state.raw<ReadonlyMap<string, IdeaWork>>(new Map());
    #seen = new SeenOwn();
    /* The last change of each thing that is made anew when somebody else was quicker. */
    readonly #amending = new Map<string, Promise<unknown>>();
    /* Forms at ideas that were closed with something typed in them. */
    #aside = $state.raw<ReadonlyMap<string, IdeaWork>>(new Map());
    /* What each form said when it was opened. */
    readonly #opened = new Map<string, IdeaWork>();
    pollDraft = $state.raw<PollDraft | null>(null);
    readonly pollAside = new PollAside(this);
    queue = $state.raw(new Queue(this));
    /* Whose things half done are kept. */
    #event = '';

    async arrive(link: string): Promise<void> {
        if (link !== '') return this.login(link);
        const event = storedEvent();
        if (event === '') this.stage = 'out';
        else await this.#enter(event);
    }

    async login(link: string): Promise<void> {
        this.err = null;
        const token = link.trim().replace(/^.*#/, '');
        const reply = await login(token);
        if (reply.ok) return this.#enter(reply.value.event);
        /* A link opened again in the browser that has used it: its session still holds. */
        const known = storedEvent();
        if (reply.err === 'link-unknown' && known !== '') return this.#enter(known);
        this.err = reply.err === OFFLINE ? OFFLINE : reply.err;
        this.stage = 'out';
    }

    async #enter(event: string): Promise<void> {
        storeEvent(event);
        this.#begin(event);
        const session = new Session(event, 'moderator', memoryKeep());
        this.acts.forget();
        this.team.forget();
        this.bans.forget();
        this.papers.forget();
        session.onMessage = (message) => {
            this.team.hear(message);
            this.acts.hear(message);
            this.bans.hear(message);
            this.queue.words.hear(message);
            this.wifi.hear(message);
            this.papers.hear(message);
            this.tickets.hear(message);
            this.presence.hear(message, performance.now());
            this.rehearsal.hear(message);
        };
        session.onPerson = (person) => this.papers.resume(this, person);
        this.session = session;
        this.stage = 'in';
        await session.start();
    }

    /* What was under way with the last session gets no answer any more; what was typed for the
     * same event is still there. */
    #begin(event: string): void {
        this.queue.many.stop();
        this.queue = new Queue(this);
        this.#seen = new SeenOwn();
        this.#amending.clear();
        this.wifi.forget();
        if (this.#event !== event) {
            this.works = this.faults = this.#aside = new Map();
            this.#opened.clear();
            this.pollDraft = null;
            this.pollAside.forget();
            this.tickets.forget();
            this.papers.forgetTyped();
        }
        this.#event = event;
    }

    leave(err: string): void {
        this.session?.stop();
        this.queue.many.stop();
        this.session = null;
        if (['no-session', 'wrong-event', 'revoked'].includes(err)) storeEvent('');
        this.err = err;
        this.stage = 'out';
    }

    /** Does something to a thing; a refusal is shown beside it. With an `id` a second try of the
     * same is the same. */
    async act(where: string, request: Request, id?: string): Promise<Outcome> {
        this.complain(where, null);
        const outcome = await this.#send(this.#seen.told(request), id);
        if (!outcome.ok) this.complain(where, outcome.err);
        return outcome;
    }

    async #send(request: Request, id?: string): Promise<Outcome> {
        const { session } = this;
        if (!session) return { ok: false, err: 'no-session' };
        const { own } = this.queue;
        own.asks(request);
        const outcome = await session.send(request, undefined, id);
        if (!outcome.ok) own.refused(request);
        else {
            this.#seen.done(request, outcome.answer);
            session.hall = settled(session.hall, request, outcome.answer);
        }
        return outcome;
    }

    /** Likewise, to what is sent whole: `make` gives it from the hall as this screen knows it, and
     * once more when somebody else has changed the same meanwhile, so that theirs stays. The view
     * that wants it may be closed by then. One after the other at each thing. Null: there is nothing
     * to do (any more). */
    amend(where: string, make: (hall: Hall) => Amendment | null): Promise<Outcome | null> {
        this.complain(where, null);
        const { session } = this;
        const go = () => this.#amend(session, where, make);
        const made = (this.#amending.get(where) ?? Promise.resolve()).then(go, go);
        this.#amending.set(where, made);
        return made;
    }

    /* Not in another session than the one that it was wanted in: that may be another event's. */
    async #amend(
        session: Session | null,
        where: string,
        make: (hall: Hall) => Amendment | null,
    ): Promise<Outcome | null> {
        for (let tries = 1; ; tries++) {
            if (!session || session !== this.session) return { ok: false, err: 'no-session' };
            const { hall } = session;
            const request = make(hall);
            if (!request) return null;
            const outcome = await this.#send({ ...request, seen: Math.max(1, hall.pos) });
            if (outcome.ok) return outcome;
            const again = outcome.err === 'wrong-state' && tries < AMEND_TRIES;
            if (again && (await newer(session, hall.pos))) continue;
            this.complain(where, outcome.err);
            return outcome;
        }
    }

    /** Likewise, but not while the line is away: later it would do something else. */
    async actNow(where: string, request: Request): Promise<Outcome> {
        if (this.session?.line === 'open') return this.act(where, request);
        this.complain(where, OFFLINE);
        return { ok: false, err: OFFLINE };
    }

    mayUndo(act: Act, now_ms: number): boolean {
        return this.team.mayTakeBack(act) && this.acts.mayUndo(act, now_ms);
    }

    /** Shows what went wrong beside the thing; null: nothing any more. */
    complain(where: string, err: string | null): void {
        const faults = new Map(this.faults);
        if (err === null) faults.delete(where);
        else faults.set(where, err);
        this.faults = faults;
    }

    /** Closes the form at an idea; what was typed is in it when it is opened again. */
    layAside(idea: string): void {
        const work = this.works.get(idea);
        if (!work) return;
        const key = `${idea}:${work.is}`;
        const typed = JSON.stringify(work) !== JSON.stringify(this.#opened.get(key));
        if (typed) this.#aside = new Map(this.#aside).set(key, work);
        this.setWork(idea, null);
    }

    /** Opens a form at an idea: as it was laid aside, else like this. */
    takeUp(idea: string, fresh: IdeaWork): void {
        const key = `${idea}:${fresh.is}`;
        const work = this.#aside.get(key);
        this.#aside = new Map([...this.#aside].filter(([other]) => other !== key));
        if (!work) this.#opened.set(key, fresh);
        this.setWork(idea, work ?? fresh);
    }

    /** Is something typed in a form at an idea that is closed? */
    isAside(idea: string, is: IdeaWork['is']): boolean {
        return this.#aside.has(`${idea}:${is}`);
    }

    setWork(idea: string, work: IdeaWork | null): void {
        const works = new Map(this.works);
        if (work === null) works.delete(idea);
        else works.set(idea, work);
        this.works = works;
    }

    ideasIn(...states: Idea['state'][]): Idea[] {
        const ideas = [...(this.session?.hall.ideas.values() ?? [])];
        return ideas
            .filter((idea) => states.includes(idea.state))
            .sort((a, b) => Number(a.idea) - Number(b.idea));
    }
}

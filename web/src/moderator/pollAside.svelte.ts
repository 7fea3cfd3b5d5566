/* Forms of polls that were closed with something typed in them, and the buttons that open them. */
import { ComesBack } from '../lib/ui/comesBack';
import type { Desk } from './desk.svelte';
import { followed } from './pollDraft';
import type { PollDraft } from './pollDraft';
import { same } from './threeWay';

interface Kept {
    draft: PollDraft;
    /** What it was begun with. */
    from: PollDraft | null;
    /** The ideas that were ticked meanwhile. */
    ticked: readonly string[];
}

export class PollAside {
    readonly #desk: Pick<Desk, 'pollDraft' | 'queue'>;
    /* By the button that opens it: a poll's id, "new", or "for:" and a challenge's id. */
    #kept = $state.raw<ReadonlyMap<string, Kept>>(new Map());
    #button = '';
    #opener: Element | null = null;
    #fresh: PollDraft | null = null;
    /** Somebody else has changed the draft that is being changed here. */
    changed = $state(false);
    /** For buttons in whose place the form comes. */
    readonly back = new ComesBack<string>();

    constructor(desk: Pick<Desk, 'pollDraft' | 'queue'>) {
        this.#desk = desk;
    }

    /** Is there something typed behind this button? */
    has(button: string): boolean {
        return this.#kept.has(button);
    }

    forget(): void {
        this.#kept = new Map();
    }

    /** Opens the form with what was typed there last, or with `fresh`. Ideas that were ticked
     * since then are the ones that it is about. */
    begin(button: string, fresh: PollDraft): void {
        if (this.#desk.pollDraft) this.#keep();
        const kept = this.#kept.get(button);
        const { options, lang } = fresh;
        const ticksStand = kept && same(kept.ticked, this.#desk.queue.chosen);
        this.#set(button, null);
        this.#button = button;
        this.#opener = document.activeElement;
        this.#fresh = kept?.from ?? fresh;
        this.changed = false;
        this.back.opens(button);
        this.#desk.pollDraft = !kept
            ? fresh
            : ticksStand || button !== 'new'
              ? kept.draft
              : { ...kept.draft, options, lang };
        if (fresh.poll !== null) this.follow(fresh);
    }

    /** What was not touched here is as somebody else has made it meanwhile. */
    follow(now: PollDraft): void {
        const { pollDraft: draft } = this.#desk;
        if (!draft || !this.#fresh || same(now, this.#fresh)) return;
        this.#desk.pollDraft = followed(draft, this.#fresh, now);
        this.#fresh = now;
        this.changed = true;
    }

    /** Closes the form; what was typed is in it when it is opened again. */
    layAside(): void {
        this.#keep();
        this.close();
    }

    /** Closes the form, and what was typed is gone. */
    close(): void {
        this.#desk.pollDraft = null;
        const opener = this.#opener;
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    }

    #keep(): void {
        const { pollDraft: draft, queue } = this.#desk;
        if (draft && !same(draft, this.#fresh))
            this.#set(this.#button, { draft, from: this.#fresh, ticked: queue.chosen });
    }

    #set(button: string, kept: Kept | null): void {
        const all = new Map(this.#kept);
        if (kept) all.set(button, kept);
        else all.delete(button);
        this.#kept = all;
    }
}

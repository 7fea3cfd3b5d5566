/* The desk's list of ideas: which are shown, in which order, which are ticked. */
import type { Idea } from '../../lib/net/protocol';
import { plain } from '../../lib/vote/search';
import type { Desk } from '../desk.svelte';
import { keysWanted } from './keys';
import { Likes } from './likes.svelte';
import { Many } from './many.svelte';
import { Own } from './own';
import { isReported } from './reports';
import { Words } from './words.svelte';

export const views = [
    'pending',
    'reported',
    'published',
    'hidden',
    'merged',
    'withdrawn',
] as const;
export type View = (typeof views)[number];

export const orders = ['oldest', 'newest', 'wordsFirst', 'supported'] as const;
export type Order = (typeof orders)[number];

/** So many are drawn at first, and with each "more". */
export const PAGE = 30;
/* So many fill a screen: after another search they are painted before the others are made. */
const FIRST = 8;

const none: ReadonlyMap<string, Idea> = new Map();
const written = new WeakMap<Idea, string>();

/* What is looked for in an idea, plain; made once. */
function textOf(idea: Idea): string {
    const known = written.get(idea);
    if (known !== undefined) return known;
    const text = plain(`#${idea.idea} ${idea.title ?? ''} ${idea.text ?? ''}`);
    written.set(idea, text);
    return text;
}

export const isPictured = (idea: Idea): boolean => !!(idea.drawing || idea.photo);

export class Queue {
    view = $state<View>('pending');
    query = $state('');
    /** The id of a tag; '': any. */
    tag = $state('');
    /** Likewise of a challenge; '0': those for none. */
    challenge = $state('');
    pictured = $state(false);
    marked = $state(false);
    pages = $state(1);
    ticks = $state.raw<ReadonlySet<string>>(new Set());
    keys = $state(keysWanted());
    /** Ideas that stand side by side, to be merged. */
    compared = $state.raw<readonly string[]>([]);
    readonly words = new Words();
    readonly likes = new Likes();
    readonly many = new Many();
    readonly own = new Own();
    readonly #desk: Desk;
    #order = $state<Order>('oldest');
    /* As it was when it was asked for: no idea moves under a hand because somebody taps. */
    #supportThen = $state.raw<Readonly<Record<string, number>>>({});
    /* Where a range of ticks begins. */
    #anchor = $state('');
    #hurried = $state(false);
    /* In which state an idea was when it was seen ticked. */
    #tickedAs: ReadonlyMap<string, Idea['state']> = new Map();

    readonly #ideas = $derived.by(() => this.#desk.session?.hall.ideas ?? none);

    /** All ideas by their state, the oldest first; those that people have reported also in a list
     * of their own. */
    readonly lists = $derived.by(() => {
        const lists = Object.fromEntries(views.map((view) => [view, [] as Idea[]]));
        const all = [...this.#ideas.values()].sort((a, b) => Number(a.idea) - Number(b.idea));
        all.forEach((idea) => {
            lists[idea.state]?.push(idea);
            if (isReported(idea)) lists['reported']?.push(idea);
        });
        return lists as Record<View, Idea[]>;
    });

    /** What was merged into an idea. */
    readonly mergedInto = $derived.by(() => {
        const into = new Map<string, Idea[]>();
        for (const idea of this.lists.merged)
            if (idea.into) into.set(idea.into, [...(into.get(idea.into) ?? []), idea]);
        return into;
    });

    /** How many ideas were merged into one, and into those; they share its fate. */
    partsOf(id: string): number {
        const parts = this.mergedInto.get(id) ?? [];
        return parts.reduce((sum, { idea }) => sum + this.partsOf(idea), parts.length);
    }

    /** How many of this view there are with a picture, with a word of the list, with each tag, for
     * each challenge. */
    readonly counts = $derived.by(() => {
        const list = this.lists[this.view];
        const tags = new Map<string, number>();
        const challenges = new Map<string, number>();
        for (const idea of list)
            for (const tag of idea.tags ?? []) tags.set(tag, (tags.get(tag) ?? 0) + 1);
        for (const { challenge = '0' } of list)
            challenges.set(challenge, (challenges.get(challenge) ?? 0) + 1);
        const marks = (idea: Idea): boolean => this.words.marks(idea);
        const marked = this.words.count > 0 ? list.filter(marks).length : 0;
        return { pictured: list.filter(isPictured).length, marked, tags, challenges };
    });

    /** All that the filter lets through, in order. */
    readonly found = $derived.by(() => {
        const { query, tag, challenge, pictured, marked } = this; // read once, not 5,000 times
        const words = plain(query).split(/\s+/);
        const list = this.lists[this.view].filter(
            (idea) =>
                (tag === '' || idea.tags?.includes(tag)) &&
                (challenge === '' || challenge === (idea.challenge ?? '0')) &&
                (!pictured || isPictured(idea)) &&
                (!marked || this.words.marks(idea)) &&
                (query === '' || words.every((word) => textOf(idea).includes(word))),
        );
        if (this.order === 'oldest') return list;
        if (this.order === 'newest') return list.reverse();
        const weight =
            this.order === 'supported'
                ? (idea: Idea): number => this.#supportThen[idea.idea] ?? 0
                : (idea: Idea): number => Number(this.words.marks(idea));
        return list.sort((a, b) => weight(b) - weight(a)); // those alike as they were
    });

    readonly shown = $derived(this.found.slice(0, this.#hurried ? FIRST : this.pages * PAGE));

    /** The ticked ones of this view, also those that the filter leaves out now. */
    readonly ticked = $derived.by(() =>
        this.lists[this.view].filter((idea) => this.ticks.has(idea.idea)),
    );

    constructor(desk: Desk) {
        this.#desk = desk;
    }

    /** Released ideas that are ticked, as they were ticked: what a new poll begins with. */
    get chosen(): string[] {
        return [...this.ticks].filter((id) => this.#ideas.get(id)?.state === 'published');
    }

    get order(): Order {
        return this.#order;
    }

    set order(order: Order) {
        this.#supportThen = this.#desk.session?.hall.support ?? {};
        this.#order = order;
    }

    /** Can people support ideas here? */
    get supports(): boolean {
        return this.#desk.session?.hall.event?.support !== undefined;
    }

    /** How many people support an idea, and what was merged into it. */
    supporters(id: string): number {
        return this.supports ? (this.#desk.session?.hall.support?.[id] ?? 0) : 0;
    }

    idea(id: string): Idea | undefined {
        return this.#ideas.get(id);
    }

    show(view: View): void {
        this.view = view;
        this.tag = this.challenge = '';
        this.pictured = this.marked = false;
        this.pages = 1;
    }

    /** Looks for words; what is seen first is there first. */
    seek(query: string): void {
        this.query = query;
        this.pages = 1;
        this.#hurried = true;
        requestAnimationFrame(() => setTimeout(() => (this.#hurried = false)));
    }

    tick(id: string, on: boolean): void {
        const ticks = new Set(this.ticks);
        if (on) ticks.add(id);
        else ticks.delete(id);
        this.ticks = ticks;
        this.#anchor = on ? id : '';
    }

    /** Ticks all from the last one that was ticked to this one. */
    tickTo(id: string): void {
        const places = [this.#anchor, id].map((one) =>
            this.found.findIndex((idea) => idea.idea === one),
        );
        if (places.includes(-1)) return this.tick(id, true);
        const range = this.found.slice(Math.min(...places), Math.max(...places) + 1);
        this.ticks = new Set([...this.ticks, ...range.map((idea) => idea.idea)]);
        this.#anchor = id;
    }

    /** Is there a beginning for a range that ends here? */
    reaches(id: string): boolean {
        return this.ticks.has(this.#anchor) && !this.ticks.has(id);
    }

    /** Ticks all that are found. Where ideas wait, those with a word of the list are left for
     * somebody to look at; says how many. */
    tickAll(): number {
        const left =
            this.view === 'pending' && !this.marked
                ? this.found.filter((idea) => this.words.marks(idea))
                : [];
        const skip = new Set(left);
        const ids = this.found.filter((idea) => !skip.has(idea)).map((idea) => idea.idea);
        this.ticks = new Set([...this.ticks, ...ids]);
        return left.length;
    }

    untick(ids: Iterable<string>): void {
        const ticks = new Set(this.ticks);
        for (const id of ids) ticks.delete(id);
        this.ticks = ticks;
    }

    /** Takes the ticks off ideas that are gone, or that somebody else has moved into another state: what was ticked
     * there was ticked for something else. To be called when ideas or ticks have changed. */
    follow(): void {
        const moved: string[] = [];
        const states = new Map<string, Idea['state']>();
        for (const id of this.ticks) {
            const idea = this.idea(id);
            const before = this.#tickedAs.get(id);
            if (!idea) moved.push(id); // another may get its number
            if (!idea) continue;
            states.set(id, idea.state);
            if (before && before !== idea.state && !this.own.moved(idea)) moved.push(id);
        }
        this.#tickedAs = states;
        if (moved.length > 0) this.untick(moved);
    }

    clear(): void {
        this.ticks = new Set();
        this.#anchor = '';
    }
}

/* Which ideas somebody has had before their eyes, on this phone and in this event. */
import type { Keep } from '../lib/net/keep';

export class Seen {
    readonly #keep: Keep;
    readonly #key: string;
    readonly #ids = new Set<string>();
    #first = false;

    constructor(keep: Keep, event: string) {
        this.#keep = keep;
        this.#key = `seen:${event}`;
    }

    /** What is kept. Without a store: nothing. */
    async load(): Promise<this> {
        const kept = await this.#keep.get(this.#key).catch(() => undefined);
        const { ids, first } = (kept ?? {}) as { ids?: unknown; first?: unknown };
        if (Array.isArray(ids)) ids.forEach((id) => this.#ids.add(String(id)));
        this.#first = first === true;
        return this;
    }

    has(id: string): boolean {
        return this.#ids.has(id);
    }

    add(id: string): void {
        if (!this.#ids.has(id)) this.#save(this.#ids.add(id), this.#first);
    }

    /** Are those not seen yet wanted first? */
    get first(): boolean {
        return this.#first;
    }

    set first(first: boolean) {
        this.#save(this.#ids, first);
    }

    #save(ids: ReadonlySet<string>, first: boolean): void {
        this.#first = first;
        this.#keep.set(this.#key, { ids: [...ids], first }).catch(() => undefined);
    }
}

/** In so long a time on the screen an idea counts as seen. */
const LOOK_MS = 2000;

/* Half of it, or where it is longer than the screen half a screen of it. */
function isInView({
    intersectionRatio,
    intersectionRect,
    rootBounds,
}: IntersectionObserverEntry) {
    const half = (rootBounds?.height ?? Infinity) / 2;
    return intersectionRatio >= 0.5 || intersectionRect.height >= half;
}

/** True where a browser tells what is on the screen. */
export const canWatch = (): boolean => 'IntersectionObserver' in globalThis;

/** Tells of each idea that was on the screen long enough. */
export class Watch {
    readonly #seen: (id: string) => void;
    readonly #looks = new Map<Element, ReturnType<typeof setTimeout>>();
    readonly #ids = new Map<Element, string>();
    readonly #observer: IntersectionObserver | null;

    constructor(seen: (id: string) => void) {
        this.#seen = seen;
        const steps = { threshold: [0, 0.1, 0.25, 0.5] };
        this.#observer = canWatch()
            ? new IntersectionObserver((entries) => entries.forEach(this.#look), steps)
            : null;
    }

    /** For `use:`. */
    readonly idea = (node: Element, id: string): { destroy: () => void } => {
        this.#ids.set(node, id);
        this.#observer?.observe(node);
        return { destroy: () => this.#forget(node) };
    };

    readonly #look = (entry: IntersectionObserverEntry): void => {
        const looking = this.#looks.has(entry.target);
        if (isInView(entry) === looking) return;
        if (looking) this.#lookAway(entry.target);
        else this.#lookAt(entry.target);
    };

    #lookAt(node: Element): void {
        const look = setTimeout(() => {
            if (document.visibilityState !== 'visible') return this.#lookAt(node);
            this.#seen(this.#ids.get(node) ?? '');
            this.#observer?.unobserve(node);
        }, LOOK_MS);
        this.#looks.set(node, look);
    }

    #lookAway(node: Element): void {
        clearTimeout(this.#looks.get(node));
        this.#looks.delete(node);
    }

    #forget(node: Element): void {
        this.#lookAway(node);
        this.#ids.delete(node);
        this.#observer?.unobserve(node);
    }
}

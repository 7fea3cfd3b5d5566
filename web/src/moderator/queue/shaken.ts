/* Rows that somebody else's act has moved: a click right after it was meant for another one. */

const SHAKEN_MS = 500;

/** From which of the rows `after` on a list has moved, but for rows that one has sent or brought
 * oneself; -1: it has not. What comes below all others moves nothing. */
export function movedFrom(
    before: readonly string[],
    after: readonly string[],
    isOwn: (id: string) => boolean,
): number {
    const was = before.filter((id) => after.includes(id) || !isOwn(id));
    const is = after.filter((id) => before.includes(id) || !isOwn(id));
    const at = was.findIndex((id, i) => id !== is[i]);
    return after.findIndex((id) => at >= 0 && id === is[at]);
}

export class Shaken {
    readonly #name: string;
    readonly #until_ms = new Map<string, number>();
    #ids: readonly string[] = [];
    #sought = '';

    /** Rows are told by the attribute `data-NAME`. */
    constructor(name: string) {
        this.#name = name;
    }

    /** To be told the rows whenever they change. What comes of another search is one's own. */
    see(
        ids: readonly string[],
        sought: string,
        isOwn: (id: string) => boolean,
        now_ms: number,
    ): void {
        const from = sought === this.#sought ? movedFrom(this.#ids, ids, isOwn) : -1;
        this.#ids = ids;
        this.#sought = sought;
        if (from < 0) return;
        ids.slice(from).forEach((id) => this.#until_ms.set(id, now_ms + SHAKEN_MS));
    }

    holds(id: string, now_ms: number): boolean {
        return now_ms < (this.#until_ms.get(id) ?? -Infinity);
    }

    /** For `{@attach}`: such clicks do nothing. Those of keys come with the focus, which its row
     * has taken along; a form is where one has opened it. */
    readonly guard = (list: HTMLElement): (() => void) => {
        const clicked = (event: MouseEvent): void => {
            const target = event.target as Element;
            const row = target.closest<HTMLElement>(`[data-${this.#name}]`);
            const id = row?.dataset[this.#name] ?? '';
            const inForm = target.closest('form') !== null;
            if (event.detail === 0 || inForm || !this.holds(id, performance.now())) return;
            event.preventDefault();
            event.stopPropagation();
        };
        list.addEventListener('click', clicked, true);
        return () => list.removeEventListener('click', clicked, true);
    };
}

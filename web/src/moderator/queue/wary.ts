/* When somebody else's act has moved the focus, whoever types on has not read what has it now. */

const WARY_MS = 800;

export class Wary {
    #until_ms = -Infinity;

    /** The focus was moved at `now_ms`. */
    begin(now_ms: number): void {
        this.#until_ms = now_ms + WARY_MS;
    }

    /** Is a key that comes at `now_ms` to do nothing? Whoever types on is waited for. */
    holds(now_ms: number): boolean {
        const held = now_ms < this.#until_ms;
        if (held) this.begin(now_ms);
        return held;
    }
}

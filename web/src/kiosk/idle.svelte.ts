/* Somebody has gone without saying so: after a minute without a touch the tablet asks, and after
 * twenty seconds without an answer it is done. */

export const QUIET_MS = 60_000;
export const ASKING_S = 20;

export class Idle {
    /** Seconds until it is over, while it asks; 0: it does not. */
    left = $state(0);
    #timer: ReturnType<typeof setTimeout> | undefined;
    #over: () => void = () => undefined;

    /** From now on. `over`: nobody is here any more. */
    watch(over: () => void): void {
        this.#over = over;
        this.touched();
    }

    stop(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.left = 0;
        this.#over = () => undefined;
    }

    touched(): void {
        clearTimeout(this.#timer);
        this.left = 0;
        this.#timer = setTimeout(() => this.#ask(ASKING_S), QUIET_MS);
    }

    #ask(left: number): void {
        this.left = left;
        if (left === 0) return this.#over();
        this.#timer = setTimeout(() => this.#ask(left - 1), 1000);
    }
}

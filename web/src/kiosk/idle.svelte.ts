/* Somebody has gone without saying so: after a minute without a touch the tablet asks, and after
 * twenty seconds without an answer it is done. Timers stand still while a tablet sleeps, so what
 * counts is the clock: whoever wakes it is somebody else. */

export const QUIET_MS = 60_000;
export const ASKING_S = 20;

const LOOK_MS = 1000;

export class Idle {
    /** Seconds until it is over, while it asks; 0: it does not. */
    left = $state(0);
    #quiet_ms = 0;
    #asking_ms = 0;
    #end = 0;
    #timer: ReturnType<typeof setInterval> | undefined;
    #over: () => void = () => undefined;

    constructor() {
        document.addEventListener('visibilitychange', () => this.#look());
    }

    /** From now on. `over`: nobody is here any more. */
    watch(over: () => void, quiet_ms = QUIET_MS, asking_s = ASKING_S): void {
        this.#over = over;
        this.#quiet_ms = quiet_ms;
        this.#asking_ms = asking_s * 1000;
        this.#begin();
    }

    stop(): void {
        clearInterval(this.#timer);
        this.#timer = undefined;
        this.left = 0;
    }

    /** Somebody is here; false: too late, it was over. */
    touched(): boolean {
        if (this.#look()) return false;
        if (this.#timer !== undefined) this.#begin();
        return true;
    }

    #begin(): void {
        this.stop();
        this.#end = Date.now() + this.#quiet_ms + this.#asking_ms;
        this.#timer = setInterval(() => this.#look(), LOOK_MS);
        this.#look();
    }

    /* True if it is over now. */
    #look(): boolean {
        if (this.#timer === undefined) return false;
        /* A clock that is set back makes nobody wait. */
        this.#end = Math.min(this.#end, Date.now() + this.#quiet_ms + this.#asking_ms);
        const rest_ms = this.#end - Date.now();
        this.left = rest_ms > this.#asking_ms ? 0 : Math.ceil(Math.max(rest_ms, 0) / 1000);
        if (rest_ms > 0) return false;
        this.stop();
        this.#over();
        return true;
    }
}

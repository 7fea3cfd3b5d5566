/* Many acts one after the other, a few at a time, no faster than the server takes them. */
import type { Outcome } from '../../lib/state/session.svelte';

/* PROTOCOL.md gives a moderator 50 messages a second and 500 at once. What runs by itself leaves
 * some of both to the hand that goes on working beside it. */
const BURST = 400;
const PER_S = 40;
const AT_A_TIME = 8;

export interface Clock {
    now_ms: () => number;
    wait: (wait_ms: number) => Promise<void>;
}

const realClock: Clock = {
    now_ms: () => performance.now(),
    wait: (wait_ms) => new Promise((resolve) => setTimeout(resolve, wait_ms)),
};

export class Pace {
    readonly #clock: Clock;
    #left = BURST;
    #seen_ms: number;

    constructor(clock: Clock = realClock) {
        this.#clock = clock;
        this.#seen_ms = clock.now_ms();
    }

    /** Resolves when one more may be sent. */
    async take(): Promise<void> {
        const now_ms = this.#clock.now_ms();
        this.#left = Math.min(BURST, this.#left + ((now_ms - this.#seen_ms) * PER_S) / 1000);
        this.#seen_ms = now_ms;
        this.#left -= 1;
        if (this.#left < 0) await this.#clock.wait((-this.#left * 1000) / PER_S);
    }
}

/** One run at a time; a second one waits for nobody and is refused by `running`. */
export class Many {
    total = $state(0);
    done = $state(0);
    running = $state(false);
    /** How many were refused. */
    refused = $state(0);
    /** With how many there was nothing to be done any more. */
    skipped = $state(0);
    #stopped = false;
    readonly #pace: Pace;

    constructor(pace: Pace = new Pace()) {
        this.#pace = pace;
    }

    /** Does `act` with each thing; null: nothing is to be done with it by now. What `stop` left
     * undone was never sent. */
    async run<T>(
        things: readonly T[],
        act: (thing: T) => Promise<Outcome | null>,
    ): Promise<void> {
        if (this.running) return;
        this.total = things.length;
        this.done = this.refused = this.skipped = 0;
        this.#stopped = false;
        this.running = true;
        const left = things.values();
        const worker = async (): Promise<void> => {
            for (const thing of left) {
                await this.#pace.take();
                if (this.#stopped) return;
                const outcome = await act(thing);
                this.done += 1;
                if (!outcome) this.skipped += 1;
                else if (!outcome.ok) this.refused += 1;
            }
        };
        await Promise.all(Array.from({ length: AT_A_TIME }, worker));
        this.running = false;
    }

    /** Nothing more is sent; what is on its way is waited for. */
    stop(): void {
        this.#stopped = true;
    }
}

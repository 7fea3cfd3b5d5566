/* Who is connected, as the desk hears it: counts alone. */
import type { Message } from '../lib/net/protocol';
import { lost, noted, nothingSeen } from './losing';

export class Presence {
    #watch = $state.raw(nothingSeen);

    /** How many phones the network has lost a moment ago. */
    get lost(): number {
        return lost(this.#watch);
    }

    hear(message: Message, at_ms: number): void {
        /* A line that was away tells nothing of what was in between. */
        if (message.op === 'welcome') this.#watch = nothingSeen;
        if (message.op === 'live') this.#watch = noted(this.#watch, at_ms, message.online);
    }

    /** Time passes though nothing is heard. */
    look(at_ms: number): void {
        const online = this.#watch.samples.at(-1)?.online;
        if (online !== undefined) this.#watch = noted(this.#watch, at_ms, online);
    }
}

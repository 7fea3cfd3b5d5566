/* The hall's Wi-Fi: typed once, kept by the server beside the log, for paper and wall. */
import type { Answer, Message, Wifi } from '../../lib/net/protocol';
import type { Desk } from '../desk.svelte';

/** What is wrong with it is shown under this name. */
export const WIFI = 'wifi';
const NONE: Wifi = { name: '', password: '', shown: false };

export type WifiField = 'name' | 'password';

/** Why no Wi-Fi can have this name or password (IEEE 802.11), as the server would say it; null: it can. */
export function wifiFault(field: WifiField, typed: string): string | null {
    const text = typed.trim().normalize('NFC');
    const fits =
        field === 'name'
            ? new TextEncoder().encode(text).length <= 32
            : /^([ -~]{8,63}|[0-9a-f]{64})?$/i.test(text);
    return fits ? null : `wifi-${field}`;
}

export class HallWifi {
    readonly #desk: Desk;
    /** Without it the server tells a wall nothing of the Wi-Fi; '': not known yet. */
    stageKey = $state('');
    #known = $state.raw(NONE);
    /* On its way: a second change meanwhile builds on it. */
    #wished = $state.raw<Partial<Wifi>>({});

    constructor(desk: Desk) {
        this.#desk = desk;
    }

    get now(): Wifi {
        return { ...this.#known, ...this.#wished };
    }

    hear(message: Message): void {
        if (message.op === 'welcome') this.stageKey = message.stage_key ?? '';
        if (message.op !== 'change') return;
        if (message.wifi) this.#known = message.wifi;
        else if (message.from === 0) this.#known = NONE;
    }

    forget(): void {
        this.#known = NONE;
        this.#wished = {};
    }

    /* Else the change has come before the answer, and perhaps a colleague's after it. */
    #isNews(answer: Answer): boolean {
        return 'pos' in answer && answer.pos > (this.#desk.session?.hall.pos ?? 0);
    }

    async set(change: Partial<Wifi>): Promise<void> {
        const mine = { ...this.#wished, ...change };
        this.#wished = mine;
        const whole = (): Wifi => ({ ...this.#known, ...mine });
        const outcome = await this.#desk.amend(WIFI, () => ({ op: 'wifi', ...whole() }));
        if (this.#wished !== mine) return;
        if (outcome?.ok && this.#isNews(outcome.answer)) this.#known = whole();
        this.#wished = {};
    }
}

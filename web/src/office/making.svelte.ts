/* An event that is being made: asked for once at a time, then its links, or why there are none. */
import type { Reply } from '../lib/net/http';
import type { Office } from './office.svelte';
import type { Made } from './requests';

export class Making {
    readonly #office: Office;
    busy = $state(false);
    fault = $state<string | null>(null);
    made = $state.raw<Made | null>(null);

    constructor(office: Office) {
        this.#office = office;
    }

    async ask(request: () => Promise<Reply<Made>>): Promise<void> {
        if (this.busy) return;
        this.busy = true;
        const reply = this.#office.heard(await request());
        this.busy = false;
        this.fault = reply.ok ? null : reply.err;
        if (!reply.ok) return;
        this.made = reply.value;
        void this.#office.look();
    }
}

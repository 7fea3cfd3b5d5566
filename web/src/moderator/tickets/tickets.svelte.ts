/* Tickets whose codes are here: they came once, stand in this page's memory only, and are on
 * paper before the page is left. */
import { tick } from 'svelte';
import type { Batch, Request } from '../../lib/net/protocol';
import type { Desk } from '../desk.svelte';

/** What is wrong with tickets is shown under this name. */
export const TICKETS = 'tickets';

export interface Printed {
    number: number;
    code: string;
    group: string;
    batch: string;
    /** Somebody's who took part: it does not go with its batch. */
    held: boolean;
}

export type Paper = 'tickets' | 'sign';

export class Tickets {
    readonly #desk: Desk;
    /** By their numbers; those that replace others come last. */
    ready = $state.raw<readonly Printed[]>([]);
    /** They were issued, and their codes did not get here. */
    lost = $state(false);
    busy = $state(false);
    paper = $state<Paper | null>(null);

    constructor(desk: Desk) {
        this.#desk = desk;
    }

    forget(): void {
        this.ready = [];
        this.lost = false;
        this.paper = null;
    }

    async print(paper: Paper): Promise<void> {
        this.paper = paper;
        await tick();
        window.print();
    }

    /** Is it issued, and are its codes here? */
    async issue(count: number, group: string): Promise<boolean> {
        const request = { op: 'tickets.issue', count, ...(group ? { group } : {}) } as const;
        return (await this.#receive(request, group)) && !this.lost;
    }

    async replace(ticket: string, group: string): Promise<boolean> {
        const replaced = await this.#receive({ op: 'ticket.replace', ticket }, group);
        if (replaced) this.dropCode(Number(ticket));
        return replaced;
    }

    /** What is void is not printed any more. */
    dropCode(ticket: number): void {
        this.ready = this.ready.filter(({ number }) => number !== ticket);
    }

    /** Those of a batch that nobody has redeemed are void. */
    async voidBatch({ batch }: Batch): Promise<boolean> {
        const { ok } = await this.#desk.act(TICKETS, { op: 'tickets.void', batch });
        if (ok) this.ready = this.ready.filter((one) => one.batch !== batch || one.held);
        return ok;
    }

    /** The new ones first: if they are refused or get lost, the old ones still let people in. */
    async printAnew(batch: Batch): Promise<boolean> {
        const { free, group } = batch;
        return (await this.issue(free, group ?? '')) && this.voidBatch(batch);
    }

    /* Done, even if the codes did not get here. */
    async #receive(request: Request, group: string): Promise<boolean> {
        if (this.busy) return false;
        this.busy = true;
        const outcome = await this.#desk.act(TICKETS, request);
        this.busy = false;
        if (!outcome.ok || outcome.answer.op !== 'tickets') return false;
        const { first, codes, batch, held = false } = outcome.answer;
        this.lost = codes === undefined;
        const made = (codes ?? []).map((code, i) => ({
            number: Number(first) + i,
            code,
            group,
            batch,
            held,
        }));
        this.ready = [...this.ready, ...made];
        if (made.length > 0) this.paper = 'tickets';
        return true;
    }
}

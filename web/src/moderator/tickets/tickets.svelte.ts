/* Tickets whose codes are here: they came once, stand in this page's memory only, and are on
 * paper before the page is left. */
import { tick } from 'svelte';
import type { Batch, Message, Request } from '../../lib/net/protocol';
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
        return (await this.#void(batch)) === null;
    }

    /* Null: done; else why not. */
    async #void(batch: string): Promise<string | null> {
        const outcome = await this.#desk.act(TICKETS, { op: 'tickets.void', batch });
        if (!outcome.ok) return outcome.err;
        this.#dropCodes(batch);
        return null;
    }

    #dropCodes(batch: string): void {
        this.ready = this.ready.filter((one) => one.batch !== batch || one.held);
    }

    /** What another desk has voided is not printed here. */
    hear(message: Message): void {
        if (message.op !== 'change') return;
        const acts = (message.acts ?? []).filter(({ undone }) => undone === undefined);
        for (const { act, ticket, batch } of acts) {
            if (act === 'tickets.void' && batch) this.#dropCodes(batch);
            if (act === 'ticket.void' || act === 'ticket.replace')
                this.dropCode(Number(ticket));
        }
    }

    /** The new ones first: if they are refused or get lost, the old ones still let people in. If
     * another desk has voided the old ones meanwhile, it has printed new ones, or nobody wants any. */
    async printAnew({ batch, free, group }: Batch): Promise<boolean> {
        if (!(await this.issue(free, group ?? ''))) return false;
        const made = this.ready.at(-1)?.batch;
        const err = await this.#void(batch);
        if (err === 'wrong-state' && made) {
            await this.#void(made);
            this.#desk.complain(TICKETS, err);
        }
        return err === null;
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

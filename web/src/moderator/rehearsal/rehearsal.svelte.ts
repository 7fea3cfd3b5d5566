/* Is this room ready? What the server says of its rehearsal, the same at every desk. */
import type { Message } from '../../lib/net/protocol';

export type Told = Extract<Message, { op: 'rehearsal' }>;

/** What is wrong with one is shown under this name. */
export const REHEARSAL = 'rehearsal';
export const PEOPLE_MAX = 1000;
const PEOPLE_USUAL = 100;

/** How many to try it with: as many as there are tickets. */
export const usualPeople = (tickets: number): number =>
    tickets > 0 ? Math.min(tickets, PEOPLE_MAX) : PEOPLE_USUAL;

export class Rehearsal {
    told = $state.raw<Told | null>(null);

    hear(message: Message): void {
        /* What there is to know comes behind it; a new start of the server knows nothing. */
        if (message.op === 'welcome') this.told = null;
        if (message.op === 'rehearsal') this.told = message;
    }
}

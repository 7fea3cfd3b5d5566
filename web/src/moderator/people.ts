/* How many can vote at most, where that is known before: by tickets. */
import type { Hall } from '../lib/net/hall';

/** Null: whoever has the code may come. */
export function peopleKnown({ event, live }: Hall): number | null {
    const tickets = event?.mode === 'ticket' ? goodTickets(live) : 0;
    return tickets > 0 ? tickets : null;
}

/** Those that are not void. */
export function goodTickets(live: Hall['live']): number {
    return (live?.tickets ?? 0) - (live?.voided ?? 0);
}

/* Changes to an agenda: each gives the whole list, as the server wants it. */
import type { Hall } from '../../lib/net/hall';
import type { Phase, PhaseKind } from '../../lib/net/protocol';
import { usualMinutes } from '../../lib/agenda/templates';

export const PHASES_MAX = 16;
export const MINUTES_MAX = 1440;

/** The agenda as it can be sent: without polls that are gone. */
export function agendaOf(hall: Hall): Phase[] {
    return (hall.event?.agenda ?? []).map(({ poll, ...phase }) =>
        poll !== undefined && hall.polls.has(poll) ? { ...phase, poll } : phase,
    );
}

/** -1: it is gone. */
export const placeOf = (agenda: Phase[], phase: string | undefined): number =>
    agenda.findIndex((one) => one.phase === phase);

export function moved(agenda: Phase[], at: number, by: -1 | 1): Phase[] {
    const [one, other] = [agenda[at], agenda[at + by]];
    if (!one || !other) return agenda;
    return agenda.map((phase, i) => (i === at ? other : i === at + by ? one : phase));
}

export const removed = (agenda: Phase[], at: number): Phase[] =>
    agenda.filter((_, i) => i !== at);

export const added = (agenda: Phase[], is: PhaseKind): Phase[] => [
    ...agenda,
    { is, minutes: usualMinutes },
];

const patched = (agenda: Phase[], at: number, patch: (phase: Phase) => Phase): Phase[] =>
    agenda.map((phase, i) => (i === at ? patch(phase) : phase));

/** Null: that is no number of minutes. */
export function withMinutes(agenda: Phase[], at: number, typed: string): Phase[] | null {
    const minutes = Number(typed);
    const good = /^\d+$/.test(typed.trim()) && minutes <= MINUTES_MAX;
    return good ? patched(agenda, at, (phase) => ({ ...phase, minutes })) : null;
}

/** `poll` "": none. */
export const withPoll = (agenda: Phase[], at: number, poll: string): Phase[] =>
    patched(agenda, at, ({ poll: _, ...phase }) => (poll === '' ? phase : { ...phase, poll }));

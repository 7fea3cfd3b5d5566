/* The shapes of an agenda. */
import { count, flag, id, list, object, oneOf, optional } from './shape';

export const phaseKind = oneOf(
    'call',
    'collect',
    'merge',
    'shortlist',
    'rank',
    'award',
    'follow-up',
);
/* A new one has no id yet. */
export const phase = object({
    phase: optional(id),
    is: phaseKind,
    minutes: count,
    poll: optional(id),
});
export const phaseRequests = {
    agendaSet: object({
        op: oneOf('agenda.set'),
        phases: list(phase),
        seen: optional(count),
    }),
    phaseStart: object({ op: oneOf('phase.start'), phase: id, seen: optional(count) }),
    timerSet: object({
        op: oneOf('timer.set'),
        running: flag,
        add_ms: optional(count),
        seen: optional(count),
    }),
};

/* The shapes of an agenda. */
import { count, id, object, oneOf, optional } from './shape';

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

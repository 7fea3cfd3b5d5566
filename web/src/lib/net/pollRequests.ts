/* What the desk asks of polls. `seen`: the position of what was on its screen. */
import { form } from './ballots';
import { publication } from './results';
import { count, flag, id, list, object, oneOf, optional, text } from './shape';

/* Of polls and of ideas. */
export const reason = oneOf(
    'duplicate',
    'off-topic',
    'offensive',
    'personal-data',
    'asked-by-author',
    'mistake',
    'technical',
    'other',
);
/* What a group decides of a poll, in per cent; without a group: everybody else. */
export const share = object({ group: optional(id), percent: count });
const pollSpec = {
    question: text,
    lang: text,
    form,
    method: text,
    seats: count,
    ranks: count,
    dots: optional(count),
    ties: flag,
    live: flag,
    publication,
    options: list(id),
    shares: optional(list(share)),
    no_own: optional(flag),
    no_late: optional(flag),
};
const pollAct = oneOf(
    'poll.open',
    'poll.close',
    'poll.publish',
    'poll.unpublish',
    'poll.seal',
    'poll.drop',
);

export const pollRequests = {
    pollCreate: object({ op: oneOf('poll.create'), ...pollSpec }),
    pollEdit: object({
        op: oneOf('poll.edit'),
        poll: id,
        ...pollSpec,
        seen: optional(count),
    }),
    pollAct: object({ op: pollAct, poll: id, seen: optional(count) }),
    pollCountdown: object({
        op: oneOf('poll.countdown'),
        poll: id,
        in_ms: count,
        round: optional(count),
    }),
    pollReason: object({
        op: oneOf('poll.reopen', 'poll.annul'),
        poll: id,
        reason,
        seen: optional(count),
    }),
};

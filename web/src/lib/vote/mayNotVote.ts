/* In the phone's first load, the rest of what shares mean comes with the ballot. */
import type { Hall } from '../net/hall';
import type { Poll } from '../net/protocol';

/** Did this person come after the opening of a poll that is for those who were there? */
export const isLate = (poll: Pick<Poll, 'no_late' | 'last_person'>, me?: Hall['me']): boolean =>
    !!poll.no_late && Number(me?.person) > Number(poll.last_person);

/** Does the server refuse this person's ballot, whatever is on it? */
export const mayNotVote = (
    poll: Pick<Poll, 'shares' | 'no_late' | 'last_person'>,
    me?: Hall['me'],
): boolean =>
    isLate(poll, me) ||
    (poll.shares?.every(({ group }) => group && group !== me?.group) ?? false);

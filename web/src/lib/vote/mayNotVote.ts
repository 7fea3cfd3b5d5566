/* In the phone's first load, the rest of what shares mean comes with the ballot. */
import type { Poll } from '../net/protocol';

/** Does the server refuse this person's ballot, whatever is on it? */
export const mayNotVote = ({ shares }: Pick<Poll, 'shares'>, own?: string): boolean =>
    shares?.every(({ group }) => group && group !== own) ?? false;

/* The shapes of a ballot, and of equal ones on paper. */
import { count, either, id, list, object, oneOf, pair } from './shape';

export const form = oneOf('ranking', 'approval', 'yesno', 'score', 'dots');
export const ballot = either(
    object({ ranking: list(list(id)) }),
    object({ approval: list(id) }),
    object({ answer: oneOf('yes', 'no', 'abstain') }),
    object({ score: list(pair(id, count)) }),
    object({ dots: list(pair(id, count)) }),
);

/* Equal ballots on paper. */
export const pile = object({ count, ballot });

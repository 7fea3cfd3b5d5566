/* The shapes of a result: what a poll's count tells. */
import {
    count,
    dictionary,
    flag,
    fraction,
    id,
    list,
    object,
    oneOf,
    optional,
    text,
} from './shape';

export const publication = oneOf('order', 'statistics', 'ballots');
export const rounds = object({
    votes: dictionary(fraction),
    exhausted: optional(fraction),
    eliminated: list(id),
    elected: list(id),
});
const resultState = oneOf('decided', 'tie-irrelevant', 'tie-decisive', 'not-settled');
const duel = object({ winner: id, loser: id, for: count, against: count, locked: flag });
const tie = object({
    options: list(id),
    round: optional(count),
    by: oneOf('earlier-round', 'losing-votes', 'higher-total', 'lot', 'open'),
});
/* How one share alone would have decided. */
export const shareResult = object({
    group: optional(id),
    percent: count,
    ballots: count,
    state: optional(resultState),
    winners: list(id),
    ranking: list(list(id)),
    scores: optional(dictionary(fraction)),
});
export const result = {
    poll: id,
    live: flag,
    published_pos: optional(count),
    level: publication,
    method: text,
    seats: count,
    ballots: count,
    paper: optional(count),
    blank: optional(count),
    exhausted: optional(count),
    state: resultState,
    winners: list(id),
    ranking: list(list(id)),
    scores: optional(dictionary(fraction)),
    rounds: optional(list(rounds)),
    pairwise: optional(object({ options: list(id), matrix: list(list(count)) })),
    duels: optional(list(duel)),
    ties: optional(list(tie)),
    lot: optional(list(id)),
    /* With shares: what all ballots weigh together; every number of votes is a part of it. */
    of: optional(count),
    shares: optional(list(shareResult)),
};

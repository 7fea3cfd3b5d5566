/* What became of an idea, as requests and ideas say it. */
import { count, object, oneOf, optional, text } from './shape';

export const followState = oneOf(
    'idea',
    'prototype',
    'pilot',
    'permanent',
    'transfer',
    'stopped',
);

/* A step it has taken; `next` is a day, "2027-03-01". */
export const step = object({
    state: followState,
    department: optional(text),
    note: optional(text),
    lang: optional(text),
    next: optional(text),
    at: count,
});

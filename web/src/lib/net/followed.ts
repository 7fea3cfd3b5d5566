/* The public page's answer. */
import { step } from './follow';
import { idea } from './protocol';
import { count, flag, id, list, object, optional, text } from './shape';
import type { Of } from './shape';

/** GET /followup: one idea, where a merged one leads to, or all that took a step. */
export const followedShape = object({
    event: text,
    title: text,
    lang: text,
    idea: optional(idea),
    into: optional(id),
    ideas: optional(list(idea)),
    steps: optional(list(step)),
    polls: optional(
        list(
            object({
                poll: id,
                question: text,
                lang: optional(text),
                place: optional(count),
                of: optional(count),
                accepted: optional(flag),
            }),
        ),
    ),
});
export type Followed = Of<typeof followedShape>;

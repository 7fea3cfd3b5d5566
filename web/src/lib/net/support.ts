/* Support of ideas, and the settings that let people give it. */
import { count, flag, id, object, oneOf, optional } from './shape';
import type { Of } from './shape';

/* Who sees how many people support an idea: the desk, or every screen. */
export const support = oneOf('hidden', 'shown');

export const settings = object({
    op: oneOf('settings'),
    youth: flag,
    nicknames: flag,
    support: optional(support),
    seen: optional(count),
});
export const supportIdea = object({ op: oneOf('support'), idea: id, on: flag });

export type Support = Of<typeof support>;

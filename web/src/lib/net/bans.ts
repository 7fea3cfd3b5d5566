/* Who is put out of the event: named by an idea of theirs, since the desk knows nobody. */
import { count, flag, id, list, object, oneOf, optional } from './shape';
import type { Of } from './shape';

const ban = object({ idea: id, by: id, at: count });
export const banned = optional(list(ban));
export const personBan = object({ op: oneOf('person.ban'), idea: id, banned: flag });
export type Ban = Of<typeof ban>;

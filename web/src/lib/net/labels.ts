/* Labels: what people are grouped by, ideas' topics, and the challenges that both belong to. */
import { count, flag, id, object, oneOf, optional, text } from './shape';
import type { Of } from './shape';

const labelKind = oneOf('group', 'tag', 'challenge');
/* `challenge`: that a group works on. */
const says = {
    name: text,
    lang: text,
    ticket_only: optional(flag),
    challenge: optional(id),
};
export const label = object({ label: id, ...says });
export const labelRequests = {
    labelAdd: object({ op: oneOf('label.add'), kind: labelKind, ...says }),
    labelEdit: object({
        op: oneOf('label.edit'),
        label: id,
        ...says,
        seen: optional(count),
    }),
    labelDrop: object({ op: oneOf('label.drop'), label: id }),
    labelMove: object({ op: oneOf('label.move'), label: id, before: optional(id) }),
};
export type Label = Of<typeof label>;
export type LabelKind = Of<typeof labelKind>;

import type { EventInfo, Label, LabelKind } from '../lib/net/protocol';

const lists = { group: 'groups', tag: 'tags', challenge: 'challenges' } as const;

/** The event's labels of a kind, in order. */
export const labelsOf = (event: EventInfo | null | undefined, kind: LabelKind): Label[] =>
    event?.[lists[kind]] ?? [];

import type { Batch } from '../../lib/net/protocol';

/** The numbers of a batch; what replaces them comes later and is not among them. */
export function rangeOf({ first, count }: Batch): { first: number; last: number } {
    return { first: Number(first), last: Number(first) + count - 1 };
}

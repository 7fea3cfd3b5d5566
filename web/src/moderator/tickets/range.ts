import type { Batch } from '../../lib/net/protocol';

/** The numbers of a batch; what replaces them comes later and is not among them. */
export function rangeOf({ first, count }: Batch): { first: number; last: number } {
    return { first: Number(first), last: Number(first) + count - 1 };
}

/** Numbers as one reads them: 1–4, 7. */
export function rangesOf(numbers: readonly number[]): string {
    const sorted = [...numbers].sort((a, b) => a - b);
    const firsts = sorted.filter((n, i) => sorted[i - 1] !== n - 1);
    const lasts = sorted.filter((n, i) => sorted[i + 1] !== n + 1);
    return firsts
        .map((first, i) => (first === lasts[i] ? `${first}` : `${first}–${lasts[i] ?? first}`))
        .join(', ');
}

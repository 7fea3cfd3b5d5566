/* What was begun here while somebody else has changed the same: what each of both has touched is as
 * they have made it, and here goes first. */

export const same = (one: unknown, other: unknown): boolean =>
    JSON.stringify(one) === JSON.stringify(other);

/** Field by field. `from`: as it was when `mine` was begun. */
export function merged<T extends object>(mine: T, from: T, now: T): T {
    const touched = (Object.keys(mine) as (keyof T)[]).filter(
        (key) => !same(mine[key], from[key]),
    );
    return { ...now, ...Object.fromEntries(touched.map((key) => [key, mine[key]])) };
}

/** Of a list: what came and went here comes to and goes from what is there now. */
export function mergedList(
    mine: readonly string[],
    from: readonly string[],
    now: readonly string[],
): string[] {
    const left = now.filter((one) => mine.includes(one) || !from.includes(one));
    return [...new Set([...left, ...mine.filter((one) => !from.includes(one))])];
}

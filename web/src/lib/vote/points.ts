/* Points on options while they are given: scores, where none is no opinion, or dots. Every
 * function returns new points. */

export type Points = readonly [string, number][];

/** The scale of scores, 0 … SCORE_MAX; the server has the same. */
export const SCORE_MAX = 5;

export const pointsOf = (points: Points, id: string): number | null =>
    points.find(([other]) => other === id)?.[1] ?? null;

/** null takes them away. */
export function withPoints(points: Points, id: string, value: number | null): Points {
    const others = points.filter(([other]) => other !== id);
    return value === null ? others : [...others, [id, value]];
}

export const sumOf = (points: Points): number => points.reduce((sum, [, n]) => sum + n, 0);

/** One dot more or less; none is no mark, and nobody gets more than there are. */
export function withDots(points: Points, id: string, step: -1 | 1, dots: number): Points {
    const next = (pointsOf(points, id) ?? 0) + step;
    if (next < 0 || (step > 0 && sumOf(points) >= dots)) return points;
    return withPoints(points, id, next === 0 ? null : next);
}

/** The most first; equals in the order of the ballot paper. */
export function byMost(points: Points, options: readonly { option: string }[]): Points {
    const at = (id: string): number => options.findIndex(({ option }) => option === id);
    return [...points].sort(([a, more], [b, less]) => less - more || at(a) - at(b));
}

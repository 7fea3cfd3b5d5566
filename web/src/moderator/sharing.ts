/* The shares of a poll while they are typed: a group that has none is not on the list. */
import type { Label, Share } from '../lib/net/protocol';

/** As the server has it. */
export const SHARES_MAX = 4;

export const sumOf = (shares: readonly Share[]): number =>
    shares.reduce((sum, share) => sum + share.percent, 0);

/** What each group has, and under '' everybody else. */
export function percentsOf(
    shares: readonly Share[],
    groups: readonly Label[],
): ReadonlyMap<string, number> {
    const of = (group?: string) => shares.find((one) => one.group === group)?.percent ?? 0;
    return new Map([
        ...groups.map(({ label }): [string, number] => [label, of(label)]),
        ['', of()],
    ]);
}

/** With another per cent for a group, or for everybody else, who come last. Of two the other one
 * has what is left. */
export function withPercent(
    shares: readonly Share[],
    group: string | undefined,
    percent: number,
): Share[] {
    const own = Math.min(Math.max(0, Math.round(percent)), 100);
    const share = { ...(group === undefined ? {} : { group }), percent: own };
    const known = shares.some((one) => one.group === group);
    const next = known
        ? shares.map((one) => (one.group === group ? share : one))
        : [...shares, share];
    const [first, second] = next;
    const pair = known && next.length === 2 && first && second;
    const filled = pair
        ? next.map((one) => (one.group === group ? one : { ...one, percent: 100 - own }))
        : next;
    return filled.sort((a, b) => Number(!a.group) - Number(!b.group));
}

/** What goes out. A group that has nothing votes with everybody else; where these have nothing,
 * it has no vote. */
export const sharesOut = (shares: readonly Share[]): Share[] =>
    shares.filter((share) => share.percent > 0);

/** Can it be sent so? */
export const sharesFit = (shares: readonly Share[]): boolean =>
    shares.length === 0 || (sumOf(shares) === 100 && sharesOut(shares).length <= SHARES_MAX);

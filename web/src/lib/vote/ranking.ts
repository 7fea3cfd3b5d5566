/* A ranking while it is being made: places from the best, several ids in one place a tie.
 * Every function returns a new ranking; nothing moves that was not asked to. */

export type Ranking = readonly (readonly string[])[];

export interface RankingRules {
    /** How many places there may be. */
    ranks: number;
    ties: boolean;
}

/** From 1; 0: not ranked. */
export function placeOf(ranking: Ranking, id: string): number {
    return ranking.findIndex((place) => place.includes(id)) + 1;
}

export const isFull = (ranking: Ranking, rules: RankingRules): boolean =>
    ranking.length >= rules.ranks;

/** A tap on a card: the next free place, or off the list. */
export function toggle(ranking: Ranking, id: string, rules: RankingRules): Ranking {
    if (placeOf(ranking, id) > 0) return without(ranking, id);
    return isFull(ranking, rules) ? ranking : [...ranking, [id]];
}

export function without(ranking: Ranking, id: string): Ranking {
    return ranking
        .map((place) => place.filter((other) => other !== id))
        .filter((place) => place.length > 0);
}

/** To a place of its own, counted from 1; places beyond the end mean the end. */
export function moveTo(ranking: Ranking, id: string, place: number): Ranking {
    const rest = without(ranking, id);
    const index = Math.max(0, Math.min(rest.length, place - 1));
    return [...rest.slice(0, index), [id], ...rest.slice(index)];
}

/** One up or down. Out of a tie it goes to a place of its own beside it, if there is room. */
export function moveBy(
    ranking: Ranking,
    id: string,
    step: -1 | 1,
    rules: RankingRules,
): Ranking {
    const index = placeOf(ranking, id) - 1;
    const place = ranking[index];
    if (!place) return ranking;
    if (place.length > 1) {
        return isFull(ranking, rules) ? ranking : splitOff(ranking, id, index, step);
    }
    const target = index + step;
    if (target < 0 || target >= ranking.length) return ranking;
    const places = [...ranking];
    places.splice(index, 1);
    places.splice(target, 0, place);
    return places;
}

function splitOff(ranking: Ranking, id: string, index: number, step: -1 | 1): Ranking {
    const stay = (ranking[index] ?? []).filter((other) => other !== id);
    const pair = step === -1 ? [[id], stay] : [stay, [id]];
    return [...ranking.slice(0, index), ...pair, ...ranking.slice(index + 1)];
}

/** Shares the place above. */
export function tieWithAbove(ranking: Ranking, id: string): Ranking {
    const index = placeOf(ranking, id) - 1;
    const above = ranking[index - 1];
    if (!above) return ranking;
    const joined = ranking.map((place, i) => (i === index - 1 ? [...above, id] : place));
    return joined
        .map((place, i) => (i === index ? place.filter((other) => other !== id) : place))
        .filter((place) => place.length > 0);
}

/** What is left of a kept draft when the poll's options or rules are other ones now. */
export function sanitized(
    ranking: unknown,
    options: readonly string[],
    rules: RankingRules,
): Ranking {
    if (!Array.isArray(ranking)) return [];
    const seen = new Set<string>();
    const places = ranking.map((place) =>
        (Array.isArray(place) ? place : []).filter((id): id is string => {
            const fresh = options.includes(id) && !seen.has(id);
            seen.add(id);
            return fresh;
        }),
    );
    const split = rules.ties ? places : places.flatMap((place) => place.map((id) => [id]));
    return split.filter((place) => place.length > 0).slice(0, rules.ranks);
}

export const rankedCount = (ranking: Ranking): number =>
    ranking.reduce((sum, place) => sum + place.length, 0);

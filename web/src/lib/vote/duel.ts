/* "This or that?": finds the best few of many by comparing two at a time, with few questions.
 *
 * Two ways, whichever needs fewer at worst for the first k of n:
 * - A knockout, replayed for each further place where the best one had been: at most
 *   n − k + (k − 1)·⌈lg n⌉ (tree selection; D. E. Knuth, The Art of Computer Programming 3,
 *   5.2.3 and 5.3.3). For one place n − 1 and for two n − 2 + ⌈lg n⌉, which nobody can beat;
 *   for three one or two more than the bound of information, n − k + ⌈lg n(n−1)…(n−k+2)⌉.
 * - Where nearly all are to be ordered, merge insertion: Σ ⌈lg ¾j⌉ for j from 1 to n
 *   (L. R. Ford, S. M. Johnson, A Tournament Problem, American Mathematical Monthly 66, 1959).
 *
 * Nothing is remembered but the answers: each time the way is gone again from its beginning,
 * and the first comparison that they do not settle is the next question. So a reload loses
 * nothing and going back is leaving the last answer out. */
import type { Ranking, RankingRules } from './ranking';

export type Verdict = 'first' | 'second' | 'same' | 'neither';

export interface Asked {
    first: string;
    second: string;
    verdict: Verdict;
}

export interface Duel {
    /** What is compared, in the order that settles what nobody can decide. */
    of: readonly string[];
    asked: readonly Asked[];
}

type Pair = readonly [number, number];
/* Asks whether the first of a pair is better, and returns the best ones, best first. */
type Way = Generator<Pair, number[], boolean>;

const VERDICTS: readonly unknown[] = ['first', 'second', 'same', 'neither'];

/* ---- the two ways ---- */

function* champion(field: readonly (number | null)[]): Generator<Pair, number | null, boolean> {
    if (field.length < 2) return field[0] ?? null;
    const middle = Math.ceil(field.length / 2);
    const one = yield* champion(field.slice(0, middle));
    const other = yield* champion(field.slice(middle));
    if (one === null || other === null) return one ?? other;
    return (yield [one, other]) ? one : other;
}

function* knockout(count: number, places: number): Way {
    const field: (number | null)[] = [...Array(count).keys()];
    const best: number[] = [];
    while (best.length < places) {
        const next = yield* champion(field);
        if (next === null) break;
        best.push(next);
        field[next] = null;
    }
    return best;
}

/* Into a chain that is sorted from the worst, below `end`. */
function* insert(chain: number[], item: number, end: number): Generator<Pair, void, boolean> {
    let [low, high] = [0, end];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (yield [item, chain[middle] as number]) low = middle + 1;
        else high = middle;
    }
    chain.splice(low, 0, item);
}

/* Pairs; the winners sorted the same way; then the losers, in such an order that each looks
 * for its place among one less than a power of two. */
function* mergeInsertion(items: readonly number[]): Way {
    if (items.length < 2) return [...items];
    const loserOf = new Map<number, number>();
    for (let i = 0; i + 1 < items.length; i += 2) {
        const [one, other] = [items[i] as number, items[i + 1] as number];
        if (yield [one, other]) loserOf.set(one, other);
        else loserOf.set(other, one);
    }
    const winners = (yield* mergeInsertion([...loserOf.keys()])).reverse();
    const losers = winners.map((winner) => loserOf.get(winner) as number);
    if (items.length % 2 === 1) losers.push(items[items.length - 1] as number);
    const chain = [losers[0] as number, ...winners];
    for (
        let [done, next] = [1, 3];
        done < losers.length;
        [done, next] = [next, next + 2 * done]
    )
        for (let i = Math.min(next, losers.length) - 1; i >= done; i--) {
            const winner = winners[i];
            const end = winner === undefined ? chain.length : chain.indexOf(winner);
            yield* insert(chain, losers[i] as number, end);
        }
    return chain.reverse();
}

const lg = (n: number): number => Math.ceil(Math.log2(n));
const knockoutMost = (n: number, k: number): number => n - k + (k - 1) * lg(n);

function mergeMost(n: number): number {
    let most = 0;
    for (let j = 2; j <= n; j++) most += lg((3 * j) / 4);
    return most;
}

/** So many questions at most, for the first `places` of `count`: from 0. */
export function mostQuestions(count: number, places: number): number {
    const k = Math.min(places, count);
    return k < 1 ? 0 : Math.min(knockoutMost(count, k), mergeMost(count));
}

function wayOf(count: number, places: number): Way {
    const k = Math.min(places, count);
    return mergeMost(count) < knockoutMost(count, k)
        ? mergeInsertion([...Array(count).keys()])
        : knockout(count, k);
}

/* ---- what the answers say ---- */

/* What is liked at least as much as what, and what nobody wants. */
class Known {
    readonly #count: number;
    readonly #above: Uint8Array;
    readonly #unwanted: number[] = [];

    constructor(count: number) {
        this.#count = count;
        this.#above = new Uint8Array(count * count);
    }

    isAbove(one: number, other: number): boolean {
        return one === other || this.#above[one * this.#count + other] === 1;
    }

    /* And with it whatever follows from that. */
    setAbove(one: number, other: number): void {
        for (let item = 0; item < this.#count; item++) {
            if (!this.isAbove(item, one)) continue;
            for (let under = 0; under < this.#count; under++)
                if (this.isAbove(other, under)) this.#above[item * this.#count + under] = 1;
        }
    }

    setUnwanted(item: number): void {
        this.#unwanted.push(item);
    }

    /* Whoever does not want the better of two does not want the other either. */
    isUnwanted(item: number): boolean {
        return this.#unwanted.some((other) => this.isAbove(other, item));
    }

    /* Is one before the other? Undefined: that must be asked. */
    verdict(one: number, other: number): boolean | undefined {
        const [not, notOther] = [this.isUnwanted(one), this.isUnwanted(other)];
        if (not !== notOther) return notOther;
        if (this.isAbove(one, other)) return true;
        return this.isAbove(other, one) ? false : not || undefined;
    }

    equal(one: number, other: number): boolean {
        return this.isAbove(one, other) && this.isAbove(other, one);
    }
}

function learn(known: Known, [first, second]: Pair, verdict: Verdict, ties: boolean): void {
    if (verdict === 'neither') [first, second].forEach((item) => known.setUnwanted(item));
    else if (verdict === 'second') known.setAbove(second, first);
    else known.setAbove(first, second);
    if (verdict === 'same' && ties) known.setAbove(second, first);
}

function knownOf(duel: Duel, ties: boolean): Known {
    const known = new Known(duel.of.length);
    for (const { first, second, verdict } of duel.asked)
        learn(known, [duel.of.indexOf(first), duel.of.indexOf(second)], verdict, ties);
    return known;
}

/* Goes the way as far as `answer` knows: to its end, or to a question. */
function follow(
    way: Way,
    answer: (pair: Pair) => boolean | undefined,
): { best: number[] } | { ask: Pair } {
    let step = way.next();
    while (!step.done) {
        const better = answer(step.value);
        if (better === undefined) return { ask: step.value };
        step = way.next(better);
    }
    return { best: step.value };
}

/* ---- a duel ---- */

export interface Question {
    first: string;
    second: string;
}

/* The earlier one in the phone's own order first. */
const inOrder = ([one, other]: Pair): Pair => (one < other ? [one, other] : [other, one]);

/** The next question; null when all is known. */
export function questionOf(duel: Duel, rules: RankingRules): Question | null {
    const known = knownOf(duel, rules.ties);
    const way = wayOf(duel.of.length, rules.ranks);
    const end = follow(way, ([one, other]) => known.verdict(one, other));
    if (!('ask' in end)) return null;
    const [first, second] = inOrder(end.ask).map((item) => duel.of[item] as string);
    return { first: first as string, second: second as string };
}

const TRIALS = 3;

/**
 * About how many questions are still to come, from 1: how long it may take is tried out, with
 * answers that a fixed row of bits gives.
 */
export function questionsLeft(duel: Duel, rules: RankingRules): number {
    const count = duel.of.length;
    let bits = count;
    let asked = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
        const known = knownOf(duel, rules.ties);
        follow(wayOf(count, rules.ranks), (pair) => {
            const settled = known.verdict(...pair);
            if (settled !== undefined) return settled;
            bits = (Math.imul(bits, 0x5d588b65) + 1) >>> 0;
            asked++;
            learn(known, pair, bits >>> 31 ? 'first' : 'second', false);
            return bits >>> 31 === 1;
        });
    }
    const most = mostQuestions(count, rules.ranks) - duel.asked.length;
    return Math.max(1, Math.min(most, Math.round(asked / TRIALS)));
}

/**
 * The ranking that came out: empty before the end. Where ties are allowed, those between which
 * nobody could decide share a place; else the one that stands first in the phone's own order
 * is before the other. What is not wanted stands nowhere. An idea that is left over because
 * nothing else is wanted was in no question: it is there to be taken off by hand.
 */
export function rankingOf(duel: Duel, rules: RankingRules): Ranking {
    const known = knownOf(duel, rules.ties);
    const way = wayOf(duel.of.length, rules.ranks);
    const end = follow(way, ([one, other]) => known.verdict(one, other));
    if (!('best' in end)) return [];
    const wanted = end.best.filter((item) => !known.isUnwanted(item)).slice(0, rules.ranks);
    return wanted
        .filter((item, i) => !wanted.slice(0, i).some((before) => known.equal(before, item)))
        .map((head) => duel.of.filter((_, item) => known.equal(head, item)));
}

export const answered = (duel: Duel, { first, second }: Question, verdict: Verdict): Duel => ({
    of: duel.of,
    asked: [...duel.asked, { first, second, verdict }],
});

/** Back by one question. */
export const undone = (duel: Duel): Duel => ({ of: duel.of, asked: duel.asked.slice(0, -1) });

function isAsked(kept: unknown, of: readonly unknown[]): kept is Asked {
    const asked = (kept ?? {}) as Partial<Asked>;
    const [first, second] = [of.indexOf(asked.first), of.indexOf(asked.second)];
    return first >= 0 && second >= 0 && first !== second && VERDICTS.includes(asked.verdict);
}

/** A kept duel, if it is one between these options; else null. */
export function readDuel(kept: unknown, options: readonly string[]): Duel | null {
    const { of, asked } = (kept ?? {}) as Partial<Duel>;
    if (!Array.isArray(of) || !Array.isArray(asked) || of.length < 2) return null;
    const fits = of.every((id) => options.includes(id)) && new Set(of).size === of.length;
    return fits && asked.every((one) => isAsked(one, of)) ? { of, asked } : null;
}

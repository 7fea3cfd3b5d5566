/* Which ideas may be the same, among thousands. Titles are cut into runs of three letters, which
 * survive other endings, umlauts, slips, another order, and compounds taken apart; runs that many
 * ideas have say little and weigh little. An index from runs to ideas finds the few that share
 * telling ones, so that one look takes about a millisecond with 5,000 ideas. */
import { plain } from './search';

const RUN = 3; // letters
const NEAR = 24; // so many candidates are weighed exactly

/** From 0 to 1: what both share of what each has. Below this nobody is told. */
export const ALIKE = 0.5;

/* They stand in wishes of every kind. Plain, as they are compared. */
const empty = new Set(
    (
        'der die das den dem des ein eine einen einem einer eines und oder aber mit ohne fur auf ' +
        'aus bei beim zum zur vom von nach uber unter vor hinter neben zwischen rund an am in im ' +
        'ist sind soll sollen wird werden wir uns ich man mehr jede jeder jedes jeden alle allen ' +
        'bitte endlich auch nur noch the and for with more'
    ).split(' '),
);

/** The runs of a title's words; of a title of nothing but small words, of those. */
function runsOf(title: string): string[] {
    const words = plain(title).match(/[\p{L}\p{N}]+/gu) ?? [];
    const telling = words.filter((word) => !empty.has(word));
    const runs = (telling.length > 0 ? telling : words).flatMap((word) => {
        const marked = ` ${word}`;
        return Array.from({ length: Math.max(1, marked.length - RUN + 1) }, (_, i) =>
            marked.slice(i, i + RUN),
        );
    });
    return [...new Set(runs)];
}

export interface Twin {
    id: string;
    score: number;
}

export class Twins {
    readonly #runs = new Map<string, readonly string[]>();
    readonly #having = new Map<string, Set<string>>();

    get size(): number {
        return this.#runs.size;
    }

    has(id: string): boolean {
        return this.#runs.has(id);
    }

    /** Takes an idea in, or its new title. */
    put(id: string, title: string): void {
        this.remove(id);
        const runs = runsOf(title);
        this.#runs.set(id, runs);
        for (const run of runs) {
            const having = this.#having.get(run);
            if (having) having.add(id);
            else this.#having.set(run, new Set([id]));
        }
    }

    remove(id: string): void {
        for (const run of this.#runs.get(id) ?? []) {
            const having = this.#having.get(run);
            having?.delete(id);
            if (having?.size === 0) this.#having.delete(run);
        }
        this.#runs.delete(id);
    }

    /* How much a run tells: nothing if everybody has it. Squared, because a place that thirty
     * ideas name is still rare beside the language. */
    #weight(run: string): number {
        return Math.log((this.size + 1) / (this.#having.get(run)?.size ?? 1)) ** 2;
    }

    #weigh(runs: readonly string[]): number {
        return runs.reduce((sum, run) => sum + this.#weight(run), 0);
    }

    /** The likest of all others, at most `max`, the likest first. */
    like(id: string, max = 3): Twin[] {
        const own = this.#runs.get(id) ?? [];
        const shared = new Map<string, number>();
        for (const run of own) {
            const weight = this.#weight(run);
            for (const other of this.#having.get(run) ?? [])
                shared.set(other, (shared.get(other) ?? 0) + weight);
        }
        shared.delete(id);
        const whole = this.#weigh(own);
        return [...shared]
            .filter(([, weight]) => weight >= ALIKE * ALIKE * whole)
            .sort((a, b) => b[1] - a[1])
            .slice(0, NEAR)
            .map(([other, weight]) => ({ id: other, score: this.#score(weight, whole, other) }))
            .filter((twin) => twin.score >= ALIKE)
            .sort((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
            .slice(0, max);
    }

    #score(shared: number, whole: number, other: string): number {
        return shared / Math.sqrt(whole * this.#weigh(this.#runs.get(other) ?? []) || 1);
    }
}

/* Who is like whom, at the desk. Everything is done in slices between which the page answers, so
 * that 5,000 ideas that come at once hold up nobody. */
import type { Idea } from '../../lib/net/protocol';
import { Twins } from '../../lib/vote/twins';
import type { Twin } from '../../lib/vote/twins';

const SLICE_MS = 8;
const FEW = 40; // new ideas, whose twins are looked for one by one

const isAlive = (idea: Idea): boolean => idea.state === 'pending' || idea.state === 'published';

export class Likes {
    /** The twins of those that were wanted, as far as they are known. */
    known = $state.raw<ReadonlyMap<string, readonly Twin[]>>(new Map());
    readonly #twins = new Twins();
    #seen = new Map<string, Idea>();
    #toRead: Idea[] = [];
    #fresh: string[] = [];
    #wanted: readonly string[] = [];
    #underWay = false;

    /** Takes in what is new or changed among all ideas; cheap where nothing is. */
    feed(ideas: ReadonlyMap<string, Idea>): void {
        for (const [id, idea] of ideas) {
            const before = this.#seen.get(id);
            if (before === idea) continue;
            this.#seen.set(id, idea);
            const same = before?.title === idea.title && before && isAlive(before);
            if (!same || !isAlive(idea)) this.#toRead.push(idea);
        }
        this.#go();
    }

    /** Whose twins are to be shown; the first of them first. */
    want(ids: readonly string[]): void {
        this.#wanted = ids;
        this.#go();
    }

    /** At once, for one idea that somebody looks at; some with less in common too. */
    of(id: string, max: number): string[] {
        return this.#twins.like(id, max).map((twin) => twin.id);
    }

    #go(): void {
        if (this.#underWay) return;
        this.#underWay = true;
        setTimeout(this.#slice);
    }

    #slice = (): void => {
        const until_ms = performance.now() + SLICE_MS;
        const late = (): boolean => performance.now() > until_ms;
        while (this.#toRead.length > 0 && !late()) this.#read(this.#toRead.shift() as Idea);
        if (this.#toRead.length === 0) {
            this.#forget();
            this.#look(late);
        }
        this.#underWay = false;
        const left = this.#wanted.some((id) => this.#isUnknown(id));
        if (this.#toRead.length > 0 || left) this.#go();
    };

    #isUnknown(id: string): boolean {
        return this.#twins.has(id) && !this.known.has(id);
    }

    #read(idea: Idea): void {
        if (!isAlive(idea)) return this.#twins.remove(idea.idea);
        this.#twins.put(idea.idea, idea.title ?? '');
        this.#fresh.push(idea.idea);
    }

    /* What is known of those who are like a new one is not the whole any more. */
    #forget(): void {
        if (this.#fresh.length === 0) return;
        const known = this.#fresh.length > FEW ? new Map() : new Map(this.known);
        for (const id of known.size > 0 ? this.#fresh : []) {
            known.delete(id);
            this.#twins.like(id, FEW).forEach((twin) => known.delete(twin.id));
        }
        this.#fresh = [];
        this.known = known;
    }

    #look(late: () => boolean): void {
        const known = new Map(this.known);
        for (const id of this.#wanted) {
            if (late()) break;
            if (this.#isUnknown(id) && !known.has(id)) known.set(id, this.#twins.like(id));
        }
        if (known.size > this.known.size) this.known = known;
    }
}

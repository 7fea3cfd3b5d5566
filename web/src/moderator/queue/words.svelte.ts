/* A list of words at this desk. An idea with one of them is marked and is left out where many are
 * ticked at once, so that somebody looks at it; nothing else ever happens to it. */
import type { Idea } from '../../lib/net/protocol';
import { plain } from '../../lib/vote/search';

const STORED = 'stimmwerk:words';
const MAX = 500;

/* Words with a space at either side, so that a whole word is found as one. */
const spaced = (text: string): string =>
    ` ${(plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;

/** One word or expression a line; `kind*` stands for all words that begin so. */
export function readWords(list: string): string[] {
    const entries = list.split('\n').map((line) => {
        const word = spaced(line).trimEnd();
        return line.trim().endsWith('*') ? word : `${word} `;
    });
    return [...new Set(entries.filter((entry) => entry.trim() !== ''))].slice(0, MAX);
}

function stored(): string {
    try {
        return localStorage.getItem(STORED) ?? '';
    } catch {
        return '';
    }
}

export class Words {
    list = $state(stored());
    #entries = $derived(readWords(this.list));
    /* What was found, as long as neither the idea nor the list changes. */
    #known = $derived((void this.#entries, new WeakMap<Idea, boolean>()));

    get count(): number {
        return this.#entries.length;
    }

    keep(list: string): void {
        this.list = list;
        try {
            localStorage.setItem(STORED, list);
        } catch {
            // it holds until the page is left
        }
    }

    marks(idea: Idea): boolean {
        if (this.#entries.length === 0) return false;
        const known = this.#known.get(idea);
        if (known !== undefined) return known;
        const text = spaced(`${idea.title ?? ''} ${idea.text ?? ''}`);
        const found = this.#entries.some((entry) => text.includes(entry));
        this.#known.set(idea, found);
        return found;
    }
}

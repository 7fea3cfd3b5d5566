/* The event's list of words, which the desk keeps together. An idea with one of them is marked and
 * is left out where many are ticked at once, so that somebody looks at it; nothing else ever
 * happens to it. */
import type { Idea, Message } from '../../lib/net/protocol';
import { plain } from '../../lib/vote/search';

const MAX = 500;

/* Letters of our languages that accents alone do not make. */
const folds: Record<string, string> = {
    ς: 'σ',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ı: 'i',
    æ: 'ae',
    œ: 'oe',
    ـ: '',
};
const folded = (text: string): string =>
    plain(text).replace(/[ςłøđıæœـ]/g, (letter) => folds[letter] ?? letter);

/* Words with a space at either side, so that a whole word is found as one. */
const spaced = (text: string): string =>
    ` ${(folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;

interface Entry {
    /** As it stands in the list. */
    written: string;
    sought: string;
}

/** One word or expression a line; `kind*` stands for all words that begin so. */
export function readWords(list: string): Entry[] {
    const entries = list.split('\n').map((line) => {
        const written = line.trim();
        const word = spaced(written).trimEnd();
        return { written, sought: written.endsWith('*') ? word : `${word} ` };
    });
    const known = new Set<string>();
    const news = ({ sought }: Entry): boolean =>
        sought.trim() !== '' && !known.has(sought) && Boolean(known.add(sought));
    return entries.filter(news).slice(0, MAX);
}

export class Words {
    list = $state('');
    #entries = $derived(readWords(this.list));
    /* What was found, as long as neither the idea nor the list changes. */
    #known = $derived((void this.#entries, new WeakMap<Idea, string>()));

    get count(): number {
        return this.#entries.length;
    }

    hear(message: Message): void {
        if (message.op !== 'change') return;
        if (message.words !== undefined) this.list = message.words;
        else if (message.from === 0) this.list = '';
    }

    /** The word of the list that an idea has, as it stands there; '': none. */
    foundIn(idea: Idea): string {
        if (this.#entries.length === 0) return '';
        const known = this.#known.get(idea);
        if (known !== undefined) return known;
        const text = spaced(`${idea.title ?? ''} ${idea.text ?? ''}`);
        const found = this.#entries.find(({ sought }) => text.includes(sought))?.written ?? '';
        this.#known.set(idea, found);
        return found;
    }

    marks(idea: Idea): boolean {
        return this.foundIn(idea) !== '';
    }
}

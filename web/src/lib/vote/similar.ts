/* Ideas that may be the same as one that is being written: words are alike if they share
 * runs of three letters, which also finds other endings and the parts of long compounds. */
import { plain } from './search';

const ENOUGH = 6; // letters, before anything is likened
const ALIKE = 0.5; // of a word's runs, for it to be found again in another word
const OWN = 0.4; // so much of what is being written must be in the other title
const OTHER = 0.3; // and so much of the other title in it

interface Word {
    letters: number;
    runs: Set<string>;
}

/** Words of four letters and more; shorter ones stand everywhere. */
function wordsOf(text: string): Word[] {
    return (plain(text).match(/[\p{L}\p{N}]{4,}/gu) ?? []).map((word) => ({
        letters: word.length,
        runs: new Set(Array.from({ length: word.length - 2 }, (_, i) => word.slice(i, i + 3))),
    }));
}

/** The share of the shorter word's runs that the longer one has too. */
function likeness(a: Word, b: Word): number {
    const [few, many] = a.runs.size <= b.runs.size ? [a.runs, b.runs] : [b.runs, a.runs];
    return [...few].filter((run) => many.has(run)).length / few.size;
}

const lettersOf = (words: readonly Word[]): number =>
    words.reduce((sum, word) => sum + word.letters, 0);

/** How much of the words, by letters, is found again in the others. */
function found(words: readonly Word[], others: readonly Word[]): number {
    const letters = lettersOf(words);
    const again = words.reduce((sum, word) => {
        const best = Math.max(0, ...others.map((other) => likeness(word, other)));
        return sum + (best >= ALIKE ? best * word.letters : 0);
    }, 0);
    return letters > 0 ? again / letters : 0;
}

/** Those whose title is like `title`, the likest first, at most `max`. */
export function similar<Idea extends { title?: string | undefined }>(
    title: string,
    ideas: readonly Idea[],
    max = 3,
): Idea[] {
    if (title.trim().length < ENOUGH) return [];
    const own = wordsOf(title);
    return ideas
        .map((idea) => {
            const words = wordsOf(idea.title ?? '');
            const longer = Math.abs(lettersOf(words) - lettersOf(own));
            return { idea, own: found(own, words), other: found(words, own), longer };
        })
        .filter((one) => one.own >= OWN && one.other >= OTHER)
        .sort((a, b) => b.own * b.other - a.own * a.other || a.longer - b.longer)
        .slice(0, max)
        .map((one) => one.idea);
}

/* Nicknames said in the language of the screen: two emoji and two words. The words come when
 * the first one is to be shown. */
import { locale, spoken } from '../i18n/index.svelte';
import type { Nick } from '../net/protocol';

export interface Words {
    first: string[];
    second: string[];
}
export interface Lists {
    emoji: Words;
    words: Words;
}

let lists = $state.raw<Lists | null>(null);
let wanted = '';

async function fetchLists(lang: string): Promise<void> {
    if (wanted === lang) return;
    wanted = lang;
    try {
        const { load } = await import('./lists');
        const loaded = await load(lang);
        if (wanted === lang) lists = loaded;
    } catch {
        wanted = ''; // asked for again by the next nickname
    }
}

/** How many words each list has. */
export const WORDS = 48;

/** { emoji: "🦊🌙", words: "Fuchs Mond 2" }; null until the words are here. */
export function nickname(nick: Nick): { emoji: string; words: string } | null {
    const [first = 0, second = 0, number = 1] = nick;
    locale(); // said anew in another language
    void fetchLists(spoken());
    if (!lists) return null;
    const pair = (of: Words): string[] => [
        of.first[first - 1] ?? '',
        of.second[second - 1] ?? '',
    ];
    const words = [...pair(lists.words), ...(number > 1 ? [String(number)] : [])];
    return { emoji: pair(lists.emoji).join(''), words: words.join(' ') };
}

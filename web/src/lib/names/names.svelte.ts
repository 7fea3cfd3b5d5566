/* Nicknames said in the language of the screen: two emoji and two words. The words come when
 * the first one is to be shown. */
import { locale, spoken } from '../i18n/index.svelte';
import type { Nick } from '../net/protocol';
import { emoji, loadWords } from './lists';
import type { Lists } from './lists';

let words = $state.raw<Lists | null>(null);
let wanted = '';

async function fetchWords(lang: string): Promise<void> {
    if (wanted === lang) return;
    wanted = lang;
    try {
        const loaded = await loadWords(lang);
        if (wanted === lang) words = loaded;
    } catch {
        wanted = ''; // asked for again by the next nickname
    }
}

/** { emoji: "🦊🌙", words: "Fuchs Mond 2" }; null until the words are here. */
export function nickname(nick: Nick): { emoji: string; words: string } | null {
    const [first = 0, second = 0, number = 1] = nick;
    locale(); // said anew in another language
    void fetchWords(spoken());
    if (!words) return null;
    const pair = (of: Lists): string[] => [
        of.first[first - 1] ?? '',
        of.second[second - 1] ?? '',
    ];
    const said = [...pair(words), ...(number > 1 ? [String(number)] : [])];
    return { emoji: pair(emoji).join(''), words: said.join(' ') };
}

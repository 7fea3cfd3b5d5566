/* Paper speaks two languages, whatever the desk does: the event's first two, or a second one
 * that most people read. */
import { fill, load, locales } from '../../lib/i18n/index.svelte';
import type { Catalogue, Key, Locale, Params } from '../../lib/i18n/index.svelte';

export interface Voice {
    lang: Locale;
    dir: 'ltr' | 'rtl';
    say: (key: Key, params?: Params) => string;
}

const isLocale = (lang: string): lang is Locale => lang in locales;

export function paperLanguages(langs: readonly string[]): Locale[] {
    const known = [...langs, 'de', 'en'].filter(isLocale);
    return [...new Set(known)].slice(0, 2);
}

function voice(lang: Locale, words: Catalogue): Voice {
    const say = (key: Key, params: Params = {}) => fill(words[key] ?? key, params, lang);
    return { lang, dir: lang === 'ar' ? 'rtl' : 'ltr', say };
}

export async function voicesOf(langs: readonly string[]): Promise<Voice[]> {
    return Promise.all(
        paperLanguages(langs).map(async (lang) => {
            const [paper, screens] = await Promise.all([
                load(lang, 'print'),
                load(lang, 'screens'),
            ]);
            return voice(lang, { ...screens, ...paper });
        }),
    );
}

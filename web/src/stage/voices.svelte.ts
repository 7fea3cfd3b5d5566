/* The event's languages on the wall: everything is said in its first, as large as there is room,
 * and beneath in its second. Of an event with one the wall speaks what its browser does. */
import { inVoice, isLocale, locale, useLocale, voiceOf } from '../lib/i18n/index.svelte';
import type { Locale, Part, Voice } from '../lib/i18n/index.svelte';

/** Beyond the base, which is there already. */
export const WALL_WORDS: Part[] = [
    'more',
    'screens',
    'stage',
    'shares',
    'follow',
    'challenge',
    'rare',
];

let second = $state.raw<Voice | null>(null);

export const secondVoice = (): Voice | null => second;

/** What `say` gives in the second language; '' without one, or if it is the same there. `say` must
 * read no words that were derived elsewhere: see `inVoice`. */
export function inSecond(say: () => string): string {
    if (!second) return '';
    const said = inVoice(second, say);
    return said === say() ? '' : said;
}

/** The first two that we have words in; none of an event that has but one. */
export function wallLanguages(langs: readonly string[]): Locale[] {
    const known = [...new Set(langs)].filter(isLocale);
    return known.length > 1 ? known.slice(0, 2) : [];
}

/** For a component: follows the event's languages, and what is chosen by hand after that. */
export function followLanguages(langs: () => readonly string[], online: () => boolean): void {
    const wanted = $derived(langs().join());
    const both = $derived(wallLanguages(wanted.split(',')));
    const beneath = $derived(both.find((lang) => lang !== locale()));

    $effect(() => {
        const [first] = both;
        if (first) void useLocale(first).catch(() => undefined);
    });
    $effect(() => {
        const lang = beneath;
        if (!lang) return void (second = null);
        if (!online() || second?.lang === lang) return;
        voiceOf(lang, ['base', ...WALL_WORDS])
            .then((voice) => {
                if (beneath === lang) second = voice;
            })
            .catch(() => undefined); // again when the line comes back
    });
}

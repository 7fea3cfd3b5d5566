import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, locales, startWords } from '../src/lib/i18n/index.svelte';
import type { Locale } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { emoji, loadWords, WORDS } from '../src/lib/names/lists';
import { nickname } from '../src/lib/names/names.svelte';

const langs = [...new Set(Object.keys(locales).map((lang) => lang.split('-')[0] ?? lang))];

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
});

describe('the words of nicknames', () => {
    it.each(langs)('are all there, each once: %s', async (lang) => {
        const words = await loadWords(lang);
        for (const list of [words.first, words.second, emoji.first, emoji.second]) {
            expect(list).toHaveLength(WORDS);
            expect(new Set(list.map((word) => word.toLowerCase())).size).toBe(WORDS);
            expect(list.filter((word) => word.trim() !== word || word === '')).toEqual([]);
        }
    });

    it('differ from language to language', async () => {
        const all = await Promise.all(langs.map(loadWords));
        expect(new Set(all.map((words) => words.first.join())).size).toBe(langs.length);
    });
});

describe('a nickname', () => {
    const said = async (lang: Locale, nick: number[]) => {
        await chooseLocale(lang);
        nickname(nick);
        const words = await loadWords(lang.split('-')[0] ?? lang);
        await vi.waitUntil(() => nickname([1, 1, 1])?.words.startsWith(words.first[0] ?? '-'));
        return nickname(nick);
    };

    it('is said in the language of the screen', async () => {
        expect(await said('de', [1, 1, 1])).toEqual({ emoji: '🦊🌙', words: 'Fuchs Mond' });
        expect(await said('en', [1, 1, 1])).toEqual({ emoji: '🦊🌙', words: 'Fox Moon' });
        expect(await said('de-simple', [48, 48, 1])).toEqual({
            emoji: '🦡✏️',
            words: 'Dachs Bleistift',
        });
    });

    it('has a number from its second holder on', async () => {
        expect((await said('de', [1, 1, 2]))?.words).toBe('Fuchs Mond 2');
    });

    it('of a newer version’s longer lists is no crash', async () => {
        expect((await said('de', [99, 1, 1]))?.words).toBe(' Mond');
    });
});

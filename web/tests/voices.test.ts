/* The wall's two languages. */
import { render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import {
    inVoice,
    number,
    startWords,
    t,
    tCode,
    useLocale,
    voiceOf,
} from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { dayWords } from '../src/lib/follow/day';
import { names } from '../src/lib/charts/words';
import type { Poll } from '../src/lib/net/protocol';
import Wall from './TwoLanguages.svelte';
import { WALL_WORDS, wallLanguages } from '../src/stage/voices.svelte';

beforeEach(async () => {
    localStorage.clear();
    await startWords(de, WALL_WORDS);
    await useLocale('de');
});

describe('another voice', () => {
    it('says words, plurals, numbers, days and lists in its language, and only what it is asked', async () => {
        const english = await voiceOf('en', ['base', ...WALL_WORDS]);
        const poll = {
            options: [
                { option: '1', title: 'Kino' },
                { option: '2', title: 'Park' },
            ],
        } as unknown as Poll;
        const said = () => [
            t('stage.ideas', { n: 1 }),
            number(12345),
            dayWords('2027-03-01'),
            names(poll, ['1', '2']),
            tCode('method', 'irv'),
        ];
        expect(inVoice(english, said)).toEqual([
            '1 idea',
            '12,345',
            'March 1, 2027',
            'Kino and Park',
            'Instant runoff (IRV)',
        ]);
        expect(said()).toContain('Kino und Park');
    });

    it('is silent again after an error', async () => {
        const english = await voiceOf('en', ['base', ...WALL_WORDS]);
        expect(() => inVoice(english, () => JSON.parse('') as string)).toThrow();
        expect(t('stage.join')).toBe('Mach mit');
    });
});

describe('the wall', () => {
    it.each([
        [['de'], []],
        [['de', 'xx'], []],
        [['de', 'de'], []],
        [
            ['bg', 'de', 'en'],
            ['bg', 'de'],
        ],
        [
            ['xx', 'en', 'ar'],
            ['en', 'ar'],
        ],
    ])('of %j speaks %j', (langs, expected) => {
        expect(wallLanguages(langs)).toEqual(expected);
    });

    it('says everything in the first language and, with its own direction, in the second', async () => {
        render(Wall, { langs: ['en', 'ar'] });
        const second = await screen.findByText('شاركوا معنا');
        expect(second.lang).toBe('ar');
        expect(second.dir).toBe('rtl');
        expect(second.parentElement?.textContent).toMatch(/^Join in/);
        expect(document.documentElement.lang).toBe('en');
    });

    it('of an event with one language speaks what its browser does', async () => {
        render(Wall, { langs: ['en'] });
        expect(await screen.findByText('Mach mit')).toBeTruthy();
        expect(document.querySelector('[lang]:not(html)')).toBeNull();
    });
});

/* Every language is complete: all keys, all plural forms, all gaps, all server codes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
    addWords,
    chooseLocale,
    fill,
    locale,
    locales,
    preferredLocale,
    startWords,
    t,
    tCode,
} from '../src/lib/i18n/index.svelte';
import type { Message } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { methods } from '../src/moderator/pollDraft';

const root = process.cwd();
const folder = join(root, 'src/lib/i18n/locales');
const parts = [
    '',
    '.more',
    '.about',
    '.screens',
    '.stage',
    '.desk',
    '.print',
    '.office',
    '.shares',
    '.follow',
    '.codebook',
    '.rare',
    '.kiosk',
];
const read = (lang: string, part: string) =>
    JSON.parse(readFileSync(join(folder, `${lang}${part}.json`), 'utf8')) as Record<
        string,
        Message
    >;
const whole = (lang: string): Record<string, Message> =>
    Object.assign({}, ...parts.map((part) => read(lang, part)));
const gaps = (message: Message): string[] => {
    const texts = typeof message === 'string' ? [message] : Object.values(message);
    return [...new Set(texts.flatMap((text) => text?.match(/\{\w+\}/g) ?? []))].sort();
};
const codes = (file: string, pattern: RegExp): string[] =>
    [...readFileSync(join(root, '..', file), 'utf8').matchAll(pattern)].map(
        (match) => match[1] ?? '',
    );

function sources(at: string): string[] {
    return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
        const path = join(at, entry.name);
        if (entry.isDirectory()) return entry.name === 'locales' ? [] : sources(path);
        return /\.(ts|svelte)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
    });
}

describe.each(Object.keys(locales))('%s', (lang) => {
    it('has the same keys as German, part by part', () => {
        for (const part of parts) {
            expect(Object.keys(read(lang, part)).sort()).toEqual(
                Object.keys(read('de', part)).sort(),
            );
        }
    });

    it('has every plural form that its grammar knows, where German has one', () => {
        const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.sort();
        const german = whole('de');
        for (const [key, message] of Object.entries(whole(lang))) {
            expect(typeof message, key).toBe(typeof german[key]);
            if (typeof message !== 'string')
                expect(Object.keys(message).sort(), key).toEqual(forms);
        }
    });

    it('has the same gaps as German, and no empty text', () => {
        const german = whole('de');
        for (const [key, message] of Object.entries(whole(lang))) {
            expect(gaps(message), key).toEqual(gaps(german[key] as Message));
            const texts = typeof message === 'string' ? [message] : Object.values(message);
            expect(
                texts.every((text) => text !== undefined && text.trim() !== ''),
                key,
            ).toBe(true);
        }
    });

    it('has a sentence for every code of the server', () => {
        const words = whole(lang);
        const errors = codes('server/base/err.def', /X\(\w+, "([\w-]+)"\)/g);
        expect(errors.length).toBeGreaterThan(40);
        expect(errors.filter((code) => !(`err.${code}` in words))).toEqual([]);
        const reasons = [
            'duplicate',
            'off-topic',
            'offensive',
            'personal-data',
            'asked-by-author',
            'mistake',
            'technical',
            'other',
        ];
        expect(reasons.filter((code) => !(`reason.${code}` in words))).toEqual([]);
    });

    it('has a name and a reason for every method', () => {
        const words = whole(lang);
        const names = codes('server/tally/method.c', /\{\.name = "([\w-]+)"/g);
        expect(names.length).toBeGreaterThan(30);
        for (const name of names) {
            expect(words).toHaveProperty([`method.${name}`]);
            expect(words).toHaveProperty([`method.why.${name}`]);
        }
        expect(
            Object.values(methods)
                .flat()
                .filter((name) => !names.includes(name)),
        ).toEqual([]);
    });
});

describe('the catalogue', () => {
    it('has no key that no page uses', () => {
        const code = sources(join(root, 'src')).join('\n');
        const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
        const unused = Object.keys(whole('de')).filter(
            (key) =>
                !code.includes(`'${key}'`) &&
                !made.some((prefix) => key.startsWith(prefix)) &&
                !/^(err|reason|method)\./.test(key),
        );
        expect(unused).toEqual([]);
    });
});

describe('small numbers', () => {
    it.each(Object.keys(locales))('are written as %s writes them', (lang) => {
        const format = new Intl.NumberFormat(lang);
        for (const n of [0, 7, 10, 999, 1000, 12345, 0.5, -1])
            expect(fill('{n}', { n }, lang)).toBe(format.format(n));
    });
});

describe('words', () => {
    beforeEach(async () => {
        localStorage.clear();
        await startWords(de);
        await chooseLocale('de');
    });

    it('fill their gaps and choose the plural form', () => {
        expect(t('home.all', { n: 1 })).toBe('1 Idee');
        expect(t('home.all', { n: 1200 })).toBe('1.200 Ideen');
        expect(
            fill({ one: '{n} гласа', other: '{n} гласа {who}' }, { n: 5, who: 'x' }, 'bg'),
        ).toBe('5 гласа x');
        expect(fill('{unknown}', {}, 'de')).toBe('{unknown}');
    });

    it('change with the language, which is remembered', async () => {
        await chooseLocale('en');
        expect(t('join.heading')).toBe('Take part');
        expect(locale()).toBe('en');
        expect(document.documentElement.lang).toBe('en');
        expect(preferredLocale()).toBe('en');
    });

    it('are remembered in the language that was chosen last, however late another comes', async () => {
        await Promise.all([chooseLocale('it'), chooseLocale('en')]);
        await chooseLocale('de');
        const late = chooseLocale('nl');
        await chooseLocale('en');
        await late;
        expect([locale(), preferredLocale()]).toEqual(['en', 'en']);
    });

    it('come in parts', async () => {
        expect(t('result.heading')).toBe('result.heading');
        await addWords('more');
        expect(t('result.heading')).toBe('Das Ergebnis');
    });

    it('lose no part, and no choice, to one that loads at the same time', async () => {
        await addWords('more');
        await chooseLocale('en');
        await chooseLocale('de');
        await Promise.all([chooseLocale('en'), addWords('screens')]);
        expect(locale()).toBe('en');
        expect(t('desk.polls')).toBe('Polls');
        expect(t('result.heading')).toBe('The result');
        expect(t('page.back')).toBe('Back');
    });

    it('show a code that is newer than the page as it is', () => {
        expect(tCode('err', 'brand-new')).toBe('brand-new');
        expect(tCode('err', 'closed')).toBe('Die Abstimmung ist schon beendet.');
    });
});

/* Words of the interface: typed keys, plural forms, one language at a time. German's base stands
 * in the page; all else is loaded when it is wanted. */
import type de from './locales/de.json';
import type deAbout from './locales/de.about.json';
import type deChallenge from './locales/de.challenge.json';
import type deKiosk from './locales/de.kiosk.json';
import type deMore from './locales/de.more.json';
import type deScreens from './locales/de.screens.json';
import type deStage from './locales/de.stage.json';
import type deDesk from './locales/de.desk.json';
import type dePrint from './locales/de.print.json';
import type deOffice from './locales/de.office.json';
import type deRare from './locales/de.rare.json';
import type deShares from './locales/de.shares.json';
import type deFollow from './locales/de.follow.json';
import type deCodebook from './locales/de.codebook.json';

/** The parts they come in, by when they are wanted. */
interface Words {
    base: typeof de;
    more: typeof deMore;
    about: typeof deAbout;
    screens: typeof deScreens;
    stage: typeof deStage;
    desk: typeof deDesk;
    print: typeof dePrint;
    office: typeof deOffice;
    shares: typeof deShares;
    follow: typeof deFollow;
    codebook: typeof deCodebook;
    rare: typeof deRare;
    kiosk: typeof deKiosk;
    challenge: typeof deChallenge;
}
export type Part = keyof Words;
export type Key = { [P in Part]: keyof Words[P] }[Part];
type Plural = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | Plural;
export type Catalogue = Record<string, Message>;
export type Params = Record<string, string | number>;

/* By their own names; the two that most people here look for come first. */
export const locales = {
    de: 'Deutsch',
    'de-simple': 'Deutsch, leicht',
    en: 'English',
    bg: 'Български',
    da: 'Dansk',
    el: 'Ελληνικά',
    it: 'Italiano',
    nl: 'Nederlands',
    pl: 'Polski',
    ro: 'Română',
    ar: 'العربية',
} as const;
export type Locale = keyof typeof locales;

const STORED = 'stimmwerk:lang';
const rightToLeft = new Set<string>(['ar']);
const parts = new Set<Part>(['base']);
const loading = new Map<string, Promise<Catalogue>>();
/* The language asked for last: what comes late for an earlier one is not shown. */
let wished: Locale = 'de';
let current = $state<Locale>('de');
let catalogue = $state.raw<Catalogue>({});

/** A language to say something in, and its words. */
export interface Voice {
    lang: Locale;
    dir: 'ltr' | 'rtl';
    words: Catalogue;
}
/* Set only while `inVoice` runs, and only on pages that ever speak two languages: the phone's
 * has no byte to spare for it. */
let voice: Voice | null = null;
declare const VOICES: boolean;

/** What `say` gives in another language than the page's. Anything that it derives must be derived
 * from no words: that would be kept, and shown in the wrong language. */
export function inVoice<T>(other: Voice, say: () => T): T {
    voice = other;
    try {
        return say();
    } finally {
        voice = null;
    }
}

/** The words of these parts, for `inVoice`. */
export async function voiceOf(lang: Locale, needed: readonly Part[]): Promise<Voice> {
    const words = await Promise.all(needed.map((part) => load(lang, part)));
    const dir = rightToLeft.has(lang) ? 'rtl' : 'ltr';
    return { lang, dir, words: Object.assign({}, ...words) as Catalogue };
}

export const locale = (): Locale => (VOICES && voice ? voice.lang : current);
const shown = (): Catalogue => (VOICES && voice ? voice.words : catalogue);

/** The language in which somebody who reads this one writes: easy German is German. */
export const spoken = (): string => current.split('-')[0] ?? current;

export const isLocale = (lang: string): lang is Locale => lang in locales;
const fileOf = (lang: Locale, part: Part): string =>
    part === 'base' ? lang : `${lang}.${part}`;

/** The stored choice, else the first of the browser's languages that we have. */
export function preferredLocale(): Locale {
    let stored = '';
    try {
        stored = localStorage.getItem(STORED) ?? '';
    } catch {
        // no storage: ask the browser
    }
    const wishes = [stored, ...navigator.languages].flatMap((lang) => [
        lang,
        lang.split('-')[0] ?? '',
    ]);
    return wishes.find(isLocale) ?? 'de';
}

/** One part of one language. Once; again only if it failed. */
export function load(lang: Locale, part: Part): Promise<Catalogue> {
    const file = fileOf(lang, part);
    const words = loading.get(file) ?? fetchWords(file);
    loading.set(file, words);
    words.catch(() => loading.delete(file));
    return words;
}

/* build/words.mjs names the files: no list is needed to find one. */
declare const WORDS_STAMP: string;
async function fetchWords(file: string): Promise<Catalogue> {
    if (!import.meta.env.PROD) {
        const { files } = await import('./files');
        return (await files[`./locales/${file}.json`]?.()) ?? {};
    }
    const answer = await fetch(`/assets/${file}-${WORDS_STAMP}.json`);
    if (!answer.ok) throw new Error(`no words: ${answer.status}`);
    return (await answer.json()) as Catalogue;
}

/** Shows the built-in German at once, and the preferred language in all parts that the page
 * needs as soon as it is here. */
export async function startWords(german: Catalogue, needed: Part[] = []): Promise<void> {
    loading.set(fileOf('de', 'base'), Promise.resolve(german));
    catalogue = german;
    needed.forEach((part) => parts.add(part));
    const wanted = preferredLocale();
    await useLocale(wanted).catch(() => useLocale('de'));
}

/** Fetches a part that will be wanted, and lets nobody wait for it. */
export function fetchWordsAhead(part: Part): void {
    load(wished, part).catch(() => undefined);
}

/** One more part, in the language that is shown and in every later one. Nothing else that is
 * wanted meanwhile waits for it. */
export async function addWords(part: Part): Promise<void> {
    await load(wished, part);
    parts.add(part);
    await useLocale(wished);
}

/** Shows a language once all its parts are here, also those that were wanted meanwhile. */
export async function useLocale(next: Locale): Promise<void> {
    wished = next;
    let words: Catalogue[] = [];
    try {
        while (words.length < parts.size)
            words = await Promise.all([...parts].map((part) => load(next, part)));
    } catch (error) {
        if (wished === next) wished = current;
        throw error;
    }
    if (wished !== next) return;
    catalogue = Object.assign({}, ...words);
    current = next;
    document.documentElement.lang = next;
    document.documentElement.dir = rightToLeft.has(next) ? 'rtl' : 'ltr';
}

/** The same, and remembered, if it is the last that was asked for. */
export async function chooseLocale(next: Locale): Promise<void> {
    await useLocale(next);
    if (next !== wished) return; // another was chosen while it came
    try {
        localStorage.setItem(STORED, next);
    } catch {
        // it holds until the page is left
    }
}

/* The first format that a page makes takes a slow phone a quarter of a second: small numbers,
 * which are nearly all, are written alike in all our languages but Arabic. */
const formats = new Map<string, Intl.NumberFormat>();
function formatOf(lang: string): Intl.NumberFormat {
    const format = formats.get(lang) ?? new Intl.NumberFormat(lang);
    formats.set(lang, format);
    return format;
}

function numberIn(lang: string, value: number): string {
    const plain = Number.isInteger(value) && value >= 0 && value < 1000 && lang !== 'ar';
    return plain ? String(value) : formatOf(lang).format(value);
}

export const number = (value: number): string => numberIn(locale(), value);

/** A day, in full. */
export function date(at_ms: number): string {
    return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(at_ms);
}

/** A day and a time of day, here. */
export function dateTime(at_ms: number): string {
    const style = { dateStyle: 'short', timeStyle: 'short' } as const;
    return new Intl.DateTimeFormat(locale(), style).format(at_ms);
}

/* In its own direction: else a title that ends with "!" has it on the wrong side. */
const isolated = (text: string): string =>
    String.fromCodePoint(0x2068) + text + String.fromCodePoint(0x2069);

/** Words with their gaps filled: {name}. A plural goes by the parameter `n`. */
export function fill(message: Message, params: Params, lang: string): string {
    const text =
        typeof message === 'string' ? message : pluralForm(message, Number(params['n']), lang);
    return text.replace(/\{(\w+)\}/g, (gap, name: string) => {
        const value = params[name];
        if (value === undefined) return gap;
        if (typeof value === 'number') return numberIn(lang, value);
        return rightToLeft.has(lang) ? isolated(value) : value;
    });
}

const rules = new Map<string, Intl.PluralRules>();
function pluralForm(forms: Plural, n: number, lang: string): string {
    const rule = rules.get(lang) ?? new Intl.PluralRules(lang);
    rules.set(lang, rule);
    return forms[rule.select(n)] ?? forms.other ?? '';
}

export function t(key: Key, params: Params = {}): string {
    const message = shown()[key];
    return message === undefined ? key : fill(message, params, locale());
}

/** For codes that come from the server and may be newer than this page. */
export function tCode(
    prefix: 'err' | 'reason' | 'method' | 'method.why',
    code: string,
): string {
    const key = `${prefix}.${code}`;
    return key in shown() ? t(key as Key) : code;
}

/* Codes that people type: Crockford's alphabet, the last symbol a check symbol over GF(32)
 * that tells every single wrong symbol and every swap of neighbours, without the server. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const EVENT_SYMBOLS = 6;
export const TICKET_SYMBOLS = 10;

/* GF(32) modulo x^5 + x^2 + 1: times x. */
function timesX(a: number): number {
    const shifted = a << 1;
    return shifted & 32 ? (shifted ^ 0b100101) & 31 : shifted;
}

/** True if the symbols, each weighted by a power of x, add up to zero. */
export function checkSymbolHolds(code: string): boolean {
    let sum = 0;
    for (const symbol of code) {
        const value = ALPHABET.indexOf(symbol);
        if (value < 0) return false;
        sum = timesX(sum) ^ value;
    }
    return sum === 0;
}

/* The same shapes on Cyrillic and Greek keyboards. */
const ALIKE: Record<string, string> = {};
const learn = (theirs: string, latin: string): void =>
    [...theirs].forEach((letter, i) => (ALIKE[letter] = latin[i] ?? ''));
learn('АВЕКМНОРСТХУІ', 'ABEKMHOPCTXYI');
learn('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX');

/* Digits of Arabic and Persian keyboards have their value in their last four bits. */
const westernDigit = (digit: string): string => String((digit.codePointAt(0) ?? 0) & 15);

/** What somebody typed in the one canonical spelling; it may still be wrong. */
export function tidyCode(typed: string): string {
    return typed
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s\p{Pd}_.]/gu, '')
        .replace(/[٠-٩۰-۹]/g, westernDigit)
        .replace(/[\u0370-\u04ff]/g, (letter) => ALIKE[letter] ?? letter)
        .replace(/O/g, '0')
        .replace(/[IL]/g, '1');
}

export type CodeFault = 'empty' | 'too-short' | 'too-long' | 'foreign-symbol' | 'mistyped';
export type CodeReading =
    { code: string; fault?: undefined } | { code: string; fault: CodeFault };

/** Reads an event's or a ticket's code and says at once what is wrong with it. */
export function readCode(typed: string): CodeReading {
    const code = tidyCode(typed);
    if (code === '') return { code, fault: 'empty' };
    if ([...code].some((symbol) => !ALPHABET.includes(symbol))) {
        return { code, fault: 'foreign-symbol' };
    }
    if (code.length > TICKET_SYMBOLS) return { code, fault: 'too-long' };
    if (code.length !== EVENT_SYMBOLS && code.length !== TICKET_SYMBOLS) {
        return { code, fault: 'too-short' };
    }
    return checkSymbolHolds(code) ? { code } : { code, fault: 'mistyped' };
}

/** In groups, as it is read aloud: ABC 123, K7QF2 M9X4P. */
export function spellCode(code: string): string {
    const half = code.length / 2;
    return `${code.slice(0, half)} ${code.slice(half)}`;
}

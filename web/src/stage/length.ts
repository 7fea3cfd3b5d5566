/* How large a sentence can be set on the wall. */

const LONG = 80;
const VERY_LONG = 160;

/* More letters of a heading do not stand in one line beside what else is there. */
const LONG_WORD = 26;

/** Would a word of it be broken where no hyphen is known? Then it is set smaller. */
export const hasLongWord = (text: string): boolean =>
    text.split(/[\s-]+/).some((word) => word.length > LONG_WORD);

export function lengthOf(text: string): 'short' | 'long' | 'very-long' {
    if (text.length > VERY_LONG) return 'very-long';
    return text.length > LONG ? 'long' : 'short';
}

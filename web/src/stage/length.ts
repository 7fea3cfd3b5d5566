/* How large a sentence can be set on the wall. */

const LONG = 80;
const VERY_LONG = 160;

export function lengthOf(text: string): 'short' | 'long' | 'very-long' {
    if (text.length > VERY_LONG) return 'very-long';
    return text.length > LONG ? 'long' : 'short';
}

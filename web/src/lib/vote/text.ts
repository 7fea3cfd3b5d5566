/** Length as the server counts it: code points of the NFC form. */
export function textLength(text: string): number {
    return [...text.normalize('NFC')].length;
}

/* One polite live region for what a person did oneself; never for what others do. */
let said = $state('');
let flip = false;
let silence: ReturnType<typeof setTimeout> | undefined;
const SAID_MS = 5000;

export const announcement = (): string => said;

/** The same sentence twice in a row is spoken twice: an invisible space makes it new. What
 * was said goes away again, so that nobody finds it on the page later. */
export function announce(sentence: string): void {
    flip = !flip;
    said = flip ? sentence : `${sentence}\u00a0`;
    clearTimeout(silence);
    silence = setTimeout(() => (said = ''), SAID_MS);
}

/* One polite live region for what a person did oneself; never for what others do. The time of a
 * phase and hints are said as well, but wait until nothing else is being said. */
let said = $state('');
let flip = false;
let silence: ReturnType<typeof setTimeout> | undefined;
let waiting: (() => string) | null = null;
const SAID_MS = 5000;

export const announcement = (): string => said;

/** The same sentence twice in a row is spoken twice: an invisible space makes it new. What
 * was said goes away again, so that nobody finds it on the page later. */
export function announce(sentence: string): void {
    flip = !flip;
    said = flip ? sentence : `${sentence}\u00a0`;
    clearTimeout(silence);
    silence = setTimeout(fallSilent, SAID_MS);
}

function fallSilent(): void {
    said = '';
    const sentence = waiting?.() ?? '';
    waiting = null;
    if (sentence !== '') announce(sentence);
}

/** Says it when nothing else is being said; of several that wait the newest. The words are asked
 * for when they are said; '': there is nothing to say any more. */
export function announceAside(words: () => string): void {
    waiting = words;
    if (said === '') fallSilent();
}

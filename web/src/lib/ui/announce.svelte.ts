/* One polite live region for what a person did oneself; never for what others do. */
let said = $state('');
let flip = false;

export const announcement = (): string => said;

/** The same sentence twice in a row is spoken twice: an invisible space makes it new. */
export function announce(sentence: string): void {
    flip = !flip;
    said = flip ? sentence : `${sentence}\u00a0`;
}

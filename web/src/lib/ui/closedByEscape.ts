/* Escape closes what was opened in the page, the innermost first. What was typed there is kept by
 * whoever closes it: a key that is pressed by mistake must cost nobody their words. */

/* A field for searching is emptied first, as browsers do it. */
const emptiesSearch = (at: EventTarget | null): boolean =>
    at instanceof HTMLInputElement && at.type === 'search' && at.value !== '';

/** For `{@attach}`. The focus goes back to the button that has opened it, where that still stands;
 * for one that comes anew there is `ComesBack`. */
export const closedByEscape =
    (close: () => void) =>
    (element: HTMLElement): (() => void) => {
        const opener = document.activeElement;
        const pressed = (event: KeyboardEvent): void => {
            if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
            if (emptiesSearch(event.target)) return;
            event.preventDefault();
            event.stopPropagation();
            close();
            if (opener instanceof HTMLElement && !element.contains(opener)) opener.focus();
        };
        element.addEventListener('keydown', pressed);
        return () => element.removeEventListener('keydown', pressed);
    };

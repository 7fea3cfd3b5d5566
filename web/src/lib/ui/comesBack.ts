/* The focus after something was opened in the place of its button, and closed again. */

/** Which buttons have opened something. `opens` notes the last one; `button` is attached to
 * each and gives it the focus when it comes back, unless somebody has gone on elsewhere. */
export class ComesBack<Name extends string> {
    #last: Name | null = null;

    opens(name: Name): void {
        this.#last = name;
    }

    readonly button = (name: Name) => (element: HTMLElement) => {
        if (this.#last !== name || document.activeElement !== document.body) return;
        this.#last = null;
        element.focus();
    };
}

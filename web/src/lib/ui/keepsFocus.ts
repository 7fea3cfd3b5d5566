/* A list that others change: whoever stands on something that goes must not begin anew at the top of
 * the page. They come to the title of what stood next to it, and to no button: a key that was
 * meant for what has gone does nothing there. */

/* The nearest element that is still there, this way. */
function nearest(node: Node | null, way: 'nextSibling' | 'previousSibling'): Element | null {
    let at = node?.isConnected ? node : null;
    while (at && !(at instanceof Element)) at = at[way];
    return at;
}

/** For `{@attach}` to the list. In each item, and for an empty list in `heading`, something has
 * `tabindex="-1"`. */
export const keepsFocus =
    (heading: () => HTMLElement | undefined) =>
    (list: HTMLElement): (() => void) => {
        let last: HTMLElement | null = null;
        const note = ({ target }: FocusEvent): void => {
            last = target instanceof HTMLElement ? target : null;
        };
        const changes = new MutationObserver((records) => {
            if (!last || last.isConnected || document.activeElement !== document.body) return;
            const gone = last;
            last = null;
            const record = records.find(({ removedNodes }) =>
                [...removedNodes].some((node) => node.contains(gone)),
            );
            if (!record) return; // it went earlier, while they were elsewhere
            const item =
                record.target === list
                    ? (nearest(record.nextSibling, 'nextSibling') ??
                      nearest(record.previousSibling, 'previousSibling'))
                    : [...list.children].find((one) => one.contains(record.target));
            const next = item?.querySelector<HTMLElement>('[tabindex="-1"]') ?? heading();
            /* Whoever has scrolled on since, by finger, is not pulled back. */
            next?.focus({ preventScroll: true });
        });
        list.addEventListener('focusin', note);
        changes.observe(list, { childList: true, subtree: true });
        return () => {
            changes.disconnect();
            list.removeEventListener('focusin', note);
        };
    };

/* Buttons that mean something else because the hall has gone on: a press right after it was meant
 * for what stood there before. */
const SETTLE_MS = 800;

/** `key`: all that decides what the buttons will do. To be called where a component is made. */
export function steady(key: () => string): { readonly settled: boolean } {
    let settled = $state(true);
    const known = $derived(key());
    let before: string | null = null;
    $effect(() => {
        const fresh = before === null;
        before = known;
        if (fresh) return undefined;
        settled = false;
        const timer = setTimeout(() => (settled = true), SETTLE_MS);
        return () => clearTimeout(timer);
    });
    return {
        get settled() {
            return settled;
        },
    };
}

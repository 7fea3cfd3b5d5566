/* Which view is shown; the phone's Back button goes back. */

export type View =
    | { name: 'home' }
    | { name: 'idea' }
    | { name: 'about' }
    | { name: 'access' }
    | { name: 'poll'; poll: string };

let current = $state.raw<View>({ name: 'home' });

export const view = (): View => current;

function isView(state: unknown): state is View {
    return typeof state === 'object' && state !== null && 'name' in state;
}

export function startNav(): () => void {
    const pop = (event: PopStateEvent) => {
        current = isView(event.state) ? event.state : { name: 'home' };
        scrollTo(0, 0);
    };
    if (isView(history.state)) current = history.state;
    addEventListener('popstate', pop);
    return () => removeEventListener('popstate', pop);
}

export function go(next: View): void {
    history.pushState(next, '');
    current = next;
    scrollTo(0, 0);
}

/** Instead of what was shown: Back does not lead there again. */
export function goInstead(next: View): void {
    history.replaceState(next, '');
    current = next;
}

export function goHome(): void {
    if (current.name === 'home') return;
    if (isView(history.state)) history.back();
    else current = { name: 'home' };
}

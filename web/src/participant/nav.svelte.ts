/* Which view is shown; the phone's Back button goes back. */

export type View =
    | { name: 'home' }
    | { name: 'idea' }
    | { name: 'about' }
    | { name: 'access' }
    | { name: 'poll'; poll: string };

let current = $state.raw<View>({ name: 'home' });
let keeps = true;

/** On a screen that is many people's: Back leads to nobody's view. */
export const keepNoHistory = () => (keeps = false);

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
    if (!keeps) return goInstead(next);
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
    if (keeps && isView(history.state)) history.back();
    else current = { name: 'home' };
}

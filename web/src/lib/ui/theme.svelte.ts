/* Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark';
const STORED = 'stimmwerk:theme';

let current = $state<Theme>('system');

export const theme = (): Theme => current;

function show(next: Theme): void {
    current = next;
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
}

export function startTheme(fallback: Theme = 'system'): void {
    let stored: string | null = null;
    try {
        stored = localStorage.getItem(STORED);
    } catch {
        // no storage: the fallback
    }
    show(stored === 'light' || stored === 'dark' || stored === 'system' ? stored : fallback);
}

export function chooseTheme(next: Theme): void {
    show(next);
    try {
        localStorage.setItem(STORED, next);
    } catch {
        // it holds until the page is left
    }
}

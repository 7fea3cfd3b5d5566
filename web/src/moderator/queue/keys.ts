/* What a key means at the queue, and where it means nothing. */
import { letterOf } from '../../lib/ui/letter';

export type Deed =
    | 'next'
    | 'previous'
    | 'release'
    | 'hide'
    | 'fine'
    | 'merge'
    | 'tag'
    | 'challenge'
    | 'edit'
    | 'tick'
    | 'tickTo'
    | 'sort'
    | 'help';

const letters: Record<string, Deed> = {
    j: 'next',
    k: 'previous',
    r: 'release',
    h: 'hide',
    f: 'fine',
    m: 'merge',
    t: 'tag',
    c: 'challenge',
    e: 'edit',
    x: 'tick',
    s: 'sort',
};

/** Null: the key is not ours. Whoever writes or chooses something has all keys. */
export function deedOf(event: KeyboardEvent): Deed | null {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
    const at = event.target instanceof Element ? event.target : null;
    const ticks = at?.matches('input[type="checkbox"]');
    if (!ticks && at?.closest('input, textarea, select, [contenteditable], form')) return null;
    if (document.querySelector('dialog[open]')) return null;
    if (event.key === '?') return 'help';
    const inList = at?.closest('[data-idea]');
    if (event.key === 'ArrowDown') return inList && !event.shiftKey ? 'next' : null;
    if (event.key === 'ArrowUp') return inList && !event.shiftKey ? 'previous' : null;
    const deed = letters[letterOf(event)] ?? null;
    if (deed === 'tick' && event.shiftKey) return 'tickTo';
    return event.shiftKey ? null : deed;
}

const STORED = 'stimmwerk:keys';

/** Are keys wanted here? Speech that types letters, or a shaky hand, may not want them. */
export function keysWanted(): boolean {
    try {
        return localStorage.getItem(STORED) !== 'off';
    } catch {
        return true;
    }
}

export function wantKeys(on: boolean): void {
    try {
        localStorage.setItem(STORED, on ? 'on' : 'off');
    } catch {
        // it holds until the page is left
    }
}

/* The link to the wall: the event's code and, from the desk, the key without which the server tells
 * a wall no Wi-Fi. The key goes by the fragment, which reaches no server's log, and leaves the address
 * bar at once; this browser keeps it for a reload. */
import { originOf } from '../lib/state/address.svelte';

const STORED = 'stimmwerk-stage';

/** `key` '': a wall without the Wi-Fi. */
export const stagePath = (code: string, key: string): string =>
    `/stage#${code}${key === '' ? '' : `.${key}`}`;

export const stageUrl = (code: string, key: string): string =>
    originOf() + stagePath(code, key);

/** What the fragment says: what may be a code, and the key, '' if there is none. */
export function readStage(fragment: string): { typed: string; key: string } {
    const [, typed = fragment, key = ''] = /^(.*)\.([0-9a-f]{32})$/.exec(fragment) ?? [];
    return { typed, key };
}

/** The key with which this event was opened here last, or ''. */
export function keptKey(code: string): string {
    try {
        const [event, key] = (localStorage.getItem(STORED) ?? '').split('.');
        return event === code ? (key ?? '') : '';
    } catch {
        return '';
    }
}

export function keepKey(code: string, key: string): void {
    try {
        localStorage.setItem(STORED, `${code}.${key}`);
    } catch {
        // a reload needs the desk's link again
    }
}

/* What a tablet that is many people's remembers: nothing, but for what somebody has sent and the
 * server has not acknowledged yet. That survives a reload, or a ballot could be lost; it goes as
 * soon as its answer is here. */
import { localKeep, memoryKeep } from '../lib/net/keep';
import type { Keep } from '../lib/net/keep';

const OURS = 'kiosk:';
const lasts = (key: string): boolean => key.startsWith('out:');

export function kioskKeep(storage: Storage): Keep {
    const memory = memoryKeep();
    const disk = localKeep(storage);
    const at = (key: string): [Keep, string] =>
        lasts(key) ? [disk, OURS + key] : [memory, key];
    return {
        durable: true,
        get(key) {
            const [keep, name] = at(key);
            return keep.get(name);
        },
        set(key, value) {
            const [keep, name] = at(key);
            return keep.set(name, value);
        },
        remove(key) {
            const [keep, name] = at(key);
            return keep.remove(name);
        },
        entries(prefix) {
            const [keep, name] = at(prefix);
            return keep.entries(name);
        },
    };
}

/** Where the browser lets nothing be stored it lives in memory. */
export function openKioskKeep(): Keep {
    try {
        return kioskKeep(localStorage);
    } catch {
        return memoryKeep();
    }
}

/* What a person may choose for the page goes with them; what was there before stays. */
const CHOICES = ['stimmwerk:lang', 'stimmwerk:theme'];

/** Remembers the choices of whoever set the tablet up; the answer brings them back. */
export function rememberChoices(): () => void {
    const read = (key: string): string | null => {
        try {
            return localStorage.getItem(key);
        } catch {
            return null;
        }
    };
    const before = CHOICES.map((key) => [key, read(key)] as const);
    return () => {
        for (const [key, value] of before) {
            if (read(key) === value) continue;
            if (value === null) localStorage.removeItem(key);
            else localStorage.setItem(key, value);
        }
    };
}

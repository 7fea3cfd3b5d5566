/* Is the network losing phones? From what the desk is told of how many are connected. Pure. */

/** A fall is seen if it came within this time, … */
export const WINDOW_MS = 30_000;
/** … was of at least so many, and of such a part of those who were there. */
const LEAST = 5;
const PART = 0.1;
/** Who is away for longer has left: that is no fault of the network's. */
export const FORGET_MS = 120_000;

export interface Sample {
    at_ms: number;
    online: number;
}

export interface Watch {
    /** The oldest first; the first one may be older than the window: it still held then. */
    samples: readonly Sample[];
    /** How many there were before they fell, and when that was last seen. */
    fell: { from: number; at_ms: number } | null;
}

export const nothingSeen: Watch = { samples: [], fell: null };

const isFall = (from: number, to: number): boolean =>
    from - to >= LEAST && from - to >= from * PART;

function within(samples: readonly Sample[], at_ms: number): Sample[] {
    const begin = at_ms - WINDOW_MS;
    return samples.filter((_, i) => {
        const next = samples[i + 1];
        return !next || next.at_ms > begin;
    });
}

function fallNow({ fell }: Watch, peak: number, { at_ms, online }: Sample): Watch['fell'] {
    if (isFall(peak, online)) return { from: Math.max(peak, fell?.from ?? 0), at_ms };
    const lasts = fell && isFall(fell.from, online) && at_ms - fell.at_ms < FORGET_MS;
    return lasts ? fell : null;
}

/** What is known once so many are connected. Times never go back. */
export function noted(watch: Watch, at_ms: number, online: number): Watch {
    const now = { at_ms, online };
    const before = within(watch.samples, at_ms);
    const samples = before.at(-1)?.online === online ? before : [...before, now];
    const peak = Math.max(online, ...samples.map((sample) => sample.online));
    return { samples, fell: fallNow(watch, peak, now) };
}

/** How many are missing since they fell; 0: all is well. */
export function lost({ samples, fell }: Watch): number {
    const online = samples.at(-1)?.online ?? 0;
    return fell ? fell.from - online : 0;
}

/* A close that was announced: how many seconds are left, by a clock that nobody sets. It is said
 * once that the poll closes, and once if it does not after all. */
import { untrack } from 'svelte';
import { t } from '../i18n/index.svelte';
import type { Live, Poll } from '../net/protocol';
import type { Session } from '../state/session.svelte';
import { announceAside } from '../ui/announce.svelte';

const BEAT_MS = 200;
/** How long a screen says that the poll goes on. */
const STOPPED_MS = 6000;

/** Begun seconds count: a ten stands there for a whole second. */
export const secondsOf = (left_ms: number): number => Math.max(0, Math.ceil(left_ms / 1000));

export interface Closing {
    /** Null: no close is announced. */
    readonly seconds: number | null;
    /** One was, and will not come. */
    readonly stopped: boolean;
}

export function closingWords(seconds: number): string {
    const words = t('poll.closing');
    return seconds > 0 ? `${words}: ${t('phase.seconds', { n: seconds })}` : `${words} …`;
}

/** Of one poll, for as long as the component lives. `also`: more to be said with it. */
export function watchClosing(
    session: () => Session | null | undefined,
    poll: () => Poll | null | undefined,
    also: () => string = () => '',
): Closing {
    let seconds = $state<number | null>(null);
    let stopped = $state(false);
    const voting = $derived(poll()?.state === 'open');
    const reached = $derived(session()?.line === 'open');
    const live = $derived(session()?.hall.live);
    let announced = false;
    let until = 0;
    /* What was told before the line went away: too old to go by. */
    let stale: Live | null | undefined;

    const said = () => (seconds ? `${closingWords(seconds)}. ${also()}`.trim() : '');

    function show(): void {
        seconds = secondsOf(until - performance.now());
        if (!announced) announceAside(said);
        announced = true;
    }

    function end(goesOn: boolean): void {
        if (goesOn && announced) {
            stopped = true;
            announceAside(() => t('poll.closing.stopped'));
        }
        if (goesOn || !voting) announced = false;
        seconds = null;
    }

    /* Each message of the server begins anew: what is left is as of when it was sent. */
    $effect(() => {
        const now = live;
        if (!reached) stale = now;
        if (!voting || !reached || now === stale) return untrack(() => end(false));
        const id = untrack(() => poll()?.poll);
        const left_ms = now?.polls?.find((one) => one.poll === id)?.closing_ms;
        if (left_ms === undefined) return untrack(() => end(true));
        until = performance.now() + left_ms;
        stopped = false;
        untrack(show);
        const beat = setInterval(show, BEAT_MS);
        return () => clearInterval(beat);
    });
    $effect(() => {
        if (!stopped) return;
        const timer = setTimeout(() => (stopped = false), STOPPED_MS);
        return () => clearTimeout(timer);
    });

    return {
        get seconds() {
            return seconds;
        },
        get stopped() {
            return stopped;
        },
    };
}

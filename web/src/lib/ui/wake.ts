/* The screen stays on while somebody thinks. Where that is not to be had (plain http, an older
 * browser, an empty battery) nothing is said: the screen goes dark as ever. */

/** From now until the returned function is called, whenever the page is seen. */
export function keepScreenOn(): () => void {
    let lock: Promise<WakeLockSentinel | undefined> | undefined;
    /* The browser lets go by itself when the page is hidden, and does not take up again. */
    const hold = (): void => {
        const able = 'wakeLock' in navigator && document.visibilityState === 'visible';
        if (able) lock = navigator.wakeLock.request('screen').catch(() => undefined);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
        document.removeEventListener('visibilitychange', hold);
        void lock?.then((held) => held?.release());
    };
}

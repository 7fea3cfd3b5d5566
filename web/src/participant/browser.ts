/* The small windows that Wi-Fi portals and other apps open: they look like a browser, but what
 * they keep is gone when they close, and with it the place in the event. */

/**
 * True for such a window. That it keeps nothing is not enough to know it by: most of them let
 * write, and forget afterwards. So their names count too: a view in an Android app says "; wv",
 * and of all that is made of Apple's WebKit only a browser says "Safari/". A page that was put
 * on the home screen doesn't say it either (`installed`), but keeps. Whoever is wrongly taken
 * for one is shown a hint and nothing else.
 */
export function isSmallWindow(agent: string, installed: boolean): boolean {
    if (/CaptiveNetwork|; wv\)/.test(agent)) return true;
    const apple = /\((iPhone|iPad|iPod|Macintosh).*AppleWebKit/.test(agent);
    return apple && !installed && !agent.includes('Safari/');
}

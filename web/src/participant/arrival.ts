/* How somebody comes to the page: by a scanned code, by a form sent early, or again. */

/** The code of /j#CODE; it leaves the address bar at once, so that nobody reads or shares it. */
export function takeCode(location: Location, history: History): string | null {
    const fragment = decodeURIComponent(location.hash.slice(1)).trim();
    if (location.hash !== '') history.replaceState(null, '', location.pathname);
    return fragment === '' ? null : fragment;
}

/** What the script in the page's head (index.html) has sent off for the code of the address. */
export interface Arriving {
    code: string;
    answer: Promise<Response>;
    socket: WebSocket;
}
declare global {
    var arriving: Arriving | undefined;
}

/** Once, and only for the code that it was sent for. */
export function takeArriving(code: string): Arriving | undefined {
    const { arriving } = globalThis;
    globalThis.arriving = undefined;
    if (arriving?.code === code) return arriving;
    arriving?.socket.close();
    return undefined;
}

export interface EarlyForm {
    typed: string;
    sent: boolean;
}

/** What was typed or sent before the script ran. */
export function takeEarlyForm(document: Document): EarlyForm {
    const input = document.querySelector<HTMLInputElement>('#early input');
    const root = document.documentElement;
    const sent = root.dataset['early'] === 'yes';
    delete root.dataset['early'];
    return { typed: input?.value ?? '', sent };
}

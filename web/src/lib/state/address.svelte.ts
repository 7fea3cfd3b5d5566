/* Where phones find the event: the server's own word if it has one, else where this page
 * came from, which may be an address that only this computer knows. */
import { fetchAbout } from '../net/http';

let base = $state('');

export interface JoinAddress {
    url: string;
    /** To be read and typed: without scheme and code. */
    shown: string;
    onlyHere: boolean;
}

export async function learnAddress(): Promise<void> {
    const reply = await fetchAbout();
    if (reply.ok && reply.value.join) base = reply.value.join.replace(/\/+$/, '');
}

export function isLoopback(hostname: string): boolean {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

export const originOf = (): string => (base === '' ? location.origin : base);

/** Where a tablet for people without a phone finds it. */
export const kioskAddress = (code: string): string => `${originOf()}/kiosk#${code}`;

export function joinAddress(code: string): JoinAddress {
    const origin = originOf();
    const { host, hostname } = new URL(origin);
    return { url: `${origin}/j#${code}`, shown: host, onlyHere: isLoopback(hostname) };
}

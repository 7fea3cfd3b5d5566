/* What the page's address names, and what the server says of it. */
import type { Followed } from '../lib/net/followed';

export interface Address {
    event: string;
    /** Empty: all ideas of the event. */
    idea: string;
}
export type Got = { is: 'page'; page: Followed } | { is: 'none' } | { is: 'offline' };

const PATIENCE_MS = 15_000;

/** "/i/CODE/NUMBER" as it was printed, or typed. */
export function readAddress(path: string): Address {
    const [, , event = '', idea = ''] = path.split('/');
    return { event: event.toUpperCase(), idea };
}

export const pathOf = ({ event, idea }: Address): string =>
    idea === '' ? `/i/${event}` : `/i/${event}/${idea}`;

export async function fetchPage({ event, idea }: Address): Promise<Got> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
    try {
        const path = [event, ...(idea ? [idea] : [])].map(encodeURIComponent).join('/');
        const answer = await fetch(`/followup/${path}`, { signal: controller.signal });
        if (answer.status === 404) return { is: 'none' };
        if (!answer.ok) return { is: 'offline' };
        return { is: 'page', page: (await answer.json()) as Followed };
    } catch {
        return { is: 'offline' };
    } finally {
        clearTimeout(timer);
    }
}

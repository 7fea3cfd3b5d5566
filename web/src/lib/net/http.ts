/* Plain requests: joining, logging in, results, who runs this server. */
import type { About, Change, EventInfo, Result } from './protocol';

export type Reply<T> = { ok: true; value: T } | { ok: false; err: string; event?: string };

const PATIENCE_MS = 15_000;

/** No answer came: the network is away. Not a code of the server's. */
export const OFFLINE = 'offline';

/** Ends a request that takes longer; AbortSignal.timeout is younger than some phones. */
export function within(patience_ms: number): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), patience_ms);
    return controller.signal;
}

function ask<T>(path: string, init?: RequestInit): Promise<Reply<T>> {
    const signal = within(PATIENCE_MS);
    return read<T>(fetch(path, { credentials: 'same-origin', signal, ...init }));
}

async function read<T>(answer: Promise<Response>): Promise<Reply<T>> {
    try {
        const response = await answer;
        const body = (await response.json()) as T & { err?: string; event?: string };
        if (response.ok) return { ok: true, value: body };
        return {
            ok: false,
            err: body.err ?? 'internal',
            ...(body.event ? { event: body.event } : {}),
        };
    } catch {
        return { ok: false, err: OFFLINE };
    }
}

export function post<T>(path: string, body: object): Promise<Reply<T>> {
    return ask<T>(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
    });
}

type LetIn = { event: string; pass: string };
export const join = (code: string) => post<LetIn>('/join', { code });

/** The same, where the request has been sent before. */
export function joined(answer: Promise<Response>): Promise<Reply<LetIn>> {
    const late = new Promise<Response>((_, reject) => setTimeout(reject, PATIENCE_MS));
    return read<LetIn>(Promise.race([answer, late]));
}
export const login = (link: string) => post<{ event: string }>('/login', { link });
export const fetchResult = (event: string, poll: string) =>
    ask<Result>(`/result/${event}/${poll}`);

/** The sealed ballots as they came: their checksum is that of these very characters. */
export async function fetchBallots(event: string, poll: string): Promise<Reply<string>> {
    try {
        const response = await fetch(`/ballots/${event}/${poll}`);
        const body = await response.text();
        if (response.ok) return { ok: true, value: body };
        return { ok: false, err: (JSON.parse(body) as { err?: string }).err ?? 'internal' };
    } catch {
        return { ok: false, err: OFFLINE };
    }
}

export const fetchAbout = () => ask<About>('/about');

export function socketUrl(): string {
    return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}

/** Gives up this browser's place in an event; its ballots and its ticket stay. */
export const leave = (event: string) => post<{ event: string }>('/leave', { event });

/** What everybody sees of an event, without a place in it. */
export async function fetchEvent(code: string): Promise<Reply<EventInfo>> {
    const reply = await ask<Change>(`/snapshot/${code}`);
    if (!reply.ok) return reply;
    const { event } = reply.value;
    return event ? { ok: true, value: event } : { ok: false, err: 'internal' };
}

/* Brings a photograph to the server, where it waits for its idea. */
import { OFFLINE } from '../net/http';
import type { Letter } from '../net/outbox';
import type { Upload } from '../net/protocol';

/* What the server calls it until the idea is there; or why it does not take it. */
type Uploaded = { photo: string } | { err: string; retry_ms?: number };

/* 400 kB over a line on which nothing else would work either. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 3000;

/** The bytes and the kind of a data URL, without asking the network for it. */
export function blobOf(photo: string): Blob {
    const [head = '', base64 = ''] = photo.split(',');
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return new Blob([bytes], { type: head.slice('data:'.length).replace(/;.*/, '') });
}

export async function upload(event: string, photo: string): Promise<Uploaded> {
    try {
        const body = blobOf(photo);
        const signal = AbortSignal.timeout?.(PATIENCE_MS);
        const answer = await fetch(`/media?event=${event}`, {
            method: 'POST',
            credentials: 'same-origin',
            headers: { 'Content-Type': body.type },
            body,
            signal,
        });
        const told = (await answer.json()) as Partial<Upload> & { err?: string };
        if (answer.ok && told.photo) return { photo: told.photo };
        const wait_s = Number(answer.headers.get('Retry-After'));
        return { err: told.err ?? 'internal', ...(wait_s > 0 && { retry_ms: 1000 * wait_s }) };
    } catch {
        return { err: OFFLINE, retry_ms: AGAIN_MS };
    }
}

const PASSING = [OFFLINE, 'busy', 'too-fast'];

/** Sends a letter's photograph ahead and notes what the server calls it. Tells how long to
 * wait before the letter goes on, in milliseconds; or the code of a refusal for good. */
export async function ship(event: string, letter: Letter): Promise<number | string> {
    const told = await upload(event, letter.photo ?? '');
    if ('photo' in told) {
        letter.handle = told.photo;
        return 0;
    }
    return PASSING.includes(told.err) ? (told.retry_ms ?? AGAIN_MS) : told.err;
}

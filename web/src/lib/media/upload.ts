/* Brings a photograph to the server, where it waits for its idea. */
import { OFFLINE, within } from '../net/http';
import { backoffMs } from '../net/line';
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
        const answer = await fetch(`/media?event=${event}`, {
            method: 'POST',
            credentials: 'same-origin',
            headers: { 'Content-Type': body.type },
            body,
            signal: within(PATIENCE_MS),
        });
        const told = (await answer.json()) as Partial<Upload> & { err?: string };
        if (answer.ok && told.photo) return { photo: told.photo };
        const wait_s = Number(answer.headers.get('Retry-After'));
        return { err: told.err ?? 'internal', ...(wait_s > 0 && { retry_ms: 1000 * wait_s }) };
    } catch {
        return { err: OFFLINE };
    }
}

/* Refusals that pass by themselves; how long to wait at least, in milliseconds, if the server
 * does not say. Whoever has no place in the event now may get it back: the letter is kept. */
const LONG_MS = 30_000;
const passing: Partial<Record<string, number>> = {
    [OFFLINE]: AGAIN_MS,
    busy: AGAIN_MS,
    'too-fast': AGAIN_MS,
    'no-memory': LONG_MS,
    'no-session': LONG_MS,
    'session-moved': LONG_MS,
    'code-unknown': LONG_MS,
};

/** Sends a letter's photograph ahead and notes what the server calls it. Tells how long to
 * wait before the letter goes on, in milliseconds, each time longer, so that not all phones
 * come back at once; or the code of a refusal for good. */
export async function ship(event: string, letter: Letter): Promise<number | string> {
    const told = await upload(event, letter.photo ?? '');
    if ('photo' in told) {
        letter.handle = told.photo;
        letter.failed = 0;
        return 0;
    }
    const wait_ms = passing[told.err];
    if (wait_ms === undefined) return told.err;
    const failed = letter.failed ?? 0;
    letter.failed = failed + 1;
    return (told.retry_ms ?? wait_ms) + backoffMs(failed, Math.random);
}

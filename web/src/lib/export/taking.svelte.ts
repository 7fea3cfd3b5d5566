/* What is being downloaded of an event's export, and how: the desk's way, or the office's. */
import { handOver } from '../csv/handOver';
import { OFFLINE, within } from '../net/http';
import type { Reply } from '../net/http';

export type Place = 'desk' | 'office';

/** What there is for the one who asks. */
export interface Listing {
    event: string;
    title: string;
    lang: string;
    /** They may have the auditor's tables, too. */
    auditor: boolean;
    files: string[];
    pictures: number;
}

const roots = { desk: '/export', office: '/office/export' };
/* A large event has many pictures, and a hall little network. */
const PATIENCE_MS = 10 * 60_000;

async function errOf(response: Response): Promise<string> {
    const body = (await response.json().catch(() => ({}))) as { err?: string };
    return body.err ?? 'internal';
}

const nameOf = (response: Response): string | undefined =>
    /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];

export async function fetchListing(
    place: Place,
    event: string,
    auditor: boolean,
): Promise<Reply<Listing>> {
    try {
        const path = `${roots[place]}/${event}${auditor ? '?auditor=1' : ''}`;
        const response = await fetch(path);
        if (!response.ok) return { ok: false, err: await errOf(response) };
        return { ok: true, value: (await response.json()) as Listing };
    } catch {
        return { ok: false, err: OFFLINE };
    }
}

export class Taking {
    sep = $state<'semicolon' | 'comma'>('semicolon');
    auditor = $state(false);
    /** What is on its way: the name of a file, or '' for all of them. */
    busy = $state<string | null>(null);
    /** What came last, as it is called here. */
    taken = $state('');
    err = $state<string | null>(null);
    readonly event: string;
    readonly place: Place;

    constructor(event: string, place: Place) {
        this.event = event;
        this.place = place;
    }

    /** Of one of its files; of all of them for ''. */
    path(file = ''): string {
        const auditor = this.auditor ? '&auditor=1' : '';
        const name = file === '' ? '.zip' : `/${file}`;
        return `${roots[this.place]}/${this.event}${name}?sep=${this.sep}${auditor}`;
    }

    async take(file = ''): Promise<void> {
        if (this.busy !== null) return;
        this.busy = file;
        this.err = null;
        this.taken = '';
        this.err = await this.#fetch(file);
        this.busy = null;
    }

    async #fetch(file: string): Promise<string | null> {
        try {
            const response = await fetch(this.path(file), { signal: within(PATIENCE_MS) });
            if (!response.ok) return await errOf(response);
            const name = nameOf(response) ?? (file || `stimmwerk-${this.event}.zip`);
            handOver(name, await response.blob());
            this.taken = name;
            return null;
        } catch {
            return OFFLINE;
        }
    }
}

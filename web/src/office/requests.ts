/* What the office asks the server: PROTOCOL.md, "The office". */
import { post } from '../lib/net/http';
import type { Reply } from '../lib/net/http';
import type { DeskRole, Step } from '../lib/net/protocol';
import type { Support } from '../lib/net/support';
import type { Template } from '../lib/agenda/templates';

export interface OfficeEvent {
    event: string;
    title: string;
    langs: string[];
    mode: 'open' | 'ticket';
    people: number;
    ideas: number;
    polls: number;
    open_polls: number;
    created_at_ms: number;
    /** 0: it is not. */
    archived_at_ms: number;
}

export interface OfficePlace {
    person: string;
    role: DeskRole;
    /** In the owner's words; '' if nobody said. */
    name: string;
    until_ms: number;
    /** 0: its link was not used yet. */
    sat_at_ms: number;
    /** 0: it stands. */
    revoked_at_ms: number;
}

/** News of an idea was announced by a day that has come, and is not told. */
export interface OverduePromise {
    event: string;
    idea: string;
    state: Step['state'];
    /** "2027-03-01" */
    next: string;
    /** Everybody can read what became of it. */
    page: boolean;
    /** Not there where the idea is not to be seen. */
    title?: string;
    /** '' if nobody said. */
    department: string;
}

/** A link to a desk, shown once. */
export interface Made {
    event: string;
    token: string;
}

export interface NewEvent {
    title: string;
    langs: string[];
    mode: 'open' | 'ticket';
    template: Template | 'none';
    youth: boolean;
    nicknames: boolean;
    support: Support | 'off';
    groups: string[];
    tags: string[];
    challenges: string[];
}

const ask = <T>(what: string, members: object = {}): Promise<Reply<T>> =>
    post<T>('/office/ask', { do: what, ...members });

export const enter = (link: string) => post('/office/login', { link });
export const leave = () => post('/office/leave', {});

export const list = () => ask<{ events: OfficeEvent[] }>('event.list');
/** As of today in UTC: where the page is, some may still have time. */
export const promises = () =>
    ask<{ promises: OverduePromise[]; left_out: number }>('event.promises');
export const create = (event: NewEvent) => ask<Made>('event.create', event);
export const copy = (from: string, title: string) =>
    ask<Made>('event.create', { copy: from, title });
export const places = (event: string) =>
    ask<{ links: OfficePlace[] }>('event.links', { event });
export const invite = (event: string, role: DeskRole) =>
    ask<Made>('event.link', { event, role });
export const revoke = (event: string, person: string) => ask('event.unlink', { event, person });
export const renew = (event: string, person: string) =>
    ask<Made>('event.relink', { event, person });
export const archive = (event: string, on: boolean) => ask('event.archive', { event, on });
export const setNotice = (name: 'imprint' | 'privacy', text: string) =>
    ask('notice.set', { name, text });
/** What new events look out for, one a line; '': none. */
export const words = () => ask<{ words: string }>('words.list');
export const setWords = (list: string) => ask('words.set', { words: list });
export const remove = (event: string, confirm: string) =>
    ask('event.delete', { event, confirm });

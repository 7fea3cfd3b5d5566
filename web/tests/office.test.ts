/* The office's page without a server: its templates, its lists, and what it does when a session
 * has ended. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { phasesOf, templateNames } from '../src/lib/agenda/templates';
import { linesOf } from '../src/office/lines';
import { Office } from '../src/office/office.svelte';

const answer = (status: number, body: object): Response =>
    new Response(JSON.stringify(body), { status });

/** Answers one request after the other; the paths that were asked. */
function server(...answers: Response[]): string[] {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (path: string) => {
        asked.push(path);
        return Promise.resolve(answers.shift());
    });
    return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('templates', () => {
    it('are those of the server', () => {
        const source = readFileSync(join(process.cwd(), '../server/app/office_plan.c'), 'utf8');
        const table = source.slice(0, source.indexOf('office_read_template'));
        const rows = table.split(/\{"(?=[a-z]+",)/).slice(1);
        const theirs = rows.map((row) => ({
            name: row.slice(0, row.indexOf('"')),
            phases: [...row.matchAll(/PHASE_(\w+), \.minutes = (\d+)/g)].map((match) => ({
                is: (match[1] ?? '').toLowerCase().replace('_', '-'),
                minutes: Number(match[2]),
            })),
        }));
        expect(theirs).toEqual(templateNames.map((name) => ({ name, phases: phasesOf(name) })));
    });
});

describe('a field of names', () => {
    it('gives each name once, without what surrounds it', () => {
        expect(linesOf(' Rot \n\nBlau\r\nRot\n')).toEqual(['Rot', 'Blau']);
        expect(linesOf('')).toEqual([]);
    });
});

describe('the office', () => {
    const events = [{ event: 'ABC129' }, { event: 'ABC23J' }];

    it('uses a link up and shows the newest event first', async () => {
        const asked = server(answer(200, { ok: true }), answer(200, { ok: true, events }));
        const office = new Office();
        await office.arrive('LINK');
        expect(asked).toEqual(['/office/login', '/office/ask']);
        expect(office.stage).toBe('in');
        expect(office.events.map(({ event }) => event)).toEqual(['ABC23J', 'ABC129']);
    });

    it('lets somebody in whose link was used by the same browser before', async () => {
        server(answer(403, { err: 'link-unknown' }), answer(200, { ok: true, events }));
        const office = new Office();
        await office.arrive('LINK');
        expect(office.stage).toBe('in');
        expect(office.err).toBeNull();
    });

    it('says why a link lets nobody in', async () => {
        server(answer(403, { err: 'link-unknown' }), answer(401, { err: 'no-session' }));
        const office = new Office();
        await office.arrive('LINK');
        expect(office.stage).toBe('out');
        expect(office.err).toBe('link-unknown');
    });

    it('leads to the door when a session has ended, and forgets the events', async () => {
        server(
            answer(200, { ok: true, events }),
            answer(401, { err: 'no-session' }),
            answer(401, { err: 'no-session' }),
        );
        const office = new Office();
        await office.arrive('');
        await office.look();
        expect(office.stage).toBe('out');
        expect(office.err).toBe('ended');
        expect(office.events).toEqual([]);
    });

    it('keeps what it knows while the server does not answer', async () => {
        server(answer(200, { ok: true, events }));
        const office = new Office();
        await office.arrive('');
        vi.stubGlobal('fetch', () => Promise.reject(new TypeError('away')));
        await office.look();
        expect(office.stage).toBe('in');
        expect(office.events).toHaveLength(2);
    });

    it('signs out', async () => {
        server(answer(200, { ok: true, events }), answer(200, { ok: true }));
        const office = new Office();
        await office.arrive('');
        await office.leave();
        expect(office.stage).toBe('out');
        expect(office.left).toBe(true);
    });
});

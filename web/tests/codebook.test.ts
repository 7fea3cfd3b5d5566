/* The codebook explains every file and every column that the server's export has, in its order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/codebook/App.svelte';
import { find } from '../src/codebook/find';
import { tableOf, tables } from '../src/codebook/tables';
import * as values from '../src/codebook/values';
import type { Values } from '../src/codebook/values';
import { Taking } from '../src/lib/export/taking.svelte';
import { chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';

const source = (file: string): string => readFileSync(join(process.cwd(), '..', file), 'utf8');
const matches = (file: string, pattern: RegExp): string[] =>
    [...source(file).matchAll(pattern)].map((match) => match[1] ?? '');

describe('the codebook', () => {
    it('explains every column of the server, in order, as what it is', () => {
        const row = /^X\((\w+), "(\w+)", (\w+), (\w+)\)/gm;
        const theirs = [...source('server/export/columns.def').matchAll(row)].map(
            ([, table, name, type, when]) => [table, name, type, when].join(' ').toLowerCase(),
        );
        expect(theirs.length).toBeGreaterThan(100);
        const ours = tables.flatMap(({ id, columns }) =>
            columns.map(({ name, type, when }) => `${id} ${name} ${type} ${when ?? 'always'}`),
        );
        expect([...ours].sort()).toEqual([...theirs].sort());
        for (const { id, columns } of tables)
            expect(columns.map(({ name }) => `${id} ${name}`)).toEqual(
                theirs
                    .filter((one) => one.startsWith(`${id} `))
                    .map((one) => one.split(' ', 2).join(' ')),
            );
    });

    it('explains every file', () => {
        const files = matches('server/export/export.c', /\{"([\w.]+)", table_/g);
        expect(files.length).toBeGreaterThanOrEqual(10);
        const others = ['points-17.csv', 'pictures/', 'datapackage.json'];
        expect([...files, ...others].filter((file) => !tableOf(file))).toEqual([]);
        expect(tableOf('keys.csv')).toBeUndefined();
    });

    it.each([
        ['IDEA', 'event.c', values.ideaStates],
        ['POLL', 'event.c', [['draft', ''], ...values.pollStates]],
        ['PUBLISH', 'entry.c', values.levels],
        ['REASON', 'entry.c', [['none', ''], ...values.reasons]],
        ['PHASE', 'agenda.c', values.phases],
        ['FOLLOW', 'follow.c', values.steps],
        ['BALLOT', 'ballot.c', values.forms],
    ])('knows all words of %s', (prefix, file, ours) => {
        const pattern = new RegExp(`\\[${prefix}_\\w+\\] = "([\\w-]+)"`, 'g');
        const theirs = matches(`server/domain/${file}`, pattern);
        expect((ours as Values).map(([code]) => code).sort()).toEqual(theirs.sort());
    });

    it('knows all states of a batch on paper', () => {
        const theirs = matches('server/export/table_paper.c', /"(dropped|confirmed|waiting)"/g);
        expect(values.batchStates.map(([code]) => code).sort()).toEqual(theirs.sort());
    });
});

describe('looking for words', () => {
    const says = { table: () => '', column: ({ name }: { name: string }) => name };

    it('leaves what is meant, and all of a table that is itself meant', () => {
        expect(find(tables, '', says)).toHaveLength(tables.length);
        const redeemed = find(tables, 'REDEEMED', says);
        expect(redeemed.map(({ table, columns }) => [table.id, columns.length])).toEqual([
            ['participation', 1],
            ['tickets', 1],
        ]);
        const [groups] = find(tables, 'groups.csv', says);
        expect(groups?.columns).toHaveLength(5);
        expect(find(tables, 'xyzzy', says)).toEqual([]);
    });
});

describe('taking an export home', () => {
    afterEach(() => vi.unstubAllGlobals());

    it('asks for what was chosen, on the way of who asks', () => {
        const desk = new Taking('ABC123', 'desk');
        expect(desk.path()).toBe('/export/ABC123.zip?sep=semicolon');
        desk.sep = 'comma';
        desk.auditor = true;
        expect(desk.path('polls.csv')).toBe('/export/ABC123/polls.csv?sep=comma&auditor=1');
        expect(new Taking('ABC123', 'office').path()).toBe(
            '/office/export/ABC123.zip?sep=semicolon',
        );
    });

    it('says what went wrong, and can be tried again', async () => {
        const answers = [
            new Response('{"err":"no-session"}', { status: 401 }),
            new Response('PK', {
                headers: {
                    'Content-Disposition': 'attachment; filename="stimmwerk-ABC123.zip"',
                },
            }),
        ];
        vi.stubGlobal('fetch', () => Promise.resolve(answers.shift()));
        vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x' }));
        HTMLAnchorElement.prototype.click = vi.fn();
        const taking = new Taking('ABC123', 'desk');
        await taking.take();
        expect([taking.err, taking.taken]).toEqual(['no-session', '']);
        await taking.take();
        expect([taking.err, taking.taken]).toEqual([null, 'stimmwerk-ABC123.zip']);
        vi.stubGlobal('fetch', () => Promise.reject(new Error('away')));
        await taking.take();
        expect(taking.err).toBe('offline');
    });
});

describe('the page', () => {
    beforeEach(async () => {
        await startWords(de, ['more', 'screens', 'desk', 'follow', 'codebook']);
        await chooseLocale('de');
    });

    it('has words for every column, and says who may download', async () => {
        render(App);
        expect(await screen.findByText(/Herunterladen kann hier/)).toBeVisible();
        expect(screen.getAllByRole('table')).toHaveLength(tables.length - 2);
        expect(document.body.textContent).not.toMatch(
            /codebook\.|idea\.state|method\.|phase\./,
        );
        await userEvent.type(screen.getByRole('searchbox'), 'eingelöst');
        expect(screen.getAllByRole('table')).toHaveLength(2);
    });
});

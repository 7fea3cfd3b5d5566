/* Tables from offices: every way in which Excel and people write them, and back. */
import { describe, expect, it } from 'vitest';
import { decodeTable, parseTable } from '../src/lib/csv/read';
import { readCell, writeTable } from '../src/lib/csv/write';
import { ideasTable } from '../src/moderator/queue/exportRows';
import { columnsOf, plainColumns, sameAs, sortRows } from '../src/moderator/queue/importRows';
import type { Known } from '../src/moderator/queue/importRows';
import { idea } from './samples';

const bytes = (...codes: number[]): Uint8Array => new Uint8Array(codes);
const latin = (text: string): Uint8Array =>
    bytes(...[...text].map((char) => char.charCodeAt(0)));

describe('a file', () => {
    it('is UTF-8 if it can be, with its mark or without', () => {
        expect(decodeTable(new TextEncoder().encode('\ufeffBänke'), 'de')).toBe('Bänke');
        expect(decodeTable(new TextEncoder().encode('Пейки'), 'de')).toBe('Пейки');
    });

    it('is what Windows writes where the page’s language is at home if it cannot be UTF-8', () => {
        expect(decodeTable(latin('Größe für Ödön'), 'de')).toBe('Größe für Ödön');
        expect(decodeTable(bytes(0xcf, 0xe5, 0xe9, 0xea, 0xe8), 'bg')).toBe('Пейки');
        expect(decodeTable(bytes(0xd0, 0xdc, 0xf1, 0xea, 0xef), 'el')).toBe('Πάρκο');
        expect(decodeTable(bytes(0xa3, 0x61, 0x77, 0x6b, 0x61), 'pl')).toBe('Ławka');
        expect(decodeTable(bytes(0xc8, 0xc7, 0xc8), 'ar')).toBe('باب');
    });

    it('is UTF-16 if its mark says so', () => {
        expect(decodeTable(bytes(0xff, 0xfe, 0xe4, 0, 0x62, 0), 'de')).toBe('äb');
    });
});

describe('a table', () => {
    it.each([';', ',', '\t'])('may be parted by "%s"', (one) => {
        expect(parseTable(`Titel${one}Text\r\nBank${one}am Fluss\r\n`)).toEqual([
            ['Titel', 'Text'],
            ['Bank', 'am Fluss'],
        ]);
    });

    it('may have quotes, with its separator, quotes and line ends in them', () => {
        expect(parseTable('a;b\n"x;""y""\r\nz";"1,2"\n')).toEqual([
            ['a', 'b'],
            ['x;"y"\r\nz', '1,2'],
        ]);
    });

    it('is told what parts it by Excel', () => {
        expect(parseTable('sep=|\r\na,b|c;d')).toEqual([['a,b', 'c;d']]);
    });

    it('keeps empty rows, so that numbers of rows stay right', () => {
        expect(parseTable('a\n\nb')).toEqual([['a'], [''], ['b']]);
        expect(parseTable('')).toEqual([]);
    });

    it('takes a quote inside a word for itself', () => {
        expect(parseTable('5" Rohr;x')).toEqual([['5" Rohr', 'x']]);
    });
});

const known: Known = {
    lang: 'de',
    langOf: (name) => (['de', 'en'].includes(name) ? name : null),
    tags: [
        { label: '3', name: 'Verkehr' },
        { label: '4', name: 'Grünes' },
    ],
    challenges: [{ label: '8', name: 'Sicher zur Schule' }],
    here: new Set([sameAs('Schon da', '')]),
};
const sort = (...rows: string[][]) =>
    sortRows(
        [['Titel', 'Text', 'Sprache', 'Thema'], ...rows],
        1,
        columnsOf(['Titel', 'Text', 'Sprache', 'Thema']) ?? plainColumns(4),
        known,
    );

describe('rows become ideas', () => {
    it('by their headings in German or English, else by their order', () => {
        expect(columnsOf(['Beschreibung', ' TITEL '])).toMatchObject({ title: 1, text: 0 });
        expect(columnsOf(['idea', 'state', 'title', 'text', 'lang', 'tags'])).toEqual({
            title: 2,
            text: 3,
            lang: 4,
            tags: 5,
            challenge: -1,
            state: 1,
        });
        expect(columnsOf(['Bank', 'am Fluss'])).toBeNull();
        expect(plainColumns(1)).toMatchObject({ title: 0, text: -1 });
    });

    it('with languages and tags by their names', () => {
        const { fresh, bad, unknownTags } = sort(
            ['Radweg', 'breit', 'en', 'verkehr, Grunes'],
            ['Bad', '', '', 'Sport'],
        );
        expect(bad).toEqual([]);
        expect(fresh).toEqual([
            {
                row: 2,
                title: 'Radweg',
                text: 'breit',
                lang: 'en',
                tags: ['3', '4'],
                challenge: '',
            },
            { row: 3, title: 'Bad', text: '', lang: 'de', tags: [], challenge: '' },
        ]);
        expect(unknownTags).toEqual(['Sport']);
    });

    it('and bad ones are named by row and reason', () => {
        const { fresh, bad } = sort(
            ['', 'ohne Titel', '', ''],
            ['x'.repeat(121), '', '', ''],
            ['Lang', 'y'.repeat(2001), '', ''],
            ['', '', '', ''],
            ['Kino', '', 'xx', ''],
            ['Kino', '', '', ''],
            [' kino ', '', '', ''],
            ['Schon  da', '', '', ''],
        );
        expect(bad.map(({ row, why }) => [row, why])).toEqual([
            [2, 'title'],
            [3, 'titleLong'],
            [4, 'textLong'],
            [6, 'lang'],
            [8, 'twice'],
            [9, 'here'],
        ]);
        expect(fresh.map(({ row }) => row)).toEqual([7]);
    });
});

describe('our own table', () => {
    it('comes back without what was not released; a column of other states is none', () => {
        const heading = ['idea', 'state', 'title'];
        const rows = ['published', 'hidden', 'pending', 'merged', 'withdrawn', 'Hessen', ''];
        const table = [heading, ...rows.map((state, i) => [String(i), state, `Idee ${i}`])];
        const { fresh, bad } = sortRows(table, 1, columnsOf(heading) ?? plainColumns(3), known);
        expect(fresh.map(({ row }) => row)).toEqual([2, 7, 8]);
        expect(bad.map(({ row, why }) => [row, why])).toEqual([
            [3, 'state'],
            [4, 'state'],
            [5, 'state'],
            [6, 'state'],
        ]);
    });
});

describe('a challenge in a table', () => {
    it('is known by its name; another one is told, and its idea comes without', () => {
        const heading = ['Titel', 'Aufgabe'];
        const rows = [
            ['Ampel', ' sicher zur schule '],
            ['Bänke', 'Park'],
            ['Licht', ''],
        ];
        const columns = columnsOf(heading) ?? plainColumns(2);
        const { fresh, unknownChallenges } = sortRows([heading, ...rows], 1, columns, known);
        expect(fresh.map(({ challenge }) => challenge)).toEqual(['8', '', '']);
        expect(unknownChallenges).toEqual(['Park']);
        expect(columnsOf(['idea', 'title', 'challenge'])?.challenge).toBe(2);
    });
});

describe('what the desk shows', () => {
    const tags = [{ label: '3', name: 'Verkehr', lang: 'de' }];
    it('goes out as a table that Excel opens and that computes nothing', () => {
        const table = ideasTable(
            [
                idea('7', {
                    title: '=1+1',
                    text: 'zwei\nZeilen; "so"',
                    tags: ['3'],
                    challenge: '8',
                }),
            ],
            { tags, challenges: [{ label: '8', name: 'Schule', lang: 'de' }] },
        );
        expect(table).toBe(
            '\ufeffidea;state;title;text;lang;tags;challenge\r\n' +
                '7;published;\'=1+1;"zwei\nZeilen; ""so""";de;Verkehr;Schule\r\n',
        );
    });

    it('and comes back as it was', () => {
        for (const text of ['=1', ' @x ', "'quoted'", '＝x', 'a;b', '', '-', '\tx'])
            expect(parseTable(writeTable([['t', text]]).slice(1))[0]?.map(readCell)).toEqual([
                't',
                text,
            ]);
    });
});

/* From the rows of a table to ideas that can be sent, and to what is wrong with the others. */
import { readCell } from '../../lib/csv/write';
import { limits } from '../../lib/vote/limits';
import { plain } from '../../lib/vote/search';
import { textLength } from '../../lib/vote/text';

export const fields = ['title', 'text', 'lang', 'tags', 'challenge'] as const;
export type Field = (typeof fields)[number];
/** Where each field stands, from 0, and the state in our own exports; -1: nowhere. */
export type Columns = Record<Field | 'state', number>;

const names: Record<Field, readonly string[]> = {
    title: ['titel', 'title', 'idee', 'idea', 'name', 'uberschrift', 'vorschlag'],
    text: ['text', 'beschreibung', 'description', 'inhalt', 'details', 'erklarung'],
    lang: ['sprache', 'language', 'lang'],
    challenge: ['aufgabe', 'challenge', 'herausforderung', 'wettbewerb'],
    tags: ['schlagwort', 'schlagworte', 'schlagworter', 'thema', 'themen', 'tag', 'tags'],
};

/** Which column is which, by its heading; null if the first row has no heading that we know.
 * The server's own ideas.csv has a number under "idea" and its title beside it: a title wins. */
export function columnsOf(heading: readonly string[]): Columns | null {
    const words = heading.map((cell) => plain(cell.trim()));
    const find = (field: Field): number => {
        const at = names[field]
            .map((name) => words.indexOf(name))
            .filter((place) => place >= 0);
        return at[0] ?? -1;
    };
    const columns = { ...plainColumns(1), state: words.indexOf('state') };
    fields.forEach((field) => (columns[field] = find(field)));
    return fields.some((field) => columns[field] >= 0) ? columns : null;
}

/** Without a heading: the first column, and the second as its text. */
export const plainColumns = (width: number): Columns => ({
    title: 0,
    text: width > 1 ? 1 : -1,
    lang: -1,
    tags: -1,
    challenge: -1,
    state: -1,
});

/* What an idea must not be in an export to be shown again. Other words in a column of that name
 * are somebody else's states, as of a country. */
const unreleased = new Set(['pending', 'hidden', 'merged', 'withdrawn']);

export interface Known {
    /** The language of a row that names none. */
    lang: string;
    /** The code of a language by its code or its name; null: no such language. */
    langOf: (name: string) => string | null;
    tags: readonly { label: string; name: string }[];
    challenges: readonly { label: string; name: string }[];
    /** Titles and texts that are here already, as `sameAs` writes them. */
    here: ReadonlySet<string>;
}

export interface Fresh {
    row: number;
    title: string;
    text: string;
    lang: string;
    tags: string[];
    /** '': for none. */
    challenge: string;
}

export type Fault =
    'state' | 'title' | 'titleLong' | 'textLong' | 'lang' | 'tags' | 'twice' | 'here';
export interface Bad {
    /** As a spreadsheet counts them, from 1. */
    row: number;
    why: Fault;
    title: string;
}

export interface Sorted {
    fresh: Fresh[];
    bad: Bad[];
    /** Names that are no tag of this event: those ideas come without them. */
    unknownTags: string[];
    /** Likewise of challenges. */
    unknownChallenges: string[];
}

/** Two ideas with the same are the same: case, accents and spaces aside. */
export const sameAs = (title: string, text: string): string =>
    [title, text].map((one) => plain(one).replace(/\s+/g, ' ').trim()).join('\n');

const clean = (cell: string | undefined): string =>
    readCell((cell ?? '').replace(/\r\n?/g, '\n'))
        .trim()
        .normalize('NFC');

function fault(idea: Fresh, seen: ReadonlySet<string>, known: Known): Fault | null {
    const same = sameAs(idea.title, idea.text);
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(idea.title)) return 'title';
    if (textLength(idea.title) > limits.title) return 'titleLong';
    if (textLength(idea.text) > limits.text) return 'textLong';
    if (known.langOf(idea.lang) === null) return 'lang';
    if (idea.tags.length > limits.deskTags) return 'tags';
    if (seen.has(same)) return 'twice';
    return known.here.has(same) ? 'here' : null;
}

const byName = (labels: Known['tags']): Map<string, string> =>
    new Map(labels.map(({ name, label }) => [plain(name), label]));

/** Sorts rows into ideas and faults; rows without a word are neither. `from`: the first row of
 * ideas, from 0. */
export function sortRows(
    table: readonly (readonly string[])[],
    from: number,
    columns: Columns,
    known: Known,
): Sorted {
    const sorted: Sorted = { fresh: [], bad: [], unknownTags: [], unknownChallenges: [] };
    const seen = new Set<string>();
    const unknown = new Set<string>();
    const unknownChallenges = new Set<string>();
    const labels = byName(known.tags);
    const challenges = byName(known.challenges);
    table.slice(from).forEach((cells, i) => {
        if (cells.every((cell) => cell.trim() === '')) return;
        const cell = (field: Field): string => clean(cells[columns[field]]);
        const named = cell('tags')
            .split(/[\n,;|]/)
            .map((name) => name.trim())
            .filter(Boolean);
        const tags = named.flatMap((name) => labels.get(plain(name)) ?? []);
        const idea: Fresh = {
            row: from + i + 1,
            title: cell('title').replace(/\s+/g, ' '),
            text: cell('text'),
            lang: cell('lang') || known.lang,
            tags: [...new Set(tags)],
            challenge: challenges.get(plain(cell('challenge'))) ?? '',
        };
        const state = clean(cells[columns.state]).toLowerCase();
        const why = unreleased.has(state) ? 'state' : fault(idea, seen, known);
        if (why) return void sorted.bad.push({ row: idea.row, why, title: idea.title });
        seen.add(sameAs(idea.title, idea.text));
        named.filter((name) => !labels.has(plain(name))).forEach((name) => unknown.add(name));
        if (cell('challenge') !== '' && idea.challenge === '')
            unknownChallenges.add(cell('challenge'));
        sorted.fresh.push({ ...idea, lang: known.langOf(idea.lang) ?? known.lang });
    });
    sorted.unknownTags = [...unknown];
    sorted.unknownChallenges = [...unknownChallenges];
    return sorted;
}

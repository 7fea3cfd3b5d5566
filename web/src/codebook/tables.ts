/* Every file that an export can hold, with all its columns. The server's list is
 * server/export/columns.def; tests/codebook.test.ts holds the two side by side. */
import type { Key } from '../lib/i18n/index.svelte';
import * as values from './values';
import type { Values } from './values';

export type ColumnType = 'integer' | 'number' | 'text' | 'flag' | 'time' | 'day';

export interface Column {
    name: string;
    type: ColumnType;
    says: Key;
    example: string;
    /** The words that it may hold. */
    values?: Values;
    /** Only where a poll has shares; or one column for each rank or option. */
    when?: 'shares' | 'each';
}

export interface Table {
    /** As the server's list calls it; the address of its part of the page. */
    id: string;
    file: string;
    what: Key;
    everybody: Key;
    auditor: Key;
    columns: readonly Column[];
}

type More = Pick<Column, 'values' | 'when'>;

const column =
    (type: ColumnType) =>
    (name: string, says: string, example: string, more: More = {}): Column => ({
        name,
        type,
        says: `codebook.col.${says}` as Key,
        example,
        ...more,
    });
const integer = column('integer');
const number = column('number');
const text = column('text');
const flag = column('flag');
const time = column('time');
const day = column('day');
const coded = (name: string, says: string, example: string, codes: Values): Column =>
    text(name, says, example, { values: codes });

const poll = integer('poll', 'poll', '3');
const idea = integer('idea', 'idea', '12');
const lang = text('lang', 'lang', 'de');
const turnout = [
    integer('voted', 'voted', '212'),
    integer('paper', 'paper', '14'),
    integer('blank', 'blank', '3'),
];
const ballotRow = [
    poll,
    text('ballot', 'ballot', '17'),
    integer('share', 'share', '1', { when: 'shares' }),
    integer('ballots', 'ballots', '4', { when: 'shares' }),
    integer('count', 'count', '4'),
];

const table = (
    name: string,
    auditor: 'own' | 'same',
    everybody: 'own' | 'everything',
    columns: readonly Column[],
    file = `${name}.csv`,
): Table => ({
    id: name,
    file,
    what: `codebook.file.${name}` as Key,
    everybody: (everybody === 'own' ? `codebook.public.${name}` : 'codebook.everything') as Key,
    auditor: (auditor === 'own' ? `codebook.audit.${name}` : 'codebook.same') as Key,
    columns,
});

export const tables: readonly Table[] = [
    table('ideas', 'own', 'own', [
        idea,
        coded('state', 'idea.state', 'published', values.ideaStates),
        integer('merged_into', 'merged', '7'),
        coded('reason', 'idea.reason', 'duplicate', values.reasons),
        text('title', 'title', 'Skatepark'),
        text('text', 'text', 'Am Bahnhof, mit Licht'),
        lang,
        time('submitted_at', 'submitted', '2026-09-21T14:13:24Z'),
        text('tags', 'tags', 'Sport'),
        integer('team', 'team', '5'),
        text('challenge', 'challenge', 'Sicher zur Schule'),
        text('drawing', 'drawing', 'pictures/12-drawing.svg'),
        text('photo', 'photo', 'pictures/12-photo.jpg'),
        coded('became', 'became', 'pilot', values.steps),
        integer('reports', 'reports', '2'),
        integer('supporters', 'supporters', '9'),
    ]),
    table('polls', 'own', 'own', [
        poll,
        text('question', 'question', 'Was zuerst?'),
        lang,
        coded('form', 'form', 'ranking', values.forms),
        coded('method', 'method', 'irv', values.countings),
        integer('seats', 'seats', '1'),
        integer('ranks', 'ranks', '3'),
        integer('dots', 'dots', '5'),
        flag('ties', 'ties', 'no'),
        flag('live', 'live', 'no'),
        coded('publication', 'publication', 'ballots', values.levels),
        coded('level', 'level', 'statistics', values.levels),
        text('shares', 'shares', '7:50 rest:50'),
        flag('no_own', 'noOwn', 'no'),
        flag('no_late', 'noLate', 'no'),
        integer('options', 'options', '5'),
        text('option_ids', 'optionIds', '1 2 3 8 12'),
        integer('about', 'about', '12'),
        coded('state', 'poll.state', 'sealed', values.pollStates),
        flag('published', 'published', 'yes'),
        flag('annulled', 'annulled', 'no'),
        integer('reopened', 'reopened', '0'),
        coded('reason', 'poll.reason', 'mistake', values.reasons),
        integer('undone', 'undone', '0'),
        text('commitment', 'commitment', 'c0ffee41…'),
        text('seed', 'seed', '5eed7a90…'),
        time('opened_at', 'opened', '2026-09-21T15:02:10Z'),
        time('closed_at', 'closed', '2026-09-21T15:12:40Z'),
        integer('joined', 'joined', '240'),
        ...turnout,
    ]),
    table('ballots', 'own', 'own', [
        ...ballotRow,
        text('rank', 'rank', 'Skatepark', { when: 'each' }),
    ]),
    table('results', 'own', 'own', [
        poll,
        integer('round', 'round', '0'),
        integer('option', 'option', '12'),
        text('name', 'option.name', 'Skatepark'),
        number('votes', 'votes', '20.5'),
        integer('place', 'place', '1'),
        flag('elected', 'elected', 'yes'),
        flag('eliminated', 'eliminated', 'no'),
        integer('lot', 'lot', '3'),
        integer('share', 'result.share', '1'),
    ]),
    table('participation', 'own', 'everything', [
        integer('poll', 'participation.poll', '3'),
        integer('joined', 'joined', '240'),
        integer('tickets_issued', 'issued.all', '300'),
        integer('tickets_redeemed', 'redeemed', '240'),
        integer('tickets_voided', 'voided', '4'),
        integer('banned', 'banned', '1'),
        ...turnout,
    ]),
    table('groups', 'same', 'everything', [
        integer('group', 'group', '5'),
        text('name', 'group.name', 'Jury'),
        lang,
        integer('people', 'people', '7'),
        text('challenge', 'challenge', 'Sicher zur Schule'),
    ]),
    table('phases', 'same', 'everything', [
        integer('phase', 'phase', '2'),
        coded('kind', 'kind', 'rank', values.phases),
        integer('minutes', 'minutes', '20'),
        integer('poll', 'phase.poll', '3'),
        time('started_at', 'started', '2026-09-21T15:00:00Z'),
    ]),
    table('tickets', 'same', 'everything', [
        integer('batch', 'batch', '1'),
        integer('group', 'batch.group', '5'),
        text('name', 'group.name', 'Jury'),
        integer('first_ticket', 'first', '1'),
        integer('issued', 'issued', '100'),
        integer('replacements', 'replacements', '2'),
        integer('redeemed', 'redeemed', '81'),
        integer('voided', 'voided', '3'),
        integer('free', 'free', '18'),
    ]),
    table('paper', 'own', 'own', [
        poll,
        integer('batch', 'pile', '1'),
        coded('state', 'pile.state', 'confirmed', values.batchStates),
        time('entered_at', 'entered', '2026-09-21T15:20:00Z'),
        integer('entered_by', 'enteredBy', '1'),
        time('confirmed_at', 'confirmed', '2026-09-21T15:24:30Z'),
        integer('confirmed_by', 'confirmedBy', '4'),
        integer('share', 'share', '1'),
        integer('ballots', 'pile.ballots', '14'),
        integer('count', 'pile.count', '6'),
        text('ballot', 'pile.ballot', 'Skatepark > Bank = Baum'),
    ]),
    table('followup', 'same', 'own', [
        idea,
        coded('state', 'step', 'pilot', values.steps),
        text('department', 'department', 'Grünflächenamt'),
        day('next', 'next', '2027-03-01'),
        text('reason', 'step.words', 'Ab Mai am Ufer'),
        time('at', 'step.at', '2026-10-05T09:30:00Z'),
    ]),
    table(
        'points',
        'own',
        'own',
        [...ballotRow, integer('option', 'points', '4', { when: 'each' })],
        'points-3.csv',
    ),
    table('pictures', 'own', 'own', [], 'pictures/'),
    table('package', 'same', 'everything', [], 'datapackage.json'),
];

/** The part of the page that explains a file of this name; undefined: none does. */
export function tableOf(file: string): Table | undefined {
    const name = file.replace(/^points-\d+\.csv$/, 'points-3.csv');
    return tables.find((one) => one.file === name);
}

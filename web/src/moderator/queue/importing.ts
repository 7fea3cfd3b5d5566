/* Sends what was read from a table, so that a second try of the same table changes nothing: an
 * idea's request has an id that is made of the event and of the idea itself. */
import { toHex, utf8 } from '../../lib/crypto/bytes';
import { sha256 } from '../../lib/crypto/sha256';
import { locales } from '../../lib/i18n/index.svelte';
import type { Idea } from '../../lib/net/protocol';
import { plain } from '../../lib/vote/search';
import type { Desk } from '../desk.svelte';
import { sameAs } from './importRows';
import type { Fresh, Known } from './importRows';

const ID_DIGITS = 32;

/** The same idea of the same event has the same id, in every row, file and browser. */
export const importId = (
    event: string,
    { title, text }: Pick<Fresh, 'title' | 'text'>,
): string =>
    toHex(sha256(utf8(`stimmwerk/import/1\n${event}\n${sameAs(title, text)}`))).slice(
        0,
        ID_DIGITS,
    );

const asked = new Map<string, string | null>();

/** The code of a language by its code, by its own name, or by its German or English one; null if
 * there is no such language. Thousands of rows name the same few, so each is looked up once. */
export function langOf(name: string): string | null {
    const wanted = plain(name.trim());
    const known = asked.get(wanted);
    if (known !== undefined) return known;
    const code = isCode(wanted) ? wanted : byName(wanted);
    asked.set(wanted, code);
    return code;
}

function isCode(wanted: string): boolean {
    if (wanted in locales) return true;
    if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(wanted)) return false;
    const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
    try {
        return names.of(wanted) !== undefined;
    } catch {
        return false; // it only looks like a code
    }
}

function byName(wanted: string): string | null {
    const codes = Object.keys(locales) as (keyof typeof locales)[];
    const named = codes.find((code) =>
        [
            locales[code],
            ...['de', 'en'].map((lang) =>
                new Intl.DisplayNames(lang, { type: 'language' }).of(code),
            ),
        ].some((one) => plain(one ?? '') === wanted),
    );
    return named ?? null;
}

/* As `sameAs` writes them. */
const written = (ideas: readonly Idea[]): Set<string> =>
    new Set(ideas.map(({ title = '', text = '' }) => sameAs(title, text)));

const ideasHere = (desk: Desk): Idea[] =>
    [...(desk.session?.hall.ideas.values() ?? [])].filter(({ state }) => state !== 'withdrawn');

/** What an import has to know of the event. */
export function knownOf(desk: Desk): Known {
    const hall = desk.session?.hall;
    return {
        lang: hall?.event?.lang ?? '',
        langOf: (name) => (name === '' ? '' : langOf(name)),
        tags: hall?.event?.tags ?? [],
        challenges: hall?.event?.challenges ?? [],
        here: written(ideasHere(desk)),
    };
}

/** With what others have brought since. One's own would look as if it had not been sent: its id
 * tells it from a second one. */
export function knownBy(desk: Desk, known: Known): Known {
    const me = desk.session?.hall.me?.person;
    const others = written(ideasHere(desk).filter(({ author }) => author !== me));
    return { ...known, here: new Set([...known.here, ...others]) };
}

/** Sends all, with their places as `import:ROW` for what is refused. */
export async function sendAll(desk: Desk, ideas: readonly Fresh[]): Promise<void> {
    const event = desk.session?.event ?? '';
    await desk.queue.many.run(ideas, (idea) => {
        const { row, title, text, lang, tags, challenge } = idea;
        const labels = { ...(tags.length > 0 && { tags }), ...(challenge && { challenge }) };
        return desk.act(
            `import:${row}`,
            { op: 'idea.submit', title, text, lang, ...labels },
            importId(event, idea),
        );
    });
}

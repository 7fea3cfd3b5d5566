import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { sha256 } from '../src/lib/crypto/sha256';
import { toHex, utf8 } from '../src/lib/crypto/bytes';
import type { Act, Message, Request } from '../src/lib/net/protocol';
import { deskLink, newSecret } from '../src/moderator/team/link';
import { Team } from '../src/moderator/team/team.svelte';

interface Golden {
    name: string;
    frame: string;
}
const golden = JSON.parse(
    readFileSync('../tests/golden/messages/pushes.json', 'utf8'),
) as Golden[];
const push = (name: string): Message => {
    const found = golden.find((one) => one.name === name);
    if (!found) throw new Error(name);
    return JSON.parse(found.frame) as Message;
};

const act = (is: Act['act']): Act => ({ pos: 1, act: is, at: 0, by: '1' });

describe('the team at the desk', () => {
    beforeEach(async () => {
        await startWords(de);
        await addWords('screens');
        await addWords('desk');
        await chooseLocale('de');
    });

    test('a_helper_may_do_what_the_server_said_and_nothing_else', () => {
        const team = new Team();
        team.hear(push('welcome to a helper'));
        expect(team.role).toBe('helper');
        expect(team.may('idea.hide')).toBe(true);
        for (const op of ['call', 'poll.open', 'agenda.set', 'desk.invite'] as const)
            expect(team.may(op satisfies Request['op'])).toBe(false);
        expect(team.sees('desk')).toBe(true);
        expect(team.sees('export')).toBe(false);
    });

    test('who_may_do_something_may_take_it_back', () => {
        const team = new Team();
        team.hear(push('welcome to a helper'));
        expect(team.mayTakeBack(act('idea.hide'))).toBe(true);
        expect(team.mayTakeBack(act('event.call'))).toBe(false);
        expect(team.mayTakeBack(act('event.set'))).toBe(false);
        team.hear(push('welcome to a moderator'));
        expect(team.mayTakeBack(act('event.call'))).toBe(true);
    });

    test('people_are_called_as_the_owner_named_them_or_by_role_and_number', () => {
        const team = new Team();
        team.hear(push('change: places at the desk'));
        expect(team.who('5')).toBe('Tür');
        expect(team.who('4')).toMatch(/2$/);
        expect(team.who('99')).toMatch(/99$/);
        team.hear(push('change: a place is revoked'));
        expect(team.who('5')).toBe('Tür');
        expect(team.places.find((place) => place.person === '5')?.revoked).toBeGreaterThan(0);
    });

    test('a_secret_is_43_characters_and_the_server_gets_its_hash', () => {
        const { token, hash } = newSecret(new Uint8Array(32).fill(0xfb));
        expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(hash).toBe(toHex(sha256(utf8(token))));
        expect(newSecret().token).not.toBe(newSecret().token);
        expect(deskLink(token).url).toMatch(new RegExp(`^http[^#]+/m#${token}$`));
    });
});

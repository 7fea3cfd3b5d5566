/* "Is my ballot in?": nothing is believed that can be computed. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ballotProof, lockOf } from '../src/lib/crypto/proof';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import type { Ballot, Poll, Result } from '../src/lib/net/protocol';
import { find, listHash } from '../src/lib/vote/inlist';
import type { Receipt } from '../src/lib/vote/votes.svelte';
import BallotIn from '../src/participant/BallotIn.svelte';
import type { Participant } from '../src/participant/participant.svelte';
import { poll, result } from './samples';

const secret = 'ab'.repeat(16);
const nonce = 'cd'.repeat(16);
const mine: Ballot = { ranking: [['2'], ['1']] };
const receipt: Receipt = {
    person: '1',
    uid: 'a'.repeat(32),
    counter: 1,
    ballot: mine,
    nonce,
    secret,
    proof: ballotProof('9', lockOf(secret), nonce, mine),
    pos: 1,
    counts: true,
};
const row = (ballot: Ballot, own = secret, other: object = {}) => {
    const lock = lockOf(own);
    return { proof: ballotProof('9', lock, nonce, ballot), nonce, lock, ballot, ...other };
};
const listOf = (...ballots: object[]): string => JSON.stringify({ v: 1, ballots });
const others = [
    row({ ranking: [] }, '01'.repeat(16)),
    row({ ranking: [['1']] }, '02'.repeat(16)),
];
const whole = listOf(others[0] as object, row(mine), others[1] as object);

describe('a ballot', () => {
    it('is in the list, under its proof and as it was cast', () => {
        expect(find('9', whole, listHash(whole), receipt)).toBe('in');
        expect(find('9', whole, '', receipt)).toBe('in');
    });

    it('is missing where it is not there, or stands there otherwise', () => {
        const changed = row({ ranking: [['1'], ['2']] }, secret, { proof: receipt.proof });
        for (const list of [
            listOf(...others),
            listOf(),
            listOf(changed),
            '{}',
            'no list',
            listOf({ proof: receipt.proof }),
        ])
            expect(find('9', list, listHash(list), receipt)).toBe('missing');
    });

    it('is missing for a receipt that says something else', () => {
        expect(find('9', whole, '', { ...receipt, ballot: { ranking: [['1']] } })).toBe(
            'missing',
        );
        expect(find('9', whole, '', { ...receipt, nonce: '00'.repeat(16) })).toBe('missing');
        expect(find('8', whole, '', receipt)).toBe('missing');
    });

    it('is found by the server’s proof where its secret was lost', () => {
        expect(find('9', whole, '', { ...receipt, secret: '' })).toBe('in');
    });

    it('proves nothing in another list than the sealed one', () => {
        expect(find('9', whole, listHash(listOf()), receipt)).toBe('other-list');
    });
});

describe('the question', () => {
    beforeEach(async () => {
        await startWords(de);
        await addWords('more');
        await chooseLocale('de');
    });

    const sealed = { state: 'sealed', published: true, sealed: listHash(whole) } as const;
    let become: (next: Partial<Poll>) => Promise<void>;
    const ask = async (
        more: Partial<Poll>,
        kept: Receipt | undefined = receipt,
        shown: Result | undefined = result('9'),
        unsure: Receipt | undefined = undefined,
    ) => {
        const fetched = vi
            .spyOn(globalThis, 'fetch')
            .mockImplementation(async () => new Response(whole));
        const participant = {
            session: { event: 'ABC129' },
            votes: { receiptOf: () => kept, unsureOf: () => unsure },
        } as unknown as Participant;
        const one = poll('9', { ...sealed, ...more });
        const view = render(BallotIn, { participant, poll: one, result: shown });
        become = (next) =>
            view.rerender({ participant, poll: { ...one, ...next }, result: shown });
        await fireEvent.click(
            screen.getByRole('button', { name: 'Ist mein Stimmzettel dabei?' }),
        );
        return fetched;
    };

    it('is answered by the published list', async () => {
        const fetched = await ask({});
        expect(await screen.findByText(/so wie du ihn abgegeben hast/)).toBeVisible();
        expect(fetched).toHaveBeenCalledWith('/ballots/ABC129/9');
    });

    it('gives something to show where the ballot is missing, and never the vote itself', async () => {
        await ask({}, { ...receipt, ballot: { ranking: [['4']] } });
        expect(await screen.findByText(/steht nicht in der Liste/)).toBeVisible();
        const details = screen.getByText(/Veranstaltung ABC129, Abstimmung 9/);
        expect(details).toHaveTextContent(receipt.proof);
        expect(details).toHaveTextContent(listHash(whole));
        expect(document.body).not.toHaveTextContent('Idea');
    });

    it('raises no alarm for a ballot that nobody acknowledged', async () => {
        const late = { ...receipt, ballot: { ranking: [['4']] } };
        await ask({}, { ...receipt, counts: false }, result('9'), late);
        expect(await screen.findByText(/erst nach dem Ende der Abstimmung/)).toBeVisible();
        expect(screen.queryByText(/Veranstaltung ABC129/)).toBeNull();
    });

    it('raises none where a third ballot between the two may count', async () => {
        const other = { ...receipt, ballot: { ranking: [['4']] } };
        await ask({}, other, result('9'), { ...other, ballot: { ranking: [['3']] } });
        expect(await screen.findByText(/erst nach dem Ende der Abstimmung/)).toBeVisible();
    });

    it('finds one that came in time after all, and else the one before it', async () => {
        await ask({}, { ...receipt, counts: false }, result('9'), receipt);
        expect(await screen.findByText(/so wie du ihn abgegeben hast/)).toBeVisible();
        cleanup();
        const late = { ...receipt, ballot: { ranking: [['4']] } };
        await ask({}, receipt, result('9'), late);
        expect(await screen.findByText(/so wie du ihn abgegeben hast/)).toBeVisible();
    });

    it('warns of a list that was not sealed so', async () => {
        await ask({ sealed: 'f'.repeat(64) });
        expect(await screen.findByText(/nicht die, die versiegelt wurde/)).toBeVisible();
    });

    it.each([
        ['before it is sealed', { state: 'closed' }, /noch nicht da/],
        ['before it is shown', { published: false }, /noch nicht da/],
        [
            'where only numbers are published',
            { publication: 'statistics' },
            /nicht veröffentlicht/,
        ],
    ] as const)('is answered honestly %s', async (_, more, words) => {
        const fetched = await ask(more);
        expect(await screen.findByText(words)).toBeVisible();
        expect(fetched).not.toHaveBeenCalled();
    });

    it('stands until the poll goes on', async () => {
        await ask({ published: false });
        await become({ question: 'Und jetzt?' });
        expect(screen.getByText(/noch nicht da/)).toBeVisible();
        await become({ published: true });
        expect(screen.queryByText(/noch nicht da/)).toBeNull();
    });

    it('says that too few voted for ballots to be published, and what the receipt means', async () => {
        await ask({}, receipt, result('9', { level: 'statistics' }));
        expect(await screen.findByText(/nicht veröffentlicht/)).toBeVisible();
        expect(screen.getByText(/Server hat deinen Stimmzettel gespeichert/)).toBeVisible();
    });

    it('has no answer without a receipt that counts', async () => {
        await ask({}, { ...receipt, counts: false });
        expect(await screen.findByText(/keine Quittung/)).toBeVisible();
    });

    it('can be asked again when the network was away', async () => {
        const fetched = await ask({});
        fetched.mockRejectedValueOnce(new TypeError('network'));
        await screen.findByText(/so wie du/);
        await fireEvent.click(
            screen.getByRole('button', { name: 'Ist mein Stimmzettel dabei?' }),
        );
        expect(await screen.findByText(/nicht zu erreichen/)).toBeVisible();
        await fireEvent.click(
            screen.getByRole('button', { name: 'Ist mein Stimmzettel dabei?' }),
        );
        expect(await screen.findByText(/so wie du/)).toBeVisible();
    });
});

/* Polls by shares and polls without one's own team: what that means for one person, for a form at
 * the desk, and for the numbers of a result. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, render, screen } from '@testing-library/svelte';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storyOf } from '../src/lib/charts/story';
import { figure, votes } from '../src/lib/charts/words';
import SharesResult from '../src/lib/charts/SharesResult.svelte';
import { whoDecides } from '../src/lib/charts/shares';
import { addWords, startWords, useLocale } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { emptyHall } from '../src/lib/net/hall';
import type { Hall } from '../src/lib/net/hall';
import type { Idea, Label, PaperBatch, Poll, Result } from '../src/lib/net/protocol';
import { mayNotVote } from '../src/lib/vote/mayNotVote';
import { ownOptions, shareOf, withoutOwn } from '../src/lib/vote/shares';
import { newPollDraft, faultOf, pollDraftOf, specOf } from '../src/moderator/pollDraft';
import { smallShare, smallShareWords } from '../src/moderator/smallShare';
import { sharesFit, sharesOut, sumOf, withPercent } from '../src/moderator/sharing';

const options = ['1', '2', '3'].map((option) => ({ option, title: `Idee ${option}` }));
const poll = (change: Partial<Poll> = {}): Poll =>
    ({ poll: '1', form: 'ranking', method: 'irv', options, ...change }) as Poll;
const idea = (id: string, change: Partial<Idea> = {}): Idea => ({
    idea: id,
    state: 'published',
    ...change,
});

beforeAll(async () => {
    await startWords(de);
    await useLocale('de');
});

describe('a share', () => {
    const shared = poll({
        shares: [{ group: '7', percent: 60 }, { percent: 40 }],
    });

    it('is that of one’s group, else of everybody else', () => {
        expect(shareOf(shared, '7')?.percent).toBe(60);
        expect(shareOf(shared, '8')?.percent).toBe(40);
        expect(shareOf(shared, undefined)?.percent).toBe(40);
        expect(mayNotVote(shared, undefined)).toBe(false);
    });

    it('that nobody else has leaves them without a vote', () => {
        const jury = poll({ shares: [{ group: '7', percent: 100 }] });
        expect(mayNotVote(jury, { person: '1', group: '7' })).toBe(false);
        expect(mayNotVote(jury, { person: '1', group: '8' })).toBe(true);
        expect(mayNotVote(jury, undefined)).toBe(true);
        expect(mayNotVote(poll(), undefined)).toBe(false);
    });
});

describe('a poll for those who were there', () => {
    const closed = poll({ no_late: true, last_person: '9' });

    it('is not for who came after its opening', () => {
        expect(mayNotVote(closed, { person: '9' })).toBe(false);
        expect(mayNotVote(closed, { person: '10' })).toBe(true);
        expect(mayNotVote(poll({ last_person: '9' }), { person: '10' })).toBe(false);
    });
});

describe('nobody’s own', () => {
    const hall = {
        ideas: new Map([['9', idea('9', { state: 'merged', into: '2' })]]),
        me: { person: '5', group: '7', ideas: [idea('9', { state: 'merged', into: '2' })] },
    };

    it('is one’s team’s idea, one’s own, and what an own one was merged into', () => {
        const teams = { '1': ['7', '8'], '3': ['8'] };
        expect(ownOptions(poll({ no_own: true, teams }), hall)).toEqual(['1', '2']);
        const alone = { ideas: new Map(), me: { person: '5', ideas: [idea('3')] } };
        expect(ownOptions(poll({ no_own: true, teams }), alone)).toEqual(['3']);
    });

    it('is asked only where the poll says so', () => {
        expect(ownOptions(poll({ teams: { '1': ['7'] } }), hall)).toEqual([]);
        expect(ownOptions(poll({ no_own: true }), undefined)).toEqual([]);
        expect(ownOptions(poll({ no_own: true }), emptyHall)).toEqual([]);
    });

    it('is not on the ballot', () => {
        const open = poll({ no_own: true });
        expect(withoutOwn(open, [])).toBe(open);
        expect(withoutOwn(open, ['2']).options.map(({ option }) => option)).toEqual(['1', '3']);
    });
});

describe('shares that are typed', () => {
    const half = [{ group: '7', percent: 50 }, { percent: 50 }];

    it('fill up to a hundred where there are two', () => {
        expect(withPercent(half, '7', 30)).toEqual([
            { group: '7', percent: 30 },
            { percent: 70 },
        ]);
        expect(withPercent(half, undefined, 101)).toEqual([
            { group: '7', percent: 0 },
            { percent: 100 },
        ]);
    });

    it('are left as typed where there are more, everybody else last', () => {
        const three = withPercent(half, '8', 20);
        expect(three).toEqual([
            { group: '7', percent: 50 },
            { group: '8', percent: 20 },
            { percent: 50 },
        ]);
        expect(sumOf(three)).toBe(120);
        expect(sharesFit(three)).toBe(false);
        expect(sharesFit(withPercent(three, undefined, 30))).toBe(true);
    });

    it('go out without those that have nothing', () => {
        expect(sharesOut(withPercent(half, '7', 100))).toEqual([{ group: '7', percent: 100 }]);
        expect(sharesFit([])).toBe(true);
    });

    it('are part of a poll that is made, and of one that is changed', () => {
        const draft = { ...newPollDraft('de', ['1', '2']), question: 'Was?', live: true };
        expect(specOf(draft)).not.toHaveProperty('shares');
        expect(specOf(draft)).not.toHaveProperty('no_own');
        const shared = { ...draft, shares: half, noOwn: true };
        expect(specOf(shared)).toMatchObject({ shares: half, no_own: true, live: false });
        expect(faultOf(shared)).toBeNull();
        expect(faultOf({ ...shared, shares: [{ percent: 99 }] })).toBe('poll.fault.shares');
        expect(pollDraftOf(poll({ shares: half, no_own: true }))).toMatchObject({
            shares: half,
            noOwn: true,
        });
        expect(specOf({ ...shared, form: 'yesno', options: [] })).not.toHaveProperty('no_own');
    });
});

describe('a result by shares', () => {
    const result = (method: string, of?: number): Result =>
        ({ method, ballots: 9, ...(of === undefined ? {} : { of }) }) as Result;

    it('tells votes in per cent of all weight', () => {
        expect(votes(result('irv', 12), 9)).toBe('75\u00a0%');
        expect(votes(result('irv', 12), '1')).toBe('8,3\u00a0%');
        expect(votes(result('irv'), '1')).toBe('1');
        expect(figure(result('irv', 12), '3')).toBe('25\u00a0%');
    });

    it('tells points as everybody’s mean, and won duels as they are', () => {
        expect(figure(result('score', 12), '30')).toBe('2,5');
        expect(figure(result('borda', 12), '18')).toBe('1,5');
        expect(figure(result('copeland', 12), '2')).toBe('2');
        expect(figure(result('score'), '30')).toBe('30');
    });

    it('shows each share on the wall before the common count', () => {
        const shares = [
            { percent: 50, group: '7', ballots: 3, winners: ['1'], ranking: [['1']] },
            { percent: 50, ballots: 6, winners: ['2'], ranking: [['2']] },
        ];
        const told = { ...result('irv', 12), winners: ['1'], ranking: [['1'], ['2']], shares };
        expect(storyOf(poll(), told as Result).map(({ is }) => is)).toEqual([
            'intro',
            'shares',
            'podium',
        ]);
    });
});

describe('what is said of shares', () => {
    const groups = [{ label: '7', name: 'Jury', lang: 'de' }] as Label[];
    const half = [{ group: '7', percent: 50 }, { percent: 50 }];
    const one = { percent: 50, winners: [], ranking: [] };
    const shown = (shares: object[], ballots: number) => {
        const result = { method: 'irv', ballots, winners: [], ranking: [], shares };
        const told = result as unknown as Result;
        render(SharesResult, { poll: poll({ shares: half }), result: told, groups, max: 9 });
        return screen.getAllByRole('region').map((region) => region.textContent);
    };
    beforeEach(() => addWords('more').then(() => addWords('shares')));

    it('names who decides how much, or who alone votes', () => {
        expect(whoDecides(poll({ shares: half }), groups)).toMatch(
            /^Jury 50\s% · Alle anderen 50\s%$/,
        );
        expect(whoDecides(poll({ shares: [{ group: '7', percent: 100 }] }), groups)).toBe(
            'Hier stimmt nur ab: Jury',
        );
        expect(whoDecides(poll(), groups)).toBe('');
    });

    it('tells where the part of a group went in which nobody voted', () => {
        const [jury, others] = shown(
            [
                { ...one, group: '7', ballots: 0 },
                { ...one, ballots: 4, ranking: [['1']] },
            ],
            4,
        );
        expect(jury).toContain('Niemand hat abgestimmt. Ihr Teil ging an die anderen.');
        expect(others).not.toContain('Wird nicht gezeigt');
    });

    it('tells why a ranking is missing, and of no others where nobody voted at all', () => {
        const [lone] = shown([{ ...one, group: '7', ballots: 1 }], 1);
        expect(lone).toContain('damit niemandes Stimme zu erkennen ist');
        cleanup();
        expect(shown([{ ...one, ballots: 0 }], 0)[0]).not.toContain('Ihr Teil');
    });
});

describe('a small share', () => {
    const two = poll({
        shares: [{ group: '7', percent: 50 }, { percent: 50 }],
        publication: 'ballots',
        ranks: 3,
        ties: false,
    });
    const batch = (share: number, ballots: number, state: PaperBatch['state']): PaperBatch => ({
        batch: '1',
        poll: '1',
        state,
        share,
        ballots,
    });

    it('is the smallest that anybody voted in, phones and confirmed paper together', () => {
        expect(smallShare(two, [1, 40], [])).toEqual({ at: 0, ballots: 1, is: 'one' });
        expect(smallShare(two, [40, 4], [])).toEqual({ at: 1, ballots: 4, is: 'few' });
        expect(smallShare(two, [0, 1], [])).toEqual({ at: 1, ballots: 1, is: 'one' });
        const papers = [
            batch(1, 3, 'confirmed'),
            batch(1, 9, 'waiting'),
            batch(2, 1, 'dropped'),
        ];
        expect(smallShare(two, [1, 40], papers)).toEqual({ at: 0, ballots: 4, is: 'few' });
        expect(smallShare(two, [0, 0], [])).toBeNull();
        expect(smallShare(two, [], [])).toBeNull();
        expect(smallShare(poll(), [1], [])).toBeNull();
    });

    it('keeps the ballots back only where they would be given out', () => {
        expect(smallShare(two, [5, 40], [])).toEqual({ at: 0, ballots: 5, is: 'hidden' });
        expect(smallShare(two, [20, 40], [])).toBeNull();
        expect(smallShare({ ...two, publication: 'statistics' }, [5, 40], [])).toBeNull();
        expect(smallShare({ ...two, no_own: true }, [5, 40], [])).toBeNull();
    });

    it('has the server’s numbers', () => {
        const bounds = readFileSync(join(process.cwd(), '../server/base/bounds.h'), 'utf8');
        expect(bounds).toMatch(/PUBLISH_STATISTICS_MIN 5\b/);
        expect(bounds).toMatch(/PUBLISH_BALLOTS_MIN 20\b/);
        expect(bounds).toMatch(/PUBLISH_SHARE_MIN 2\b/);
    });

    it('is named in words', async () => {
        await addWords('shares');
        await addWords('desk');
        const event = { groups: [{ label: '7', name: 'Jury', lang: 'de' }] };
        const words = (voted_by: number[]): string => {
            const live = { polls: [{ poll: '1', voted: 41, voted_by }] };
            return smallShareWords({ ...emptyHall, event, live } as unknown as Hall, two, []);
        };
        expect(words([1, 40])).toMatch(/^Aus „Jury“ gibt es nur einen Stimmzettel/);
        expect(words([40, 3])).toMatch(/^Aus „Alle anderen“ gibt es nur 3 Stimmzettel/);
        expect(words([40, 40])).toBe('');
    });
});

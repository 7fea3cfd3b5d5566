/* A poll that makes itself: what fits it, and the best of another one. */
import { describe, expect, it } from 'vitest';
import { applyChange, emptyHall } from '../src/lib/net/hall';
import type { Hall } from '../src/lib/net/hall';
import type { EventInfo, Idea, Phase, Poll } from '../src/lib/net/protocol';
import { nextStep, rankPhaseFor } from '../src/moderator/agenda/steps';
import { bestOf, givesBest, placesOf, suggested } from '../src/moderator/best';
import { fitting, reasonOf } from '../src/moderator/fitting';
import { peopleKnown } from '../src/moderator/people';
import {
    changed,
    newPollDraft,
    pollDraftOf,
    specOf,
    withForm,
} from '../src/moderator/pollDraft';
import { pollOfDraft, Rehearsal } from '../src/moderator/preview.svelte';
import { ofTag, tagged, withTag } from '../src/moderator/tagged';
import { idea, poll } from './samples';

const ids = (n: number): string[] => Array.from({ length: n }, (_, i) => String(i + 1));

describe('what fits a poll', () => {
    it('is a ranking of three places, hidden until the end, whose ballots can be published', () => {
        expect(fitting(8, null)).toMatchObject({
            form: 'ranking',
            method: 'ranked-pairs-wv',
            ranks: 3,
            ties: false,
            live: false,
            publication: 'ballots',
        });
    });

    it('is one choice between two', () => {
        expect(fitting(2, null)).toMatchObject({ method: 'plurality', ranks: 1 });
        expect(reasonOf('ranking', 2)).toBe('two');
        expect(reasonOf('ranking', 3)).toBe('ranking');
        expect(reasonOf('dots', 2)).toBe('dots');
    });

    it('is dots where there are too many to rank, the more the more', () => {
        expect(fitting(12, null).form).toBe('ranking');
        expect(fitting(13, null)).toMatchObject({ form: 'dots', method: 'score', dots: 5 });
        expect(fitting(24, null).dots).toBe(8);
        expect(fitting(200, null).dots).toBe(10);
    });

    it('has more places in a hall so small that no ballot is published', () => {
        expect(fitting(8, 19)).toMatchObject({ ranks: 5, publication: 'statistics' });
        expect(fitting(8, 20)).toMatchObject({ ranks: 3, publication: 'ballots' });
        expect(fitting(4, 10).ranks).toBe(4);
    });

    it('promises ballots only where the server would ever show them', () => {
        const level = (form: Poll['form'], options: number) =>
            fitting(options, null, form).publication;
        expect([level('approval', 5), level('approval', 6)]).toEqual(['ballots', 'statistics']);
        expect([level('score', 3), level('score', 4)]).toEqual(['ballots', 'statistics']);
        expect([level('dots', 3), level('dots', 4)]).toEqual(['ballots', 'statistics']);
        expect(level('yesno', 0)).toBe('ballots');
    });

    it('knows how many people there can be from tickets alone', () => {
        const event = { mode: 'ticket' } as EventInfo;
        const live = { op: 'live', online: 0, joined: 3, tickets: 18 } as const;
        expect(peopleKnown({ ...emptyHall, event, live })).toBe(18);
        expect(peopleKnown({ ...emptyHall, event, live: { ...live, tickets: 0 } })).toBeNull();
        expect(peopleKnown({ ...emptyHall, event, live: { ...live, voided: 6 } })).toBe(12);
        expect(
            peopleKnown({ ...emptyHall, event: { ...event, mode: 'open' }, live }),
        ).toBeNull();
    });
});

describe('a draft', () => {
    it('follows its options, but not in what was chosen by hand', () => {
        const few = newPollDraft('de', ids(4));
        expect(changed(few, { options: ids(20) })).toMatchObject({ form: 'dots', dots: 7 });
        const chosen = changed(few, { ranks: 2 });
        expect(changed(chosen, { options: ids(9) })).toMatchObject({
            form: 'ranking',
            ranks: 2,
        });
        const ranked = withForm(few, 'ranking');
        expect(changed(ranked, { options: ids(20) })).toMatchObject({
            form: 'ranking',
            ranks: 3,
        });
        expect(changed(few, { question: 'Was?' }).own).toEqual([]);
    });

    it('is about yes or no where one idea was chosen', () => {
        expect(newPollDraft('de', ['7'])).toMatchObject({ form: 'yesno', method: 'plurality' });
        expect(newPollDraft('de', []).form).toBe('ranking');
    });

    it('that was kept stays as it is', () => {
        const kept = pollDraftOf(poll('7', { ranks: 2, method: 'irv' }));
        expect(specOf(changed(kept, { options: ids(20) }))).toMatchObject({
            form: 'ranking',
            method: 'irv',
            ranks: 2,
        });
    });
});

const shortlist = poll('1', { state: 'closed', form: 'dots', dots: 5 });

function hallWith(ideas: Idea[], polls: Poll[] = [], agenda: Phase[] = [], phase = '1'): Hall {
    const event = { agenda, phase } as unknown as EventInfo;
    return applyChange(emptyHall, { op: 'change', from: 0, pos: 5, event, ideas, polls }).hall;
}

describe('the best of a poll', () => {
    it('are about half of it, three at least and seven at most', () => {
        expect([2, 3, 4, 8, 14, 40].map(suggested)).toEqual([2, 3, 3, 4, 7, 7]);
    });

    it('are there once it is over and valid', () => {
        expect(givesBest(shortlist)).toBe(true);
        expect(givesBest({ ...shortlist, state: 'open' })).toBe(false);
        expect(givesBest({ ...shortlist, annulled: true })).toBe(false);
        expect(givesBest({ ...shortlist, form: 'yesno' })).toBe(false);
    });

    it('are the first of the ranking', () => {
        expect(bestOf([['3'], ['1', '2'], ['4']], 3)).toEqual({
            options: ['3', '1', '2'],
            tied: 'no',
        });
    });

    it('are more where the border falls among equals', () => {
        expect(bestOf([['3'], ['1'], ['2', '4', '5']], 3)).toEqual({
            options: ['3', '1', '2', '4', '5'],
            tied: 'taken',
        });
    });

    it('leave out equals that are too many', () => {
        expect(bestOf([['a'], ['b'], ids(5)], 3)).toEqual({
            options: ['a', 'b'],
            tied: 'left',
        });
        expect(bestOf([ids(30)], 3).options).toEqual(ids(30));
        expect(bestOf([['a'], ids(30)], 3).options).toHaveLength(31);
        expect(bestOf([ids(300)], 3).options).toHaveLength(200);
        expect(bestOf([], 3)).toEqual({ options: [], tied: 'no' });
    });

    it('are what can still be seen, a merged idea under the one it went into', () => {
        const hall = hallWith([
            idea('1'),
            idea('2', { state: 'hidden' }),
            idea('3', { state: 'merged', into: '4' }),
            idea('4'),
        ]);
        expect(placesOf(hall, [['2'], ['3', '9'], ['1', '4']])).toEqual([['4'], ['1']]);
    });
});

describe('the agenda', () => {
    const agenda: Phase[] = [
        { phase: '1', is: 'shortlist', minutes: 5, poll: '1' },
        { phase: '2', is: 'rank', minutes: 5 },
        { phase: '3', is: 'award', minutes: 5 },
    ];
    const shown = { ...shortlist, published: true };

    it('offers the best of the shortlist for its rank phase, on the way there and in it', () => {
        const hall = hallWith([], [shown], agenda);
        expect(nextStep(hall)).toMatchObject({ is: 'best', poll: { poll: '1' } });
        expect(rankPhaseFor(hall)?.phase).toBe('2');
        expect(nextStep(hallWith([], [shown], agenda, '2'))).toMatchObject({ is: 'best' });
    });

    it('shows the result before', () => {
        expect(nextStep(hallWith([], [shortlist], agenda))).toMatchObject({ is: 'publish' });
    });

    it('does not offer it where the phase has its poll, or somebody made a draft', () => {
        const draft = poll('2', { state: 'draft' });
        expect(nextStep(hallWith([], [shown, draft], agenda))).toMatchObject({ is: 'start' });
        const planned = agenda.map((phase) =>
            phase.is === 'rank' ? { ...phase, poll: '2' } : phase,
        );
        expect(nextStep(hallWith([], [shown, draft], planned))).toMatchObject({ is: 'start' });
    });

    it('takes the newest poll by dots where none was planned', () => {
        const loose = agenda.map(({ poll: _, ...phase }) => phase);
        const newer = poll('9', { state: 'sealed', form: 'dots', published: true });
        expect(nextStep(hallWith([], [newer, shown], loose))).toMatchObject({
            is: 'best',
            poll: { poll: '9' },
        });
        const ranked = poll('9', { state: 'closed', published: true });
        expect(nextStep(hallWith([], [ranked], loose))).toMatchObject({ is: 'start' });
    });
});

describe('options from a tag', () => {
    const ideas = [idea('1', { tags: ['5'] }), idea('2'), idea('3', { tags: ['5', '6'] })];
    const tags = [
        { label: '5', name: 'Verkehr', lang: 'de' },
        { label: '7', name: 'Kultur', lang: 'de' },
    ];

    it('are all ideas that have it, and tags that none has are not offered', () => {
        expect(ofTag(ideas, '5')).toEqual(['1', '3']);
        expect(tagged(tags, ideas).map((tag) => tag.label)).toEqual(['5']);
    });

    it('come with one tap and go with the next', () => {
        expect(withTag(['2', '3'], ['1', '3'])).toEqual(['2', '3', '1']);
        expect(withTag(['2', '3', '1'], ['1', '3'])).toEqual(['2']);
    });
});

describe('the preview', () => {
    it('shows the poll as phones will have it', () => {
        const hall = hallWith([idea('1', { drawing: 'd'.repeat(32) }), idea('2')]);
        const draft = { ...newPollDraft('de', ['1', '2', '9']), question: ' Was? ' };
        expect(pollOfDraft(draft, hall)).toMatchObject({
            state: 'open',
            question: 'Was?',
            form: 'ranking',
            options: [
                { option: '1', title: 'Idea 1', drawing: 'd'.repeat(32) },
                { option: '2', title: 'Idea 2' },
            ],
        });
        const yesno = pollOfDraft(newPollDraft('de', ['2']), hall);
        expect(yesno.about).toMatchObject({ option: '2' });
        expect(yesno.options.map((option) => option.code)).toEqual(['yes', 'no']);
    });

    it('keeps what is filled in to itself', () => {
        const { votes, session } = new Rehearsal();
        votes?.setDraft('preview', { step: 'review' });
        expect(votes?.drafts.get('preview')).toEqual({ step: 'review' });
        expect(session).toBeNull();
    });
});

// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { ballotOf, chosenCount, draftOf, emptyDraft, readDraft } from '../src/lib/vote/draft';
import {
    isFull,
    moveBy,
    moveTo,
    placeOf,
    rankedCount,
    sanitized,
    tieWithAbove,
    toggle,
    without,
} from '../src/lib/vote/ranking';
import { byMost, pointsOf, sumOf, withDots, withPoints } from '../src/lib/vote/points';
import type { Points } from '../src/lib/vote/points';
import { matches } from '../src/lib/vote/search';
import { shuffled } from '../src/lib/vote/shuffle';
import { textLength } from '../src/lib/vote/text';
import { poll } from './samples';

const rules = { ranks: 3, ties: false };
const abc = [['a'], ['b'], ['c']];

describe('a ranking', () => {
    it('grows with each tap and shrinks with the second', () => {
        const one = toggle(toggle([], 'a', rules), 'b', rules);
        expect(one).toEqual([['a'], ['b']]);
        expect(toggle(one, 'a', rules)).toEqual([['b']]);
    });

    it('takes no more than there are places', () => {
        expect(isFull(abc, rules)).toBe(true);
        expect(toggle(abc, 'd', rules)).toBe(abc);
    });

    it('knows places from 1, and 0 for what is not ranked', () => {
        expect([placeOf(abc, 'c'), placeOf(abc, 'd')]).toEqual([3, 0]);
    });

    it('moves one up or down and not over the ends', () => {
        expect(moveBy(abc, 'b', -1, rules)).toEqual([['b'], ['a'], ['c']]);
        expect(moveBy(abc, 'b', 1, rules)).toEqual([['a'], ['c'], ['b']]);
        expect(moveBy(abc, 'a', -1, rules)).toEqual(abc);
        expect(moveBy(abc, 'c', 1, rules)).toEqual(abc);
        expect(moveBy(abc, 'd', 1, rules)).toEqual(abc);
    });

    it('moves to a place', () => {
        expect(moveTo(abc, 'c', 1)).toEqual([['c'], ['a'], ['b']]);
        expect(moveTo(abc, 'a', 99)).toEqual([['b'], ['c'], ['a']]);
    });

    it('ties with the one above, and comes out of a tie to a place beside it', () => {
        const tied = tieWithAbove(abc, 'b');
        expect(tied).toEqual([['a', 'b'], ['c']]);
        expect(moveBy(tied, 'b', -1, rules)).toEqual([['b'], ['a'], ['c']]);
        expect(moveBy(tied, 'a', 1, rules)).toEqual([['b'], ['a'], ['c']]);
        expect(tieWithAbove(abc, 'a')).toEqual(abc);
    });

    it('stays tied where there is no room for one more place', () => {
        const full = [['a', 'b'], ['c'], ['d']];
        expect(moveBy(full, 'b', 1, rules)).toEqual(full);
    });

    it('loses a place with its last idea', () => {
        expect(without(abc, 'b')).toEqual([['a'], ['c']]);
        expect(rankedCount(without([['a', 'b']], 'a'))).toBe(1);
    });

    it('is mended when the poll has changed since', () => {
        expect(sanitized([['a', 'x'], ['a'], ['b']], ['a', 'b'], rules)).toEqual([
            ['a'],
            ['b'],
        ]);
        expect(sanitized([['a', 'b']], ['a', 'b'], rules)).toEqual([['a'], ['b']]);
        expect(sanitized([['a', 'b']], ['a', 'b'], { ranks: 3, ties: true })).toEqual([
            ['a', 'b'],
        ]);
        expect(
            sanitized([['a'], ['b'], ['c']], ['a', 'b', 'c'], { ranks: 2, ties: false }),
        ).toEqual([['a'], ['b']]);
        expect(sanitized('nonsense', ['a'], rules)).toEqual([]);
    });

    it('never has an idea twice, nor an empty or a needless place, whatever is done', () => {
        let seed = 1;
        const dice = (sides: number) => (seed = (seed * 48_271) % 2_147_483_647) % sides;
        let ranking: readonly (readonly string[])[] = [];
        for (let i = 0; i < 5000; i++) {
            const id = 'abcdef'.charAt(dice(6));
            const deeds = [
                () => toggle(ranking, id, rules),
                () => moveBy(ranking, id, -1, rules),
                () => moveBy(ranking, id, 1, rules),
                () => (placeOf(ranking, id) ? moveTo(ranking, id, 1 + dice(4)) : ranking),
                () => tieWithAbove(ranking, id),
                () => without(ranking, id),
            ];
            const next = (deeds[dice(deeds.length)] as () => typeof ranking)();
            if (next.length <= rules.ranks) ranking = next;
            const ids = ranking.flat();
            expect(new Set(ids).size).toBe(ids.length);
            expect(ranking.every((place) => place.length > 0)).toBe(true);
        }
    });
});

describe('points', () => {
    const options = ['c', 'a', 'b'].map((option) => ({ option }));

    it('are given, changed and taken back; no opinion is not 0', () => {
        const one = withPoints([], 'a', 0);
        expect([pointsOf(one, 'a'), pointsOf(one, 'b')]).toEqual([0, null]);
        expect(withPoints(one, 'a', 4)).toEqual([['a', 4]]);
        expect(withPoints(one, 'a', null)).toEqual([]);
    });

    it('stand with the most first, equals as on the ballot paper', () => {
        const given: [string, number][] = [
            ['a', 2],
            ['b', 5],
            ['c', 2],
        ];
        expect(byMost(given, options).map(([id]) => id)).toEqual(['b', 'c', 'a']);
    });

    it('of dots never are more than there are, nor less than none, whatever is pressed', () => {
        let seed = 1;
        const dice = (sides: number) => (seed = (seed * 48_271) % 2_147_483_647) % sides;
        let given: Points = [];
        for (let i = 0; i < 5000; i++) {
            const id = 'abc'.charAt(dice(3));
            const step = dice(2) === 0 ? -1 : 1;
            const next = withDots(given, id, step, 5);
            const change = sumOf(next) - sumOf(given);
            expect(change === 0 ? next === given : change === step).toBe(true);
            given = next;
            expect(sumOf(given)).toBeLessThanOrEqual(5);
            expect(given.every(([, dots]) => dots > 0)).toBe(true);
            expect(new Set(given.map(([one]) => one)).size).toBe(given.length);
        }
    });
});

describe('a draft', () => {
    it('comes back as it was, as far as it still fits', () => {
        const draft = {
            step: 'order',
            ranking: [['1'], ['9'], ['2']],
            approval: ['1', '1', '9'],
            answer: 'yes',
            points: [
                ['1', 0],
                ['9', 3],
            ],
        };
        expect(readDraft(draft, poll('1'))).toEqual({
            step: 'order',
            ranking: [['1'], ['2']],
            approval: ['1'],
            answer: 'yes',
            points: [['1', 0]],
        });
    });

    it('has no points that its form has not, and of too many dots none', () => {
        const given = (points: unknown, more: Parameters<typeof poll>[1]) =>
            readDraft({ points }, poll('1', more)).points;
        const odd = [
            ['1', 5],
            ['2', 6],
            ['3', -1],
            ['4', 1.5],
            ['2', '3'],
        ];
        expect(given(odd, { form: 'score' })).toEqual([['1', 5]]);
        const dots = [
            ['1', 3],
            ['2', 0],
            ['9', 4],
            ['4', 2],
        ];
        expect(given(dots, { form: 'dots', dots: 5 })).toEqual([
            ['1', 3],
            ['4', 2],
        ]);
        expect(given(dots, { form: 'dots', dots: 4 })).toEqual([]);
        expect(given('nonsense', { form: 'dots', dots: 4 })).toEqual([]);
    });

    it('begins anew when nothing of it is left', () => {
        expect(
            readDraft({ step: 'review', points: [['9', 1]] }, poll('1', { form: 'dots' })).step,
        ).toBe('choose');
        expect(readDraft({ step: 'review' }, poll('1', { form: 'score' })).step).toBe('review');
        expect(readDraft({ step: 'review', ranking: [['9']] }, poll('1')).step).toBe('choose');
        expect(readDraft(undefined, poll('1'))).toEqual(emptyDraft);
    });

    it('becomes the ballot of its form', () => {
        const draft = {
            ...emptyDraft,
            ranking: [['2'], ['1']],
            approval: ['3'],
            answer: 'no' as const,
        };
        expect(ballotOf(draft, poll('1'))).toEqual({ ranking: [['2'], ['1']] });
        expect(ballotOf(draft, poll('1', { form: 'approval' }))).toEqual({ approval: ['3'] });
        expect(ballotOf(draft, poll('1', { form: 'yesno' }))).toEqual({ answer: 'no' });
        const points = { ...emptyDraft, points: [['2', 0]] as [string, number][] };
        expect(ballotOf(points, poll('1', { form: 'score' }))).toEqual({ score: [['2', 0]] });
        expect(ballotOf(emptyDraft, poll('1', { form: 'dots' }))).toEqual({ dots: [] });
        expect(ballotOf(emptyDraft, poll('1'))).toEqual({ ranking: [] });
        expect(ballotOf(emptyDraft, poll('1', { form: 'yesno' }))).toEqual({
            answer: 'abstain',
        });
    });

    it('is made of a ballot that is to be changed', () => {
        expect(draftOf({ ranking: [['1']] }).ranking).toEqual([['1']]);
        expect(draftOf({ approval: ['1'] }).approval).toEqual(['1']);
        expect(draftOf({ answer: 'yes' }).answer).toBe('yes');
        expect(draftOf({ score: [['1', 0]] }).points).toEqual([['1', 0]]);
        expect(draftOf({ dots: [['2', 3]] }).points).toEqual([['2', 3]]);
        expect(draftOf(undefined)).toEqual(emptyDraft);
    });

    it('counts what is chosen', () => {
        expect(chosenCount({ ...emptyDraft, ranking: [['1', '2'], ['3']] }, poll('1'))).toBe(3);
        expect(chosenCount({ ...emptyDraft, answer: 'no' }, poll('1', { form: 'yesno' }))).toBe(
            1,
        );
    });
});

describe('the order of ideas on a phone', () => {
    const ids = Array.from({ length: 40 }, (_, i) => String(i));
    const order = (seed: string, items = ids) => shuffled(items, seed, (id) => id);

    it('stays the same, and an idea more moves no other', () => {
        expect(order('s')).toEqual(order('s'));
        expect(order('s', [...ids, 'new']).filter((id) => id !== 'new')).toEqual(order('s'));
    });

    it('is another one on another phone, and fair to all', () => {
        expect(order('s')).not.toEqual(order('t'));
        const firsts = new Set(Array.from({ length: 400 }, (_, i) => order(`seed ${i}`)[0]));
        expect(firsts.size).toBeGreaterThan(30);
    });
});

describe('the search', () => {
    it('minds neither case nor accents, and wants every word', () => {
        expect(matches('banke PARK', 'Mehr Bänke im Stadtpark')).toBe(true);
        expect(matches('strasse', 'Straße')).toBe(true);
        expect(matches('bänke kino', 'Mehr Bänke')).toBe(false);
        expect(matches('', 'anything', undefined)).toBe(true);
    });
});

describe('the length of a text', () => {
    it('is counted in code points of its composed form, as the server does', () => {
        expect(textLength('a\u0308')).toBe(1);
        expect(textLength('👍🏽')).toBe(2);
    });
});

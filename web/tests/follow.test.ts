/* What became of ideas: days, addresses, what the wall names. */
import { describe, expect, it } from 'vitest';
import { pathOf, readAddress } from '../src/followup/page';
import { dayWords, isOverdue, today } from '../src/lib/follow/day';
import { emptyHall } from '../src/lib/net/hall';
import type { Step } from '../src/lib/net/protocol';
import { followedFirst } from '../src/stage/scene';
import { idea, poll, result } from './samples';

const step = (next?: string): Step => ({ state: 'pilot', at: 0, ...(next ? { next } : {}) });

describe('a day', () => {
    it('is over when the next one has begun, where the reader is', () => {
        expect(today(new Date(2027, 2, 1, 23, 59))).toBe('2027-03-01');
        expect(isOverdue(step('2027-03-01'), '2027-03-01')).toBe(false);
        expect(isOverdue(step('2027-03-01'), '2027-03-02')).toBe(true);
        expect(isOverdue(step(), '2027-03-02')).toBe(false);
    });

    it('is the same in every zone', () => {
        expect(dayWords('2027-03-01')).toBe('1. März 2027');
    });
});

describe('an address', () => {
    it('is read as it was printed or typed', () => {
        expect(readAddress('/i/abc123/12')).toEqual({ event: 'ABC123', idea: '12' });
        expect(readAddress('/i/ABC123')).toEqual({ event: 'ABC123', idea: '' });
        expect(readAddress('/i/ABC123/')).toEqual({ event: 'ABC123', idea: '' });
        expect(pathOf({ event: 'ABC123', idea: '12' })).toBe('/i/ABC123/12');
        expect(pathOf({ event: 'ABC123', idea: '' })).toBe('/i/ABC123');
    });
});

describe('the thanks on the wall', () => {
    it('name winners first, then other ideas of which something was said, each once', () => {
        const hall = {
            ...emptyHall,
            ideas: new Map(
                [
                    idea('1', { follow: step() }),
                    idea('2'),
                    idea('3', { follow: step() }),
                    idea('4'),
                    idea('5', { state: 'hidden', follow: step() }),
                ].map((one) => [one.idea, one]),
            ),
            polls: new Map([['7', poll('7', { state: 'closed', published: true })]]),
            results: new Map([['7', result('7', { winners: ['2', '3'] })]]),
        };
        expect(followedFirst(hall).map((one) => one.idea)).toEqual(['3', '2', '1']);
    });
});

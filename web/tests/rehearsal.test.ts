/* A rehearsal in plain words. */
import { describe, expect, it } from 'vitest';
import { Rehearsal, usualPeople } from '../src/moderator/rehearsal/rehearsal.svelte';
import type { Told } from '../src/moderator/rehearsal/rehearsal.svelte';
import { findings, remarks, seconds } from '../src/moderator/rehearsal/verdict';

const figures = { arrived: 100, ballots: 134, receipts: 134, lost: 0, doubled: 0, foreign: 0 };
const done = (more: Partial<Told> = {}): Told => ({
    op: 'rehearsal',
    state: 'done',
    phones: 100,
    at: 1_790_000_000_000,
    verdict: 'ready',
    flaws: [],
    figures,
    ...more,
});
const said = (told: Told) => findings(told, (ms) => `${ms} ms`);
const advised = (told: Told) => said(told).flatMap(({ advice }) => advice ?? []);

describe('a verdict', () => {
    it('has five findings, and no advice where all is well', () => {
        expect(said(done()).map(({ says }) => says)).toEqual([
            'rehearse.says.in',
            'rehearse.says.vote',
            'rehearse.says.kept',
            'rehearse.says.news',
            'rehearse.says.back',
        ]);
        expect(advised(done())).toEqual([]);
    });

    it('says what to do about each flaw', () => {
        expect(advised(done({ flaws: ['slow-arrive'] }))).toEqual(['rehearse.advice.in']);
        expect(advised(done({ flaws: ['slow-receipt', 'slow-push'] }))).toEqual([
            'rehearse.advice.vote',
            'rehearse.advice.news',
        ]);
        expect(advised(done({ flaws: ['lines-lost'] }))).toEqual(['rehearse.advice.back']);
    });

    it('says plainly when votes are lost, unconfirmed or not looked for', () => {
        const says = (told: Told) => said(told).map((one) => one.says);
        const lost = done({ flaws: ['lost'], figures: { ...figures, lost: 2 } });
        expect(says(lost)).toContain('rehearse.says.lost');
        expect(advised(lost)).toEqual(['rehearse.advice.kept']);
        const unstored = done({ flaws: ['not-stored'], figures: { ...figures, receipts: 99 } });
        expect(says(unstored)).toContain('rehearse.says.unstored');
        expect(says(done({ flaws: ['unchecked'] }))).toContain('rehearse.says.unchecked');
        const away = done({ flaws: ['not-back'], figures: { ...figures, not_back: 3 } });
        expect(says(away)).toContain('rehearse.says.away');
    });

    it('says when the machine itself was late, and when something was refused', () => {
        expect(remarks(done({ flaws: ['late', 'refused'] }))).toEqual([
            'rehearse.refused',
            'rehearse.late',
        ]);
        expect(remarks(done())).toEqual([]);
    });

    it('rounds times up', () => {
        expect([0, 1, 100, 101, 9999, 10_001].map(seconds)).toEqual([
            0.1, 0.1, 0.1, 0.2, 10, 11,
        ]);
    });
});

describe('the desk', () => {
    it('tries it with as many as there are tickets', () => {
        expect([0, 24, 5000].map(usualPeople)).toEqual([100, 24, 1000]);
    });

    it('keeps the last verdict until the next, and over no new start of the server', () => {
        const rehearsal = new Rehearsal();
        rehearsal.hear(done());
        rehearsal.hear({ op: 'pong' });
        expect(rehearsal.told?.verdict).toBe('ready');
        rehearsal.hear({
            op: 'welcome',
            id: '',
            event: '',
            role: 'owner',
            pos: 1,
            heartbeat_ms: 1,
        });
        expect(rehearsal.told).toBeNull();
    });
});

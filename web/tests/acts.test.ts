/* What the desk knows of the moderators' acts. */
import { describe, expect, it } from 'vitest';
import type { Act, Change } from '../src/lib/net/protocol';
import { Acts } from '../src/moderator/acts.svelte';

const act = (pos: number, by = '1', undone?: string): Act => ({
    pos,
    act: 'idea.hide',
    at: 1000,
    by,
    idea: '1',
    ...(undone ? { undone } : {}),
});
const change = (from: number, pos: number, acts: Act[], undoable: number[]): Change => ({
    op: 'change',
    from,
    pos,
    acts,
    undoable,
});

describe('the acts at a desk', () => {
    it('are replaced by a fresh start and grow by what comes after it', () => {
        const acts = new Acts();
        acts.hear(change(0, 5, [act(3), act(5)], [3, 5]));
        acts.hear(change(5, 7, [act(7, '2')], [7]));
        expect(acts.list.map((one) => one.pos)).toEqual([3, 5, 7]);
        acts.hear(change(0, 9, [act(9)], [9]));
        expect(acts.list.map((one) => one.pos)).toEqual([9]);
    });
    it('are told once more when they are undone', () => {
        const acts = new Acts();
        acts.hear(change(0, 5, [act(3), act(5)], [3, 5]));
        acts.hear(change(5, 6, [act(3, '1', '2')], [5]));
        expect(acts.find(3)?.undone).toBe('2');
        expect(acts.list).toHaveLength(2);
    });
    it('can be undone as the server says, for ten minutes', () => {
        const acts = new Acts();
        acts.hear(change(0, 5, [act(3), act(5)], [5]));
        expect(acts.mayUndo(act(3), 2000)).toBe(false);
        expect(acts.mayUndo(act(5), 601_000)).toBe(true);
        expect(acts.mayUndo(act(5), 601_001)).toBe(false);
    });
    it('have as the last of somebody the one that still stands', () => {
        const acts = new Acts();
        acts.hear(change(0, 7, [act(3), act(5, '1', '2'), act(7, '2')], [3, 7]));
        expect(acts.lastOf('1')?.pos).toBe(3);
        expect(acts.lastOf('3')).toBeUndefined();
    });
    it('from before the desk was here are offered by nobody', () => {
        const acts = new Acts();
        acts.hear(change(0, 5, [act(3)], [3]));
        acts.hear(change(5, 9, [act(9)], [3, 9]));
        expect(acts.since).toBe(5);
    });
});

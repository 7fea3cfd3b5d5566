/* The count as a story for the wall: one thing after the other, each with its sentence. */
import type { Poll, Result } from '../net/protocol';
import { lotsOf } from './lot';
import type { Drawn } from './lot';
import { duelsOf, runoffsOf } from './tell';

export type Step =
    | { is: 'intro' }
    | { is: 'shares' }
    | { is: 'rounds'; from: number; to: number }
    | { is: 'duels'; id: string; won: number; of: number; dropped: number }
    | { is: 'bars' }
    | { is: 'runoff' }
    | { is: 'lot'; drawn: readonly Drawn[] }
    | { is: 'podium' };

/** Rounds told one by one; what was before them is told in one step. */
const ROUNDS_TOLD = 7;

function roundSteps(result: Result): Step[] {
    const count = result.rounds?.length ?? 0;
    const first = Math.max(0, count - ROUNDS_TOLD);
    const early: Step[] = first > 0 ? [{ is: 'rounds', from: 0, to: first - 1 }] : [];
    const told = Array.from({ length: count - first }, (_, i): Step => {
        return { is: 'rounds', from: first + i, to: first + i };
    });
    return [...early, ...told];
}

function duelStep(result: Result): Step[] {
    const id = result.winners[0];
    const duels = id === undefined ? [] : duelsOf(result, id);
    if (id === undefined || duels.length === 0) return [];
    const won = duels.filter((duel) => duel.for > duel.against).length;
    const dropped = (result.duels ?? []).filter((duel) => !duel.locked).length;
    return [{ is: 'duels', id, won, of: duels.length, dropped }];
}

const runoffStep = (result: Result): Step[] =>
    runoffsOf(result).length > 0 ? [{ is: 'runoff' }] : [];

export function storyOf(poll: Poll, result: Result): Step[] {
    const steps: Step[] = [{ is: 'intro' }];
    if (result.ballots > 0) {
        if (result.shares && result.shares.length > 1) steps.push({ is: 'shares' });
        if (result.rounds?.length) steps.push(...roundSteps(result));
        else if (result.scores) steps.push({ is: 'bars' }, ...runoffStep(result));
        else if (poll.form === 'ranking') steps.push(...duelStep(result));
        steps.push(...lotsOf(poll, result).map((drawn): Step => ({ is: 'lot', drawn })));
    }
    return [...steps, { is: 'podium' }];
}

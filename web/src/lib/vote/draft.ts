/* A ballot that is being filled in, kept on the phone until the server has the real one. */
import type { Ballot, Poll } from '../net/protocol';
import { SCORE_MAX, sumOf } from './points';
import type { Points } from './points';
import { rankedCount, sanitized } from './ranking';
import type { Ranking } from './ranking';

export type Step = 'choose' | 'duel' | 'order' | 'review';

export interface Draft {
    step: Step;
    ranking: Ranking;
    approval: readonly string[];
    answer: 'yes' | 'no' | 'abstain' | '';
    /** What was compared so far; duel.ts reads it. */
    duel?: unknown;
    /** Scores or dots; an option that is not there has none. */
    points: Points;
}

export const emptyDraft: Draft = {
    step: 'choose',
    ranking: [],
    approval: [],
    answer: '',
    points: [],
};

const optionIds = (poll: Poll): string[] => poll.options.map((option) => option.option);

/** Of two there is nothing to compare that a tap does not say. */
export const mayDuel = (poll: Poll): boolean =>
    poll.form === 'ranking' && poll.options.length > 2;

/* More dots than there are fit in no part: nobody knows which of them were meant. */
function fittingPoints(
    kept: unknown,
    options: readonly string[],
    { form, dots = 0 }: Poll,
): Points {
    const [least, most] = form === 'dots' ? [1, dots] : [0, SCORE_MAX];
    const points = (Array.isArray(kept) ? kept : []).filter(
        ([id, n]) => options.includes(id) && Number.isInteger(n) && n >= least && n <= most,
    );
    return form === 'dots' && sumOf(points) > dots ? [] : points;
}

/** A kept draft as far as it still fits the poll. A blank ballot may be reviewed, but nobody
 * gets there because options went away. */
export function readDraft(kept: unknown, poll: Poll): Draft {
    if (typeof kept !== 'object' || kept === null) return emptyDraft;
    const old = kept as Partial<Draft>;
    const options = optionIds(poll);
    const approval = Array.isArray(old.approval) ? old.approval : [];
    const draft: Draft = {
        step: old.step === 'order' || old.step === 'review' ? old.step : 'choose',
        duel: old.duel,
        ranking: sanitized(old.ranking, options, poll),
        approval: [...new Set<string>(approval)].filter((id) => options.includes(id)),
        answer:
            old.answer === 'yes' || old.answer === 'no' || old.answer === 'abstain'
                ? old.answer
                : '',
        points: fittingPoints(old.points, options, poll),
    };
    if (old.step === 'duel' && mayDuel(poll)) return { ...draft, step: 'duel' };
    const kepts = [old.ranking, approval, old.points];
    const blank = draft.step === 'review' && kepts.every((list) => !list?.length);
    return chosenCount(draft, poll) === 0 && !blank ? { ...draft, step: 'choose' } : draft;
}

/** To change a ballot: what was cast, from the first step on. */
export function draftOf(ballot: Ballot | undefined): Draft {
    if (!ballot) return emptyDraft;
    if ('ranking' in ballot) return { ...emptyDraft, ranking: ballot.ranking };
    if ('approval' in ballot) return { ...emptyDraft, approval: ballot.approval };
    if ('answer' in ballot) return { ...emptyDraft, answer: ballot.answer };
    return { ...emptyDraft, points: 'score' in ballot ? ballot.score : ballot.dots };
}

/** What would be cast; nothing chosen is a blank ballot. */
export function ballotOf(draft: Draft, poll: Poll): Ballot {
    if (poll.form === 'ranking') return { ranking: draft.ranking.map((place) => [...place]) };
    if (poll.form === 'approval') return { approval: [...draft.approval] };
    if (poll.form === 'yesno') return { answer: draft.answer || 'abstain' };
    const points = [...draft.points];
    return poll.form === 'score' ? { score: points } : { dots: points };
}

export function chosenCount(draft: Draft, poll: Poll): number {
    if (poll.form === 'ranking') return rankedCount(draft.ranking);
    if (poll.form === 'approval') return draft.approval.length;
    if (poll.form === 'yesno') return draft.answer === '' ? 0 : 1;
    return draft.points.length;
}

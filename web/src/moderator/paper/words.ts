/* A ballot on paper in plain words, with the options' numbers, to compare it with the sheet. */
import { nameOf } from '../../lib/charts/words';
import { t } from '../../lib/i18n/index.svelte';
import type { Ballot, Poll } from '../../lib/net/protocol';

/* Apart from what stands beside it, whichever way its letters run. */
function named(poll: Poll, id: string): string {
    const number = poll.options.findIndex((option) => option.option === id) + 1;
    return `\u2068${String(number)} ${nameOf(poll, id)}\u2069`;
}

export function ballotWords(poll: Poll, ballot: Ballot): string {
    let words: string;
    if ('answer' in ballot) return t(`answer.${ballot.answer}`);
    if ('ranking' in ballot)
        words = ballot.ranking
            .map((place) => place.map((id) => named(poll, id)).join(' = '))
            .join(' › ');
    else if ('approval' in ballot)
        words = ballot.approval.map((id) => named(poll, id)).join(' · ');
    else {
        const pairs = 'score' in ballot ? ballot.score : ballot.dots;
        words = pairs.map(([id, n]) => `${named(poll, id)}: ${String(n)}`).join(' · ');
    }
    return words || t('paper.blank');
}

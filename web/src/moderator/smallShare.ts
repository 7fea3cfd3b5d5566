/* What the result of a poll by shares would tell of a few people, and what the server keeps back
 * by itself: said before it is shown. As the server has it: domain/publish.c. Pure but for words. */
import { t } from '../lib/i18n/index.svelte';
import type { Hall } from '../lib/net/hall';
import type { PaperBatch, Poll } from '../lib/net/protocol';
import { groupOf } from '../lib/vote/shares';
import { ballotsShown } from './fitting';

/* Fewer ballots have no numbers, … */
const NUMBERS_FROM = 5;
/* … and fewer are not given out one by one. */
const BALLOTS_FROM = 20;

export interface SmallShare {
    /** Which of the poll's shares, from 0. */
    at: number;
    ballots: number;
    /** One ballot: even the common result may tell it. Few: all see how they decided, by order.
     * Hidden: only what they marked is kept back. */
    is: 'one' | 'few' | 'hidden';
}

/* Had there been enough, everybody would get them. */
const gives = ({ publication, form, options, ranks, dots, ties, no_own }: Poll): boolean =>
    publication === 'ballots' &&
    !no_own &&
    ballotsShown(form, options.length, ties ? options.length : ranks, dots ?? 0);

/** The smallest share that anybody voted in, if it is too small. `votedBy`: phones, by share. */
export function smallShare(
    poll: Poll,
    votedBy: readonly number[],
    papers: readonly PaperBatch[],
): SmallShare | null {
    const onPaper = (at: number): number =>
        papers
            .filter(({ state, share }) => state === 'confirmed' && share === at + 1)
            .reduce((sum, { ballots = 0 }) => sum + ballots, 0);
    const [small] = (poll.shares ?? [])
        .map((_, at) => ({ at, ballots: (votedBy[at] ?? 0) + onPaper(at) }))
        .filter(({ ballots }) => ballots > 0)
        .sort((a, b) => a.ballots - b.ballots);
    if (!small) return null;
    if (small.ballots === 1) return { ...small, is: 'one' };
    if (small.ballots < NUMBERS_FROM) return { ...small, is: 'few' };
    return small.ballots < BALLOTS_FROM && gives(poll) ? { ...small, is: 'hidden' } : null;
}

/** In words; '' if there is nothing to say. */
export function smallShareWords(hall: Hall, poll: Poll, papers: readonly PaperBatch[]): string {
    const counters = hall.live?.polls?.find((one) => one.poll === poll.poll);
    const small = smallShare(poll, counters?.voted_by ?? [], papers);
    const share = small && poll.shares?.[small.at];
    if (!share) return '';
    const group = groupOf(share, hall.event?.groups)?.name ?? t('shares.others');
    return t(`small.${small.is}`, { group, n: small.ballots });
}

/* How many have voted in each share: "Jury 4, all others 120". */
import { number, t } from '../lib/i18n/index.svelte';
import type { Label, Poll } from '../lib/net/protocol';
import { groupOf } from '../lib/vote/shares';

export const sharesLine = (
    poll: Poll,
    votedBy: readonly number[],
    groups: readonly Label[] | undefined,
): string =>
    (poll.shares ?? [])
        .map((share, i) => {
            const name = groupOf(share, groups)?.name ?? t('shares.others');
            return `${name}: ${number(votedBy[i] ?? 0)}`;
        })
        .join(' · ');

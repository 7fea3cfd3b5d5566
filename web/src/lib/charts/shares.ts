/* Who decides how much of a poll, in one line: "Jury 40 % · Everyone else 60 %". */
import { t } from '../i18n/index.svelte';
import type { Label, Poll } from '../net/protocol';
import { groupOf } from '../vote/shares';

type Shared = Pick<Poll, 'shares'>;

/** '' where everybody's ballot counts alike. Needs the words of `shares`. */
export function whoDecides(
    { shares = [] }: Shared,
    groups: readonly Label[] | undefined,
): string {
    const nameOf = (share: { group?: string }) =>
        groupOf(share, groups)?.name ?? t('shares.others');
    const [first, second] = shares;
    if (first && !second) return `${t('shares.only')} ${nameOf(first)}`;
    return shares
        .map((share) => `${nameOf(share)} ${t('shares.percent', { n: share.percent })}`)
        .join(' · ');
}

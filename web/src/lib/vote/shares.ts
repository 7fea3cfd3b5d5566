/* Polls in which groups decide fixed parts of the result, and polls in which nobody votes for the
 * own team's idea: what that means for one person. Pure. */
import type { Hall } from '../net/hall';
import type { Label, Poll } from '../net/protocol';

/** Which of the poll's shares a person's ballot counts in; null: in none, they have no vote. */
export function shareOf(
    { shares = [] }: Pick<Poll, 'shares'>,
    group: string | undefined,
): NonNullable<Poll['shares']>[number] | null {
    const own = shares.find((share) => share.group !== undefined && share.group === group);
    return own ?? shares.find((share) => share.group === undefined) ?? null;
}

/* What an own idea was merged into is one's own too. */
function ownIdeas({ me, ideas }: Pick<Hall, 'me' | 'ideas'>): Set<string> {
    const own = new Set((me?.ideas ?? []).map((idea) => idea.idea));
    for (const id of own) {
        const into = ideas.get(id)?.into ?? me?.ideas?.find((idea) => idea.idea === id)?.into;
        if (into !== undefined) own.add(into);
    }
    return own;
}

/** The options that are this person's own, or their team's. */
export function ownOptions(poll: Poll, hall: Pick<Hall, 'me' | 'ideas'> | undefined): string[] {
    if (!poll.no_own || !hall) return [];
    const own = ownIdeas(hall);
    const group = hall.me?.group;
    return poll.options
        .map(({ option }) => option)
        .filter(
            (id) => own.has(id) || (group !== undefined && poll.teams?.[id]?.includes(group)),
        );
}

/** The poll as this person may fill it in. */
export function withoutOwn(poll: Poll, own: readonly string[]): Poll {
    if (own.length === 0) return poll;
    const options = poll.options.filter(({ option }) => !own.includes(option));
    return { ...poll, options };
}

/** A share's name as the event has it; undefined: everybody else. */
export const groupOf = (
    { group }: { group?: string },
    groups: readonly Label[] | undefined,
): Label | undefined => groups?.find((one) => one.label === group);

/* Ideas that this person has reported. */
import type { Session } from '../lib/state/session.svelte';

export const reportReasons = ['offensive', 'personal-data', 'off-topic', 'other'] as const;

const known = (session: Session): readonly string[] => session.hall.me?.reported ?? [];

/** Reported, or on the way. */
export const hasReported = (session: Session, idea: string): boolean =>
    known(session).includes(idea) ||
    session.letters.some(({ request }) => request.op === 'report' && request.idea === idea);

/** Was anything that was reported taken away since? */
export const isGone = (session: Session): boolean =>
    session.hall.pos > 0 && known(session).some((idea) => !session.hall.ideas.has(idea));

/** What went wrong; '': nothing. Twice is as good as once. */
export async function report(
    session: Session,
    idea: string,
    reason: (typeof reportReasons)[number],
): Promise<string> {
    const outcome = await session.send({ op: 'report', idea, reason });
    if (!outcome.ok && outcome.err !== 'reported') return outcome.err;
    const me = session.hall.me ?? { person: '0' };
    const reported = [...new Set([...known(session), idea])];
    session.hall = { ...session.hall, me: { ...me, reported } };
    return '';
}

/* Ideas that this person supports. What was said of one that has been merged since is said of
 * the one it went into. */
import type { Outcome, Session } from '../lib/state/session.svelte';

type Ideas = Session['hall']['ideas'];

/* Does following merges from an idea come to `top`? */
function leadsTo(ideas: Ideas, id: string | undefined, top: string): boolean {
    let at = id;
    while (at && at !== top) at = ideas.get(at)?.into;
    return at === top;
}

/** Does this person support it, by all that was said and that is on the way? */
export function supports({ hall, letters }: Session, idea: string): boolean {
    let said = hall.me?.supported ?? [];
    const sent = letters.map(({ request }) => request);
    for (const request of [...(hall.me?.said ?? []), ...sent]) {
        if (request.op !== 'support') continue;
        const { idea: top, on } = request;
        said = on ? [...said, top] : said.filter((id) => !leadsTo(hall.ideas, id, top));
    }
    return said.some((id) => leadsTo(hall.ideas, id, idea));
}

/** Is something of it still on the way? */
export const isSending = ({ letters }: Session, idea: string): boolean =>
    letters.some(({ request }) => request.op === 'support' && request.idea === idea);

export const say = (session: Session, idea: string, on: boolean): Promise<Outcome> =>
    session.send({ op: 'support', idea, on });

/** How many do, where this screen is told; null: it is not. */
export const countOf = (hall: Session['hall'], idea: string): number | null =>
    hall.event?.support === 'shown' ? (hall.support?.[idea] ?? 0) : null;

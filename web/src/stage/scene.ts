/* What the wall shows of itself: the one thing that matters now. */
import { phaseOn } from '../lib/agenda/phases';
import { resultOf } from '../lib/net/hall';
import type { Hall } from '../lib/net/hall';
import type { Idea, Poll } from '../lib/net/protocol';

export type Pick = 'auto' | 'join' | 'ideas' | 'poll';
export type Scene =
    | { is: 'join' }
    | { is: 'ideas' }
    | { is: 'thanks' }
    | { is: 'poll'; poll: Poll }
    | { is: 'result'; poll: Poll };

/** The newest poll that the hall has something to do with: running, or over and not final
 * without ever being shown. */
function currentPoll(hall: Hall): Poll | undefined {
    const polls = [...hall.polls.values()].filter(
        (poll) => !poll.annulled && poll.state !== 'draft',
    );
    polls.sort((a, b) => Number(b.poll) - Number(a.poll));
    const open = polls.find((poll) => poll.state === 'open');
    return open ?? polls.find((poll) => poll.published || poll.state === 'closed');
}

const sceneOfPoll = (poll: Poll): Scene =>
    poll.published ? { is: 'result', poll } : { is: 'poll', poll };

/** What the phase that is on is about, while no poll runs; null: whatever matters now. */
function sceneOfPhase(hall: Hall, ideas: boolean): Scene | null {
    const phase = phaseOn(hall.event);
    switch (phase?.is) {
        case 'call':
            return { is: 'join' };
        case 'collect':
        case 'merge':
            return ideas ? { is: 'ideas' } : { is: 'join' };
        case 'shortlist':
        case 'rank': {
            const poll = hall.polls.get(phase.poll ?? '');
            const shown = poll && !poll.annulled && poll.state !== 'draft';
            return shown ? sceneOfPoll(poll) : null;
        }
        case 'follow-up':
            return { is: 'thanks' };
        default:
            return null;
    }
}

/** Ideas that something was said of, then winners of what was shown, each once. */
export function followedFirst(hall: Hall): Idea[] {
    const ideas = [...hall.ideas.values()].filter((idea) => idea.state === 'published');
    const won = new Set(
        [...hall.polls.values()].flatMap((poll) =>
            poll.published && !poll.annulled && poll.form !== 'yesno'
                ? (resultOf(hall, poll)?.winners ?? [])
                : [],
        ),
    );
    const told = ideas.filter((idea) => idea.follow);
    const rank = (idea: Idea): number => (won.has(idea.idea) ? 0 : 1);
    const both = [...told, ...ideas.filter((idea) => !idea.follow && won.has(idea.idea))];
    return both.sort((a, b) => rank(a) - rank(b));
}

/** Nobody joins what is archived. */
export function sceneOf(hall: Hall, pick: Pick): Scene {
    const scene = sceneAsPicked(hall, pick);
    const over = hall.event?.archived && (pick === 'auto' || scene.is === 'join');
    return over ? { is: 'thanks' } : scene;
}

function sceneAsPicked(hall: Hall, pick: Pick): Scene {
    const poll = currentPoll(hall);
    const ideas = [...hall.ideas.values()].some((idea) => idea.state === 'published');
    if (pick === 'join') return { is: 'join' };
    if (pick === 'ideas') return { is: 'ideas' };
    const led = pick === 'auto' && poll?.state !== 'open' ? sceneOfPhase(hall, ideas) : null;
    if (led) return led;
    if (poll) return sceneOfPoll(poll);
    return ideas && pick === 'auto' ? { is: 'ideas' } : { is: 'join' };
}

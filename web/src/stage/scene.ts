/* What the wall shows of itself: the one thing that matters now. */
import type { Hall } from '../lib/net/hall';
import type { Poll } from '../lib/net/protocol';

export type Pick = 'auto' | 'join' | 'ideas' | 'poll';
export type Scene =
    | { is: 'join' }
    | { is: 'ideas' }
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

export function sceneOf(hall: Hall, pick: Pick): Scene {
    const poll = currentPoll(hall);
    const ideas = [...hall.ideas.values()].some((idea) => idea.state === 'published');
    if (pick === 'join') return { is: 'join' };
    if (pick === 'ideas') return { is: 'ideas' };
    if (poll) return poll.published ? { is: 'result', poll } : { is: 'poll', poll };
    return ideas && pick === 'auto' ? { is: 'ideas' } : { is: 'join' };
}

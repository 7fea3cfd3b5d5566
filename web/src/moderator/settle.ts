/* What an answer tells the desk about an idea before the next change is pushed, which comes four
 * times a second: whoever acts sees it at once. The change brings the whole idea. */
import type { Hall } from '../lib/net/hall';
import type { Answer, Idea, Request } from '../lib/net/protocol';

/** What a request makes of its idea; null: nothing that can be told before the change. */
export function becomes(request: Request): Partial<Idea> | null {
    switch (request.op) {
        case 'idea.release':
            return { state: 'published' };
        case 'idea.hide':
            return { state: 'hidden', reason: request.reason };
        case 'idea.merge':
            return { state: 'merged', into: request.into };
        case 'idea.clear':
            return { reports: {} };
        case 'idea.tag':
            return { tags: request.tags };
        case 'idea.challenge':
            return request.challenge ? { challenge: request.challenge } : null;
        default:
            return null;
    }
}

/** The hall with what was done; the same one if that is known already. */
export function settled(hall: Hall, request: Request, answer: Answer): Hall {
    const change = becomes(request);
    if (!change || answer.op !== 'done' || answer.pos <= hall.pos) return hall;
    const idea = 'idea' in request ? hall.ideas.get(request.idea) : undefined;
    if (!idea) return hall;
    return { ...hall, ideas: new Map(hall.ideas).set(idea.idea, { ...idea, ...change }) };
}

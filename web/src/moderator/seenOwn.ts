/* What one has just done oneself is seen, though the change that tells of it comes a moment later. */
import type { Answer, Request } from '../lib/net/protocol';

const about = (request: Request): string =>
    'idea' in request
        ? `idea ${request.idea}`
        : 'poll' in request
          ? `poll ${request.poll}`
          : '';

export class SeenOwn {
    readonly #done = new Map<string, number>();

    /** The request, with one's own last act on the same thing seen. */
    told(request: Request): Request {
        const own = this.#done.get(about(request)) ?? 0;
        const late = 'seen' in request && request.seen !== undefined && request.seen < own;
        return late ? { ...request, seen: own } : request;
    }

    done(request: Request, answer: Answer): void {
        const thing = about(request);
        if (thing !== '' && answer.op === 'done') this.#done.set(thing, answer.pos);
    }
}

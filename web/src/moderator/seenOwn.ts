/* What one has just done oneself is seen, though the change that tells of it comes a moment later. */
import type { Answer, Request } from '../lib/net/protocol';

const thingsOf = (request: Request): string[] => [
    ...('idea' in request ? [`idea ${request.idea}`] : []),
    ...('into' in request ? [`idea ${request.into}`] : []),
    ...('poll' in request ? [`poll ${request.poll}`] : []),
    ...(['agenda.set', 'phase.start', 'timer.set'].includes(request.op) ? ['agenda'] : []),
];

export class SeenOwn {
    readonly #done = new Map<string, number>();

    /** The request, with one's own last act on the same thing seen. */
    told(request: Request): Request {
        const own = Math.max(
            0,
            ...thingsOf(request).map((thing) => this.#done.get(thing) ?? 0),
        );
        const late = 'seen' in request && request.seen !== undefined && request.seen < own;
        return late ? { ...request, seen: own } : request;
    }

    done(request: Request, answer: Answer): void {
        if (answer.op !== 'done' || request.op === 'timer.set') return; // which changes no agenda
        for (const thing of thingsOf(request)) this.#done.set(thing, answer.pos);
    }
}

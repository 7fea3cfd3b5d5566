/* What this desk itself has asked for, so that an idea that moves by somebody else's act is told
 * from one that moves by one's own. */
import type { Idea, Request } from '../../lib/net/protocol';
import { becomes } from '../settle';

export class Own {
    /** Ideas whose request has no answer yet: a second press is not a second act. */
    readonly underWay = new Set<string>();
    readonly #put = new Map<string, Idea['state']>();

    asks(request: Request): void {
        const leaves = request.op === 'idea.clear' ? 'published' : undefined; // its list
        const state = becomes(request)?.state ?? leaves;
        if ('idea' in request && state) this.#put.set(request.idea, state);
    }

    /** What an act does to other ideas than the one that it names. */
    puts(ideas: readonly Idea[], state: Idea['state']): void {
        for (const { idea } of ideas) this.#put.set(idea, state);
    }

    refused(request: Request): void {
        if ('idea' in request) this.#put.delete(request.idea);
    }

    /** Has this desk put the idea into the state in which it is? */
    moved({ idea, state }: Idea): boolean {
        return this.#put.get(idea) === state;
    }
}

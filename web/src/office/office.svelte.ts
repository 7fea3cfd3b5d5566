/* The office as this page knows it: whether somebody is in, and the events. */
import type { Reply } from '../lib/net/http';
import * as requests from './requests';
import { daysOver } from '../lib/follow/day';
import type { OfficeEvent, OverduePromise } from './requests';

const LOOK_MS = 15_000;

export class Office {
    /** 'out': nobody is in; why, says `err`. */
    stage = $state<'arriving' | 'in' | 'out'>('arriving');
    err = $state<string | null>(null);
    left = $state(false);
    events = $state.raw<readonly OfficeEvent[]>([]);
    /** Those that are overdue here, the longest first; null: not known yet. */
    promises = $state.raw<readonly OverduePromise[] | null>(null);
    /** So many more did not fit into the answer. */
    leftOut = $state(0);
    /** The event whose desk somebody wants to get to. */
    wanted = $state<string | null>(null);
    #was = false;

    async arrive(link: string): Promise<void> {
        if (link === '') return this.look();
        const reply = await requests.enter(link);
        if (reply.ok) return this.look();
        /* A reload of a used link: its session may be here all the same. */
        await this.look();
        if (this.stage !== 'in') this.#out(reply.err);
    }

    /** The newest first. */
    async look(): Promise<void> {
        const reply = this.heard(await requests.list());
        if (!reply.ok) {
            if (this.stage === 'arriving') this.#out(reply.err);
            return;
        }
        this.events = [...reply.value.events].reverse();
        this.stage = 'in';
        this.err = null;
        this.#was = true;
    }

    async lookPromises(): Promise<void> {
        const reply = this.heard(await requests.promises());
        if (!reply.ok) {
            if (this.stage === 'in') this.err = reply.err;
            return;
        }
        this.promises = reply.value.promises
            .filter(({ next }) => daysOver(next) > 0)
            .sort((a, b) => a.next.localeCompare(b.next));
        this.leftOut = reply.value.left_out;
    }

    /** While the page is there: somebody else may have made one. */
    watch(): () => void {
        const timer = setInterval(() => {
            if (this.stage === 'in' && document.visibilityState === 'visible') void this.look();
        }, LOOK_MS);
        return () => clearInterval(timer);
    }

    /** A session that has ended leads to the door. */
    heard<T>(reply: Reply<T>): Reply<T> {
        if (!reply.ok && reply.err === 'no-session') {
            this.#out(this.#was ? 'ended' : 'no-session');
            this.#was = false;
        }
        return reply;
    }

    async leave(): Promise<void> {
        const reply = await requests.leave();
        if (!reply.ok && reply.err !== 'no-session') {
            this.err = reply.err;
            return;
        }
        this.#was = false;
        this.#out(null);
        this.left = true;
    }

    #out(err: string | null): void {
        this.stage = 'out';
        this.err = err;
        this.left = false;
        this.events = [];
        this.promises = null;
    }
}

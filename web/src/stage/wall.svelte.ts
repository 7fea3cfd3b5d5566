/* The wall's state: the event, what was picked by hand, and how far the story is told. */
import { readCode } from '../lib/crypto/code';
import { memoryKeep } from '../lib/net/keep';
import { Session } from '../lib/state/session.svelte';
import type { Pick } from './scene';

export class Wall {
    session = $state.raw<Session | null>(null);
    pick = $state<Pick>('auto');
    /** Whose ideas are shown; '': of all challenges, and of none. */
    challenge = $state('');
    step = $state(0);
    playing = $state(true);
    /** The poll whose result is told; null: none yet. */
    told = $state<string | null>(null);

    open(typed: string): void {
        const reading = readCode(typed);
        if (reading.fault || reading.code === this.session?.event) return;
        this.session?.stop();
        this.told = null;
        this.session = new Session(reading.code, 'stage', memoryKeep());
        void this.session.start();
    }

    /** A result begins; one that was already there when the wall was opened stands at its end. */
    begin(poll: string, fresh: boolean, steps: number): void {
        if (this.told === poll) return;
        this.told = poll;
        this.playing = fresh;
        this.step = fresh ? 0 : steps - 1;
    }

    turn(by: -1 | 1, steps: number): void {
        this.step = Math.max(0, Math.min(steps - 1, this.step + by));
    }

    /** By hand: the story waits for the next hand. */
    turnByHand(by: -1 | 1, steps: number): void {
        this.playing = false;
        this.turn(by, steps);
    }
}

/* The wall's state: the event, what was picked by hand, and how far the story is told. */
import { readCode } from '../lib/crypto/code';
import { memoryKeep } from '../lib/net/keep';
import type { Message, Wifi } from '../lib/net/protocol';
import { Session } from '../lib/state/session.svelte';
import { keepKey, keptKey, readStage } from './link';
import type { Pick } from './scene';

export class Wall {
    session = $state.raw<Session | null>(null);
    /** The hall's, if it is to be shown. */
    wifi = $state.raw<Wifi | null>(null);
    pick = $state<Pick>('auto');
    /** Whose ideas are shown; '': of all challenges, and of none. */
    challenge = $state('');
    step = $state(0);
    playing = $state(true);
    /** The poll whose result is told; null: none yet. */
    told = $state<string | null>(null);

    /** By what stands behind the address, or what somebody typed. Without a key there is no Wi-Fi. */
    open(fragment: string): void {
        const { typed, key: given } = readStage(fragment);
        const { code, fault } = readCode(typed);
        if (fault) return;
        if (given !== '') keepKey(code, given);
        const key = given || keptKey(code);
        if (code === this.session?.event && key === this.session.key) return;
        this.session?.stop();
        this.told = null;
        this.wifi = null;
        const session = new Session(code, 'stage', memoryKeep());
        session.key = key;
        session.onMessage = (message) => this.hear(message);
        this.session = session;
        void session.start();
    }

    hear(message: Message): void {
        if (message.op !== 'change') return;
        if (message.wifi) this.wifi = message.wifi.name === '' ? null : message.wifi;
        else if (message.from === 0) this.wifi = null;
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

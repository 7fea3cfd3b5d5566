/* The line to the server: opens the socket, says hello, keeps the heart beating, finds dead
 * lines, comes back with full-jitter backoff. Knows nothing of what the messages mean. */
import { newId } from '../crypto/bytes';
import type { Message, Role, Welcome } from './protocol';

export type LineState = 'connecting' | 'open' | 'waiting' | 'ended';

export interface Hello {
    event: string;
    role: Role;
    pos?: number;
}

/** A socket from before the join, which came without a session, and what it sits down by. */
export interface Early {
    socket: WebSocket;
    pass: string;
}

export interface LineOptions {
    url: string;
    /** Taken for the first connection, if it still stands. */
    early?: Early | undefined;
    /** Asked anew for each connection: the position has moved on. */
    hello: () => Hello;
    onWelcome: (welcome: Welcome, send: (frame: object) => void) => void;
    onMessage: (message: Message) => void;
    onState: (state: LineState) => void;
    /** The server will not have us: no session, moved to another phone, unknown event. */
    onEnd: (err: string) => void;
    makeSocket?: (url: string) => WebSocket;
    random?: () => number;
}

const OPEN = 1; // a socket's readyState
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 8000;
const WELCOME_WAIT_MS = 10_000;
const HEARTBEAT_MS = 10_000;
const PROBE_MS = 4000;

export const openSocket = (url: string): WebSocket => new WebSocket(url, 'stimmwerk.v1');

/** Full jitter: anything between nothing and the doubled step, capped. */
export function backoffMs(attempt: number, random: () => number): number {
    return random() * Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** attempt);
}

export class Line {
    readonly #options: LineOptions;
    readonly #random: () => number;
    #socket: WebSocket | null = null;
    #helloId = '';
    #early: Early | null;
    #attempt = 0;
    #heartbeat_ms = HEARTBEAT_MS;
    #asked = false;
    #retry_ms: number | null = null;
    #state: LineState = 'waiting';
    #beat: ReturnType<typeof setInterval> | undefined;
    #deadline: ReturnType<typeof setTimeout> | undefined;
    #retry: ReturnType<typeof setTimeout> | undefined;

    constructor(options: LineOptions) {
        this.#options = options;
        this.#early = options.early ?? null;
        this.#random = options.random ?? Math.random;
    }

    start(): void {
        addEventListener('online', this.#check);
        addEventListener('pageshow', this.#check);
        document.addEventListener('visibilitychange', this.#check);
        this.#connect();
    }

    stop(): void {
        removeEventListener('online', this.#check);
        removeEventListener('pageshow', this.#check);
        document.removeEventListener('visibilitychange', this.#check);
        clearTimeout(this.#retry);
        this.#drop();
        this.#enter('ended');
    }

    /** Hangs up and says hello again, as after a hole in the positions. */
    restart(): void {
        if (this.#state === 'ended') return;
        this.#drop();
        this.#connect();
    }

    #enter(state: LineState): void {
        if (state === this.#state) return;
        this.#state = state;
        this.#options.onState(state);
    }

    #connect(): void {
        clearTimeout(this.#retry);
        this.#retry_ms = null;
        this.#enter('connecting');
        if (this.#early && this.#early.socket.readyState > OPEN) this.#early = null;
        const socket = this.#early?.socket ?? this.#makeSocket();
        this.#socket = socket;
        this.#expectWithin(WELCOME_WAIT_MS);
        socket.onopen = () => this.#hello();
        socket.onmessage = (event) => this.#receive(String(event.data));
        socket.onclose = () => this.#lost(socket);
        socket.onerror = () => undefined;
        if (socket.readyState === OPEN) this.#hello();
    }

    #makeSocket(): WebSocket {
        return (this.#options.makeSocket ?? openSocket)(this.#options.url);
    }

    #hello(): void {
        this.#helloId = newId();
        const pass = this.#early ? { pass: this.#early.pass } : {};
        this.#write({ op: 'hello', id: this.#helloId, ...this.#options.hello(), ...pass });
    }

    #write(frame: object): void {
        if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
    }

    /* What is asked is answered: in a crowd, whose hearts beat slowly, silence tells sooner then. */
    #ask(frame: object): void {
        this.#write(frame);
        if (this.#asked || this.#heartbeat_ms <= HEARTBEAT_MS) return;
        this.#asked = true;
        this.#expectWithin(2 * HEARTBEAT_MS);
    }

    #receive(data: string): void {
        this.#asked = false;
        if (this.#state === 'open') this.#expectWithin(2 * this.#heartbeat_ms);
        const message = JSON.parse(data) as Message;
        if (message.op === 'pong') return;
        if (message.op === 'welcome') return this.#welcome(message);
        if (message.op === 'bye') return this.#turnedAway(message.err, message.retry_ms);
        if (message.op === 'refused' && message.id === this.#helloId) {
            if (this.#early && message.err === 'no-session') return this.restart();
            return this.#turnedAway(message.err, message.retry_ms);
        }
        this.#options.onMessage(message);
    }

    #welcome(welcome: Welcome): void {
        this.#early = null;
        this.#attempt = 0;
        this.#heartbeat_ms = welcome.heartbeat_ms || HEARTBEAT_MS;
        this.#expectWithin(2 * this.#heartbeat_ms);
        clearInterval(this.#beat);
        this.#beat = setInterval(() => this.#write({ op: 'ping' }), this.#heartbeat_ms);
        this.#enter('open');
        this.#options.onWelcome(welcome, (frame) => this.#ask(frame));
    }

    #turnedAway(err: string, retry_ms: number | undefined): void {
        if (err === 'busy' || err === 'too-fast') {
            this.#retry_ms = retry_ms ?? BACKOFF_MAX_MS;
            this.#lost(this.#socket);
            return;
        }
        this.stop();
        this.#options.onEnd(err);
    }

    #expectWithin(wait_ms: number): void {
        clearTimeout(this.#deadline);
        const socket = this.#socket;
        this.#deadline = setTimeout(() => this.#lost(socket), wait_ms);
    }

    #drop(): void {
        clearTimeout(this.#deadline);
        clearInterval(this.#beat);
        const socket = this.#socket;
        this.#socket = null;
        this.#early = null; // a pass is good once
        if (!socket) return;
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
    }

    #lost(socket: WebSocket | null): void {
        if (socket !== this.#socket || this.#state === 'ended') return;
        this.#drop();
        const hint_ms = this.#retry_ms;
        const wait_ms =
            hint_ms === null
                ? backoffMs(this.#attempt, this.#random)
                : hint_ms * (1 + this.#random() / 2);
        this.#attempt++;
        this.#enter('waiting');
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#connect(), wait_ms);
    }

    /* The network or the page came back: a socket that still looks open may be dead. */
    #check = (): void => {
        if (document.visibilityState === 'hidden') return;
        if (this.#state === 'waiting' && this.#retry_ms === null) this.#connect();
        if (this.#state !== 'open') return;
        this.#write({ op: 'ping' });
        this.#expectWithin(PROBE_MS);
    };
}

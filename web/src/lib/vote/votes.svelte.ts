/* The person's own votes: drafts that survive a reload, sending, and what became of it. */
import { ballotProof, canonicalBallot, lockOf, newBallotSecrets } from '../crypto/proof';
import { applyMyBallot, myPoll } from '../net/hall';
import type { Keep } from '../net/keep';
import type { Refused, Answer, Ballot, Cast, MyPoll, Poll, Stored } from '../net/protocol';
import { OVERTAKEN } from '../net/outbox';
import type { Letter } from '../net/outbox';
import type { Session } from '../state/session.svelte';
import { draftOf } from './draft';

/** What the phone keeps of a stored ballot, to find it again in the published list. */
export interface Receipt {
    person: string;
    /** The poll's: its id may have gone to another since. */
    uid: string | undefined;
    counter: number;
    ballot: Ballot;
    nonce: string;
    secret: string;
    proof: string;
    pos: number;
    /** False: a later ballot of the same person counted already. */
    counts?: boolean;
}

export type VoteState =
    | { is: 'none' }
    | { is: 'sending'; kept: boolean; ballot: Ballot }
    | { is: 'stored'; ballot: Ballot }
    | { is: 'elsewhere' }
    | { is: 'unknown' }
    | { is: 'receipt'; ballot: Ballot }
    /* It was sent, and when the server was asked for its answer, it knew no more. */
    | { is: 'unsure'; ballot: Ballot }
    | { is: 'lost'; ballot: Ballot }
    /* `key`: the option that it is about, where it is about one. */
    | { is: 'refused'; err: string; key: string | undefined };

/* Of which poll: its id may have gone to another since; of which round: it may be open again. */
interface Of {
    uid: string | undefined;
    round: number;
}
type Refusal = Of & { answer: Refused };
type KeptDraft = Pick<Of, 'uid'> & { draft: unknown };

/* Some browsers have none where they keep nothing. */
function windowsOf(event: string): BroadcastChannel | null {
    try {
        return new BroadcastChannel(`votes:${event}`);
    } catch {
        return null;
    }
}

export class Votes {
    readonly #session: Session;
    readonly #keep: Keep;
    readonly #secrets = new Map<string, string>();
    /** The last stored ballot of each poll, as this phone knows it. */
    readonly #receipts = new Map<string, Receipt>();
    /** Likewise the last one whose answer the server did not know any more. */
    #unsure = $state.raw<ReadonlyMap<string, Receipt>>(new Map());
    #drafts = $state.raw<ReadonlyMap<string, KeptDraft>>(new Map());
    #refusals = $state.raw<ReadonlyMap<string, Refusal>>(new Map());
    readonly #refusedLast = new Map<string, string>();
    /* Of whose ballot the server acknowledged a proof that is not ours; by uid. */
    #wrongProofs = $state.raw<ReadonlySet<string | undefined>>(new Set());
    /* Windows of this person on the same phone. */
    #windows: BroadcastChannel | null;

    constructor(session: Session, keep: Keep) {
        this.#session = session;
        this.#keep = keep;
        this.#windows = windowsOf(session.event);
        if (this.#windows)
            this.#windows.onmessage = ({ data }) => void this.#learn(String(data));
    }

    /** Nobody is here any more. */
    close(): void {
        this.#windows?.close();
        this.#windows = null;
    }

    /** By the poll's id: what was begun in this very poll. */
    get drafts(): ReadonlyMap<string, unknown> {
        const own = [...this.#drafts].filter(([poll, { uid }]) => uid === this.#of(poll).uid);
        return new Map(own.map(([poll, { draft }]) => [poll, draft]));
    }

    /** Did the server acknowledge a proof that is not ours? */
    hasWrongProof(poll: string): boolean {
        return this.#wrongProofs.has(this.#of(poll).uid);
    }

    /** Why a vote of this person, the last one in its poll, was not taken; null: all were. */
    get refused(): string | null {
        return [...this.#refusedLast.values()][0] ?? null;
    }

    #poll(poll: string): Poll | undefined {
        return this.#session.hall.polls.get(poll);
    }

    #of(poll: string): Of {
        const { uid, reopened: round = 0 } = this.#poll(poll) ?? {};
        return { uid, round };
    }

    /** To be told of every answer to a cast. */
    answered(letter: Letter, answer: Answer): void {
        const cast = letter.request;
        if (cast.op !== 'cast') return;
        this.#refusedLast.delete(cast.poll);
        if (answer.op === 'stored') void this.#stored(cast, answer);
        if (answer.op !== 'refused') return;
        this.#refusedLast.set(cast.poll, answer.err);
        if (answer.err === 'sealed') return void this.#keepUnsure(cast);
        if (answer.err === OVERTAKEN) return this.#giveBack(cast);
        if (cast.uid !== this.#of(cast.poll).uid) return; // of a poll that is gone
        const refusal = { ...this.#of(cast.poll), answer };
        this.#refusals = new Map(this.#refusals).set(cast.poll, refusal);
        this.#giveBack(cast);
    }

    /* The poll may not be known yet. */
    #giveBack({ poll, uid, ballot }: Cast): void {
        if (this.#drafts.get(poll)?.uid !== uid) this.setDraft(poll, draftOf(ballot), uid);
    }

    async #kept<T>(kind: string): Promise<[string, T][]> {
        const prefix = this.#key(kind, '');
        const kept = await this.#keep.entries(prefix).catch(() => []);
        return kept.map(([key, value]) => [key.slice(prefix.length), value as T]);
    }

    async load(): Promise<void> {
        const drafts = await this.#kept<KeptDraft>('draft');
        this.#drafts = new Map([...drafts, ...this.#drafts]); // begun meanwhile: that holds
        this.#unsure = new Map([...(await this.#kept<Receipt>('unsure')), ...this.#unsure]);
        for (const [poll, receipt] of await this.#kept<Receipt>('receipt'))
            this.#receipts.set(poll, receipt);
    }

    setDraft(poll: string, draft: unknown, uid = this.#of(poll).uid): void {
        const kept = { uid, draft };
        this.#drafts = new Map(this.#drafts).set(poll, kept);
        this.#keep.set(this.#key('draft', poll), kept).catch(() => undefined);
    }

    dropDraft(poll: string): void {
        const drafts = new Map(this.#drafts);
        drafts.delete(poll);
        this.#drafts = drafts;
        this.#keep.remove(this.#key('draft', poll)).catch(() => undefined);
    }

    /** What somebody else left here, also what was not loaded. */
    async dropDrafts(): Promise<void> {
        const drafts = this.#key('draft', '');
        this.#drafts = this.#refusals = new Map();
        const kept = await this.#keep.entries(drafts).catch(() => []);
        await Promise.all(kept.map(([key]) => this.#keep.remove(key).catch(() => undefined)));
    }

    #key(kind: string, poll: string): string {
        return `${kind}:${this.#session.event}:${poll}`;
    }

    #mine(poll: string): MyPoll | undefined {
        return myPoll(this.#session.hall.me, poll);
    }

    #onItsWay(poll: string): (Letter & { request: Cast }) | undefined {
        const { uid } = this.#of(poll);
        const letters = this.#session.letters.filter(
            ({ request }) =>
                request.op === 'cast' && request.poll === poll && request.uid === uid,
        );
        return letters[letters.length - 1] as (Letter & { request: Cast }) | undefined;
    }

    stateOf(poll: string): VoteState {
        const letter = this.#onItsWay(poll);
        if (letter) return { is: 'sending', kept: letter.kept, ballot: letter.request.ballot };
        const known = this.#known(poll);
        const refusal = this.#refusalOf(poll);
        const open = this.#poll(poll)?.state === 'open';
        /* Once it is over an earlier ballot counts, whatever came too late. */
        const none = known.is === 'none' || known.is === 'unknown';
        if (!refusal || !(open || none)) return known;
        return { is: 'refused', err: refusal.err, key: refusal.key };
    }

    #refusalOf(poll: string): Refused | undefined {
        const kept = this.#refusals.get(poll);
        const { uid, round } = this.#of(poll);
        return kept?.uid === uid && kept?.round === round ? kept.answer : undefined;
    }

    #known(poll: string): VoteState {
        const mine = this.#mine(poll);
        if (mine?.ballot) return { is: 'stored', ballot: mine.ballot };
        if (mine && mine.counter > 0) return { is: 'elsewhere' };
        return this.#asKept(poll, mine !== undefined);
    }

    /* What this phone knows itself: of a sealed poll the server can't say any more who voted,
     * and of a closed one it may have lost what it had acknowledged. */
    #asKept(poll: string, asked: boolean): VoteState {
        const state = this.#poll(poll)?.state;
        const kept = this.receiptOf(poll);
        if (state === 'sealed' && !asked) {
            const unsure = this.unsureOf(poll);
            if (unsure) return { is: 'unsure', ballot: unsure.ballot };
            if (!kept) return { is: 'unknown' };
            const older = kept.counts === false;
            return older ? { is: 'elsewhere' } : { is: 'receipt', ballot: kept.ballot };
        }
        const lost = state === 'closed' && asked && kept && kept.counts !== false;
        return lost ? { is: 'lost', ballot: kept.ballot } : { is: 'none' };
    }

    /** The ballot that counts or is on its way. */
    ballotOf(poll: string): Ballot | undefined {
        return this.#onItsWay(poll)?.request.ballot ?? this.#mine(poll)?.ballot;
    }

    /** From this very moment the vote is on its way: an older one is "stored" no more. */
    async cast(poll: string, ballot: Ballot): Promise<void> {
        const { nonce, secret, lock } = newBallotSecrets();
        const { uid } = this.#of(poll);
        const highest = Math.max(
            this.#mine(poll)?.counter ?? 0,
            this.#onItsWay(poll)?.request.counter ?? 0,
            this.receiptOf(poll)?.counter ?? 0,
        );
        const counter = highest + 1;
        const refusals = new Map(this.#refusals);
        refusals.delete(poll);
        this.#refusals = refusals;
        this.#setWrong(uid, false);
        this.#secrets.set(lock, secret);
        this.#keep.set(this.#key('secret', poll), { lock, secret }).catch(() => undefined);
        const request: Cast = {
            op: 'cast',
            poll,
            ...(uid ? { uid } : {}),
            counter,
            ballot: canonicalBallot(ballot),
            nonce,
            lock,
        };
        const answer = this.#session.send(request);
        this.dropDraft(poll);
        await answer;
    }

    /**
     * Casts again what the server once acknowledged and no longer knows: its disk lost it, or
     * it came back from an older backup. The same ballot under the same proof; a newer one
     * goes first.
     */
    async recast(): Promise<void> {
        for (const { poll, state } of this.#session.hall.polls.values()) {
            const kept = await this.#newestReceipt(poll);
            const known = this.#mine(poll)?.counter ?? 0;
            if (kept && known > kept.counter)
                void this.#keepReceipt(poll, { ...kept, counts: false });
            const counted = kept && kept.counts !== false && kept.counter > known;
            const lost = state === 'open' && counted;
            if (lost && !this.#onItsWay(poll)) this.#castAgain(poll, kept);
        }
    }

    /* Another tab may have voted since this one looked. */
    async #newestReceipt(poll: string): Promise<Receipt | undefined> {
        const key = this.#key('receipt', poll);
        const kept = (await this.#keep.get(key).catch(() => undefined)) as Receipt | undefined;
        const own = this.#receipts.get(poll);
        if (kept && kept.counter > (own?.counter ?? 0)) this.#receipts.set(poll, kept);
        return this.receiptOf(poll);
    }

    /** Of this very person in this very poll: ids are given again after a restore. */
    receiptOf(poll: string): Receipt | undefined {
        return this.#ifOwn(poll, this.#receipts.get(poll));
    }

    /** Likewise of the ballot that was sent last, where nobody can tell whether it came in time. */
    unsureOf(poll: string): Receipt | undefined {
        const unsure = this.#ifOwn(poll, this.#unsure.get(poll));
        const later = this.receiptOf(poll)?.counter ?? 0;
        return unsure && unsure.counter > later ? unsure : undefined;
    }

    #ifOwn(poll: string, kept: Receipt | undefined): Receipt | undefined {
        const { me } = this.#session.hall;
        const same = kept?.uid === this.#of(poll).uid && kept?.person === me?.person;
        return same ? kept : undefined;
    }

    #castAgain(poll: string, kept: Receipt): void {
        const { uid, ballot, counter, nonce, secret } = kept;
        const lock = lockOf(secret);
        if (ballotProof(poll, lock, nonce, ballot) !== kept.proof) return;
        this.#secrets.set(lock, secret);
        const of = uid ? { uid } : {};
        void this.#session.send({ op: 'cast', poll, ...of, counter, ballot, nonce, lock });
    }

    #setWrong(uid: string | undefined, wrong: boolean): void {
        const wrongs = new Set(this.#wrongProofs);
        if (wrong) wrongs.add(uid);
        else wrongs.delete(uid);
        this.#wrongProofs = wrongs;
    }

    async #receiptFor(cast: Cast, pos: number): Promise<Receipt> {
        const { poll, uid, lock, nonce, ballot, counter } = cast;
        const kept = (await this.#keep
            .get(this.#key('secret', poll))
            .catch(() => undefined)) as { lock: string; secret: string } | undefined;
        const secret = this.#secrets.get(lock) ?? (kept?.lock === lock ? kept.secret : '');
        const person = this.#session.hall.me?.person ?? '';
        const proof = ballotProof(poll, lock, nonce, ballot);
        return { person, uid, counter, ballot, nonce, secret, proof, pos };
    }

    async #stored(cast: Cast, stored: Stored): Promise<void> {
        const { poll, uid, lock, nonce, ballot, counter } = cast;
        const wrong = ballotProof(poll, lock, nonce, ballot) !== stored.proof;
        this.#setWrong(uid, wrong);
        if (wrong) return;
        const known = this.#mine(poll)?.counter ?? 0;
        const counts = stored.counts && counter >= known; // it may be an answer of long ago
        const receipt = { ...(await this.#receiptFor(cast, stored.pos)), counts };
        const newest = await this.#newestReceipt(poll);
        const better = newest && newest.counts !== false && newest.counter >= counter;
        if (counts || !better) await this.#keepReceipt(poll, receipt);
        if (counts) this.#windows?.postMessage(poll);
        if (counts) return;
        this.#giveBack(cast);
        this.#session.askAnew(); // what does count was cast elsewhere
    }

    async #keepUnsure(cast: Cast): Promise<void> {
        const receipt = await this.#receiptFor(cast, 0);
        this.#unsure = new Map(this.#unsure).set(cast.poll, receipt);
        this.#keep.set(this.#key('unsure', cast.poll), receipt).catch(() => undefined);
    }

    async #keepReceipt(poll: string, receipt: Receipt): Promise<void> {
        this.#receipts.set(poll, receipt);
        await this.#keep.set(this.#key('receipt', poll), receipt).catch(() => undefined);
    }

    /* Another window has voted. */
    async #learn(poll: string): Promise<void> {
        const kept = await this.#newestReceipt(poll);
        const known = this.#mine(poll)?.counter ?? 0;
        if (!kept || kept.counts === false || kept.counter <= known) return;
        const { counter, ballot } = kept;
        this.#session.hall = applyMyBallot(this.#session.hall, { poll, counter, ballot });
    }
}

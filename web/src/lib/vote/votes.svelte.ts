/* The person's own votes: drafts that survive a reload, sending, and what became of it. */
import { ballotProof, canonicalBallot, lockOf, newBallotSecrets } from '../crypto/proof';
import type { Keep } from '../net/keep';
import type { Refused, Answer, Ballot, Cast, MyPoll, Stored } from '../net/protocol';
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
    | { is: 'lost'; ballot: Ballot }
    /* `key`: the option that it is about, where it is about one. */
    | { is: 'refused'; err: string; key: string | undefined };

export class Votes {
    readonly #session: Session;
    readonly #keep: Keep;
    readonly #secrets = new Map<string, string>();
    /** The last stored ballot of each poll, as this phone knows it. */
    readonly #receipts = new Map<string, Receipt>();
    drafts = $state.raw<ReadonlyMap<string, unknown>>(new Map());
    refusals = $state.raw<ReadonlyMap<string, Refused>>(new Map());
    /** Polls whose ballot the server acknowledged with a proof that is not ours. */
    wrongProofs = $state.raw<ReadonlySet<string>>(new Set());

    constructor(session: Session, keep: Keep) {
        this.#session = session;
        this.#keep = keep;
    }

    /** To be told of every answer to a cast. */
    answered(letter: Letter, answer: Answer): void {
        if (letter.request.op !== 'cast') return;
        if (answer.op === 'stored') void this.#stored(letter.request, answer);
        if (answer.op === 'refused') {
            const { poll, ballot } = letter.request;
            this.refusals = new Map(this.refusals).set(poll, answer);
            if (!this.drafts.has(poll)) this.setDraft(poll, draftOf(ballot));
        }
    }

    async load(): Promise<void> {
        const prefix = this.#key('draft', '');
        const kept = await this.#keep.entries(prefix).catch(() => []);
        const old = kept.map(([key, value]) => [key.slice(prefix.length), value] as const);
        this.drafts = new Map([...old, ...this.drafts]); // begun meanwhile: that holds
        const receipts = this.#key('receipt', '');
        for (const [key, value] of await this.#keep.entries(receipts).catch(() => []))
            this.#receipts.set(key.slice(receipts.length), value as Receipt);
    }

    setDraft(poll: string, draft: unknown): void {
        this.drafts = new Map(this.drafts).set(poll, draft);
        this.#keep.set(this.#key('draft', poll), draft).catch(() => undefined);
    }

    dropDraft(poll: string): void {
        const drafts = new Map(this.drafts);
        drafts.delete(poll);
        this.drafts = drafts;
        this.#keep.remove(this.#key('draft', poll)).catch(() => undefined);
    }

    /** What somebody else left here, also what was not loaded. */
    async dropDrafts(): Promise<void> {
        const drafts = this.#key('draft', '');
        this.drafts = this.refusals = new Map();
        const kept = await this.#keep.entries(drafts).catch(() => []);
        await Promise.all(kept.map(([key]) => this.#keep.remove(key).catch(() => undefined)));
    }

    #key(kind: string, poll: string): string {
        return `${kind}:${this.#session.event}:${poll}`;
    }

    #mine(poll: string): MyPoll | undefined {
        return this.#session.hall.me?.polls?.find((mine) => mine.poll === poll);
    }

    #onItsWay(poll: string): (Letter & { request: Cast }) | undefined {
        const letters = this.#session.letters.filter(
            (letter) => letter.request.op === 'cast' && letter.request.poll === poll,
        );
        return letters[letters.length - 1] as (Letter & { request: Cast }) | undefined;
    }

    stateOf(poll: string): VoteState {
        const letter = this.#onItsWay(poll);
        if (letter) return { is: 'sending', kept: letter.kept, ballot: letter.request.ballot };
        const refusal = this.refusals.get(poll);
        if (refusal) return { is: 'refused', err: refusal.err, key: refusal.key };
        const mine = this.#mine(poll);
        if (mine?.ballot) return { is: 'stored', ballot: mine.ballot };
        if (mine && mine.counter > 0) return { is: 'elsewhere' };
        return this.#asKept(poll, mine !== undefined);
    }

    /* What this phone knows itself: of a sealed poll the server can't say any more who voted,
     * and of a closed one it may have lost what it had acknowledged. */
    #asKept(poll: string, asked: boolean): VoteState {
        const state = this.#session.hall.polls.get(poll)?.state;
        const kept = this.receiptOf(poll);
        if (state === 'sealed' && !asked) {
            if (!kept) return { is: 'unknown' };
            const older = kept.counts === false;
            return older ? { is: 'elsewhere' } : { is: 'receipt', ballot: kept.ballot };
        }
        const lost = state === 'closed' && asked && kept !== undefined;
        return lost ? { is: 'lost', ballot: kept.ballot } : { is: 'none' };
    }

    /** The ballot that counts or is on its way. */
    ballotOf(poll: string): Ballot | undefined {
        return this.#onItsWay(poll)?.request.ballot ?? this.#mine(poll)?.ballot;
    }

    /** From this very moment the vote is on its way: an older one is "stored" no more. */
    async cast(poll: string, ballot: Ballot): Promise<void> {
        const { nonce, secret, lock } = newBallotSecrets();
        const uid = this.#session.hall.polls.get(poll)?.uid;
        const highest = Math.max(
            this.#mine(poll)?.counter ?? 0,
            this.#onItsWay(poll)?.request.counter ?? 0,
            this.receiptOf(poll)?.counter ?? 0,
        );
        const counter = highest + 1;
        const refusals = new Map(this.refusals);
        refusals.delete(poll);
        this.refusals = refusals;
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
                this.#keepReceipt(poll, { ...kept, counts: false });
            const lost = state === 'open' && kept !== undefined && kept.counter > known;
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
        const kept = this.#receipts.get(poll);
        const { me, polls } = this.#session.hall;
        const same = kept?.uid === polls.get(poll)?.uid && kept?.person === me?.person;
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

    async #stored(cast: Cast, stored: Stored): Promise<void> {
        const { poll, lock, nonce, ballot, counter } = cast;
        if (ballotProof(poll, lock, nonce, ballot) !== stored.proof) {
            this.wrongProofs = new Set(this.wrongProofs).add(poll);
            return;
        }
        const kept = (await this.#keep
            .get(this.#key('secret', poll))
            .catch(() => undefined)) as { lock: string; secret: string } | undefined;
        const secret = this.#secrets.get(lock) ?? (kept?.lock === lock ? kept.secret : '');
        const receipt: Receipt = {
            person: this.#session.hall.me?.person ?? '',
            uid: cast.uid,
            counter,
            ballot,
            nonce,
            secret,
            proof: stored.proof,
            pos: stored.pos,
            counts: stored.counts,
        };
        this.#keepReceipt(poll, receipt);
    }

    #keepReceipt(poll: string, receipt: Receipt): void {
        this.#receipts.set(poll, receipt);
        this.#keep.set(this.#key('receipt', poll), receipt).catch(() => undefined);
    }
}

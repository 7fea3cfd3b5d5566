/* What is on paper, as the desk is told it, and the piles that are half entered or on their way. */
import { newId } from '../../lib/crypto/bytes';
import type { PaperBatch, Message, Pile, Request } from '../../lib/net/protocol';
import type { Session } from '../../lib/state/session.svelte';
import type { Desk } from '../desk.svelte';
import { withPile } from './read';

/** A batch on its way; with its id it counts once, however often it is sent. */
interface Sent {
    id: string;
    /** Whose id it is: another's, though the same, is another batch. */
    person: string;
    where: string;
    request: Extract<Request, { op: 'paper.enter' }>;
}

export class Papers {
    #batches = $state.raw<ReadonlyMap<string, PaperBatch>>(new Map());
    /* Piles that are typed and not yet entered, by poll. */
    #drafts = $state.raw<ReadonlyMap<string, readonly Pile[]>>(new Map());
    /* The line that is being typed, and whose paper it is: a share from 1, 0 not said yet. */
    #lines = $state.raw<ReadonlyMap<string, string>>(new Map());
    #shares = $state.raw<ReadonlyMap<string, number>>(new Map());
    /* One a poll at most. */
    #sent = $state.raw<ReadonlyMap<string, Sent>>(new Map());
    /* The session that they were last sent in. */
    #from: Session | null = null;

    forget(): void {
        this.#batches = new Map();
    }

    /** Another event's are nobody's here. */
    forgetTyped(): void {
        this.#drafts = new Map();
        this.#lines = new Map();
        this.#shares = new Map();
        this.#sent = new Map();
    }

    hear(message: Message): void {
        if (message.op !== 'change' || (message.from > 0 && !message.batches)) return;
        const batches = new Map(message.from === 0 ? [] : this.#batches);
        for (const batch of message.batches ?? []) batches.set(batch.batch, batch);
        this.#batches = batches;
    }

    /** Those that were not dropped, the oldest first. */
    of(poll: string): PaperBatch[] {
        return [...this.#batches.values()]
            .filter((batch) => batch.poll === poll && batch.state !== 'dropped')
            .sort((a, b) => Number(a.batch) - Number(b.batch));
    }

    pollOf(batch: string | undefined): string | undefined {
        return batch === undefined ? undefined : this.#batches.get(batch)?.poll;
    }

    draftOf(poll: string): readonly Pile[] {
        return this.#drafts.get(poll) ?? [];
    }

    setDraft(poll: string, piles: readonly Pile[]): void {
        this.#drafts = new Map(this.#drafts).set(poll, piles);
    }

    lineOf(poll: string): string {
        return this.#lines.get(poll) ?? '';
    }

    setLine(poll: string, line: string): void {
        this.#lines = new Map(this.#lines).set(poll, line);
    }

    shareOf(poll: string): number {
        return this.#shares.get(poll) ?? 0;
    }

    setShare(poll: string, share: number): void {
        this.#shares = new Map(this.#shares).set(poll, share);
    }

    /** Is there something that is not yet sent? */
    hasTyped(poll: string): boolean {
        return this.draftOf(poll).length > 0 || this.lineOf(poll).trim() !== '';
    }

    /** What is on its way, and stands in the draft no more. */
    sentOf(poll: string): readonly Pile[] {
        return this.#sent.get(poll)?.request.piles ?? [];
    }

    /** Sends the draft, one batch at a time. Is it entered? If not, it is back in the draft. */
    async enter(desk: Desk, where: string, poll: string, share: number): Promise<boolean> {
        const piles = [...this.draftOf(poll)];
        if (piles.length === 0 || this.#sent.has(poll)) return false;
        const of = share > 0 ? { share } : {};
        const request: Sent['request'] = { op: 'paper.enter', poll, ...of, piles };
        this.setDraft(poll, []);
        const person = desk.session?.hall.me?.person ?? '';
        this.#from = desk.session;
        return this.#send(desk, { id: newId(), person, where, request });
    }

    /** The desk is connected: a new session's predecessor never answers. What somebody else had
     * sent is back in the draft: the list of batches says whether it was entered. */
    resume(desk: Desk, person: string): void {
        if (this.#from === desk.session) return;
        this.#from = desk.session;
        for (const sent of this.#sent.values())
            if (sent.person === person) void this.#send(desk, { ...sent });
            else this.#putBack(sent);
    }

    #putBack({ request: { poll, piles } }: Sent): void {
        this.#forgetSent(poll);
        this.setDraft(poll, this.draftOf(poll).reduce(withPile, [...piles]));
    }

    #forgetSent(poll: string): void {
        this.#sent = new Map([...this.#sent].filter(([other]) => other !== poll));
    }

    async #send(desk: Desk, sent: Sent): Promise<boolean> {
        const { id, where, request } = sent;
        const { poll } = request;
        this.#sent = new Map(this.#sent).set(poll, sent);
        const { ok } = await desk.act(where, request, id);
        if (this.#sent.get(poll) !== sent) return false;
        if (ok) this.#forgetSent(poll);
        else this.#putBack(sent);
        return ok;
    }
}

/* What is on paper, as the desk is told it, and the piles that are half entered. */
import type { PaperBatch, Message, Pile } from '../../lib/net/protocol';

export class Papers {
    #batches = $state.raw<ReadonlyMap<string, PaperBatch>>(new Map());
    /** Piles that are typed and not yet entered, by poll. */
    drafts = $state.raw<ReadonlyMap<string, readonly Pile[]>>(new Map());

    forget(): void {
        this.#batches = new Map();
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
        return this.drafts.get(poll) ?? [];
    }

    setDraft(poll: string, piles: readonly Pile[]): void {
        this.drafts = new Map(this.drafts).set(poll, piles);
    }
}

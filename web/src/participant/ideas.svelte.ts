/* The person's own ideas: the draft, what is on its way, what came back. */
import type { Keep } from '../lib/net/keep';
import type { Letter } from '../lib/net/outbox';
import type { Answer, Idea } from '../lib/net/protocol';
import type { Session } from '../lib/state/session.svelte';

export interface IdeaDraft {
    /** The idea that is edited; null: a new one. */
    idea: string | null;
    title: string;
    text: string;
}

export const emptyDraft: IdeaDraft = { idea: null, title: '', text: '' };

export class Ideas {
    readonly #session: Session;
    readonly #keep: Keep;
    draft = $state.raw<IdeaDraft>(emptyDraft);
    refusal = $state.raw<{ err: string; draft: IdeaDraft | null } | null>(null);

    constructor(session: Session, keep: Keep) {
        this.#session = session;
        this.#keep = keep;
    }

    get #key(): string {
        return `draft-idea:${this.#session.event}`;
    }

    async load(): Promise<void> {
        const kept = await this.#keep.get(this.#key).catch(() => undefined);
        if (typeof kept === 'object' && kept !== null) this.draft = { ...emptyDraft, ...kept };
    }

    setDraft(draft: IdeaDraft): void {
        this.draft = draft;
        const done =
            draft === emptyDraft
                ? this.#keep.remove(this.#key)
                : this.#keep.set(this.#key, draft);
        done.catch(() => undefined);
    }

    /** Ideas that are written down but not answered yet. */
    get onTheirWay(): { id: string; title: string; kept: boolean }[] {
        return this.#session.letters.flatMap((letter) => {
            const { request } = letter;
            return request.op === 'idea.submit'
                ? [{ id: letter.id, title: request.title, kept: letter.kept }]
                : [];
        });
    }

    get mine(): Idea[] {
        return this.#session.hall.me?.ideas ?? [];
    }

    submit(lang: string): void {
        const { idea, title, text } = this.draft;
        const words = { title: title.trim(), text: text.trim(), lang };
        this.setDraft(emptyDraft);
        this.refusal = null;
        void this.#session.send(
            idea === null
                ? { op: 'idea.submit', ...words }
                : { op: 'idea.edit', idea, ...words },
        );
    }

    withdraw(idea: string): void {
        this.refusal = null;
        void this.#session.send({ op: 'idea.withdraw', idea });
    }

    /** A refused text comes back into the form, so that nothing typed is lost. */
    answered(letter: Letter, answer: Answer): void {
        const { request } = letter;
        if (answer.op !== 'refused' || !request.op.startsWith('idea.')) return;
        const draft =
            request.op === 'idea.submit'
                ? { idea: null, title: request.title, text: request.text }
                : request.op === 'idea.edit'
                  ? { idea: request.idea, title: request.title, text: request.text }
                  : null;
        this.refusal = { err: answer.err, draft };
    }
}

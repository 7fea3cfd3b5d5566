/* The person's own ideas: the draft, what is on its way, what came back. */
import { limits } from '../lib/vote/limits';
import type { Keep } from '../lib/net/keep';
import type { Letter } from '../lib/net/outbox';
import type { Answer, Idea, Request } from '../lib/net/protocol';
import type { Session } from '../lib/state/session.svelte';

export interface IdeaDraft {
    /** The idea that is edited; null: a new one. */
    idea: string | null;
    title: string;
    text: string;
    /** Ids; not there while they are not touched. */
    tags?: readonly string[];
    /** Likewise; '0': for none. */
    challenge?: string;
    /** As lib/media/draw.ts writes it; '': without one; absent: as the idea has it. */
    drawing?: string;
    /** As lib/media/photo.ts prepares it; '': without one; absent: as the idea has it. */
    photo?: string;
}

export const emptyDraft: IdeaDraft = { idea: null, title: '', text: '' };

type IdeaText = Pick<Extract<Request, { op: 'idea.submit' }>, 'title' | 'drawing'>;

/* What somebody had filled in before it became this letter. */
function draftIn({ request, photo }: Letter): IdeaDraft | null {
    if (request.op !== 'idea.submit' && request.op !== 'idea.edit') return null;
    const { op, lang, ...words } = request;
    return { idea: null, ...words, ...(photo === undefined ? {} : { photo }) };
}

/** What somebody wrote and is not in the form: refused, or (err '') begun before a refused one
 * was taken back into it. */
interface Aside {
    err: string;
    draft: IdeaDraft | null;
}

export class Ideas {
    readonly #session: Session;
    readonly #keep: Keep;
    draft = $state.raw<IdeaDraft>(emptyDraft);
    aside = $state.raw<readonly Aside[]>([]);

    constructor(session: Session, keep: Keep) {
        this.#session = session;
        this.#keep = keep;
    }

    get #key(): string {
        return `draft-idea:${this.#session.event}`;
    }

    async load(): Promise<void> {
        const read = (key: string) => this.#keep.get(key).catch(() => undefined);
        const [kept, photo] = [await read(this.#key), await read(this.#photoKey)];
        const aside = await read(this.#asideKey);
        if (Array.isArray(aside)) this.aside = [...(aside as Aside[]), ...this.aside];
        if (typeof kept !== 'object' || kept === null) return;
        if (this.draft !== emptyDraft) return; // begun meanwhile: that holds
        const pictured = typeof photo === 'string' ? { photo } : {};
        this.draft = { ...emptyDraft, ...kept, ...pictured };
    }

    /* Under a key of its own: it is large, and seldom changes while somebody types. */
    get #photoKey(): string {
        return `${this.#key}:photo`;
    }

    get #asideKey(): string {
        return `${this.#key}:aside`;
    }

    #write(key: string, value: unknown): void {
        const written =
            value === undefined ? this.#keep.remove(key) : this.#keep.set(key, value);
        written.catch(() => undefined);
    }

    setDraft(draft: IdeaDraft): void {
        const { photo, ...words } = draft;
        if (photo !== this.draft.photo) this.#write(this.#photoKey, photo);
        this.#write(this.#key, draft === emptyDraft ? undefined : words);
        this.draft = draft;
    }

    #layAside(aside: readonly Aside[]): void {
        if (aside.length === 0 && this.aside.length === 0) return;
        this.#write(this.#asideKey, aside.length > 0 ? aside : undefined);
        this.aside = aside;
    }

    /** The first that was refused and is not in the form again. */
    get refusal(): Aside | null {
        return this.aside.find(({ err }) => err) ?? null;
    }

    /** Takes its words back into the form; what was begun there waits until they are sent. */
    correct(): void {
        const { refusal } = this;
        if (!refusal?.draft) return;
        const others = this.aside.filter((one) => one !== refusal);
        this.#layAside(this.begun ? [...others, { err: '', draft: this.draft }] : others);
        this.setDraft(refusal.draft);
    }

    /** One's own idea into the form, as it was sent last; a new one that was begun there waits, and
     * what was begun of this very one goes on. */
    edit({ idea, title = '', text = '' }: Idea): void {
        const { draft } = this;
        if (this.begun && draft.idea === idea) return;
        const sent = this.#session.letters
            .flatMap(({ request }) =>
                request.op === 'idea.edit' && request.idea === idea ? [request] : [],
            )
            .at(-1);
        if (this.begun && draft.idea === null)
            this.#layAside([...this.aside, { err: '', draft }]);
        this.setDraft({ idea, title: sent?.title ?? title, text: sent?.text ?? text });
    }

    /* What says no more than that something was refused has been read. */
    #forgetWordless(): void {
        this.#layAside(this.aside.filter(({ draft }) => draft));
    }

    #resume(): void {
        const waiting = this.aside.find(({ err }) => !err);
        if (waiting) this.#layAside(this.aside.filter((one) => one !== waiting));
        this.setDraft(waiting?.draft ?? emptyDraft);
    }

    /** What somebody else left here, also what was not loaded, is gone for good. */
    forget(): void {
        this.setDraft(emptyDraft);
        this.#write(this.#photoKey, undefined);
        this.#write(this.#asideKey, undefined);
        this.aside = [];
    }

    /** Something is in the draft. */
    get begun(): boolean {
        const { title, text, tags, drawing, photo } = this.draft;
        return Boolean(title || text || tags?.length || drawing || photo);
    }

    /** Ideas that are written down but not answered yet. */
    get onTheirWay(): (Pick<Letter, 'id' | 'kept' | 'photo' | 'failed'> & IdeaText)[] {
        return this.#session.letters.flatMap(({ id, kept, photo = '', failed = 0, request }) =>
            request.op === 'idea.submit' ? [{ ...request, id, kept, photo, failed }] : [],
        );
    }

    /** An idea has a change that is not answered yet. */
    isChanging(idea: string): boolean {
        return this.#session.letters.some(
            ({ request }) => request.op === 'idea.edit' && request.idea === idea,
        );
    }

    get mine(): Idea[] {
        return this.#session.hall.me?.ideas ?? [];
    }

    /** `more`: the challenge that it is for, if that is to be said. */
    submit(lang: string, more: Pick<IdeaDraft, 'challenge'> = {}): void {
        const { idea, title, text, tags, drawing = null, photo = null } = this.draft;
        const away = (picture: string | null) => idea !== null && picture === '';
        const words = {
            title: title.trim(),
            text: text.trim(),
            lang,
            ...more,
            // a moderator may give more than one may send: those stay as they are
            ...(tags && tags.length <= limits.tags ? { tags: [...tags] } : {}),
            ...(drawing || away(drawing) ? { drawing: drawing ?? '' } : {}),
            ...(away(photo) ? { photo: '' } : {}),
        };
        this.#forgetWordless();
        void this.#session.send(
            idea === null
                ? { op: 'idea.submit', ...words }
                : { op: 'idea.edit', idea, ...words },
            photo ?? '',
        );
        this.#resume(); // after the letter is being written: else a cut loses it
    }

    /** An idea on its way, whose photograph does not get there, goes without it. */
    leavePhoto(letter: string): void {
        this.#session.leavePhoto(letter);
    }

    withdraw(idea: string): void {
        this.#forgetWordless();
        void this.#session.send({ op: 'idea.withdraw', idea });
    }

    /** A refused text can be taken back into the form, also after a reload: nothing typed is lost. */
    answered(letter: Letter, answer: Answer): void {
        const { request } = letter;
        if (answer.op !== 'refused' || !request.op.startsWith('idea.')) return;
        this.#layAside([...this.aside, { err: answer.err, draft: draftIn(letter) }]);
    }
}

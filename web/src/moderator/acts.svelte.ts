/* What moderators did last, and what of it can be undone: as the desk is told it. */
import type { Act, Message } from '../lib/net/protocol';

/** As long as the server takes an undo. */
const UNDO_MS = 10 * 60 * 1000;

export class Acts {
    /** The oldest first. */
    list = $state.raw<readonly Act[]>([]);
    /** What was done before this desk was here is not offered unasked. */
    since = $state.raw(0);
    #undoable = $state.raw<ReadonlySet<number>>(new Set());
    #begun = false;

    forget(): void {
        this.list = [];
        this.#undoable = new Set();
        this.#begun = false;
    }

    hear(message: Message): void {
        if (message.op !== 'change') return;
        const told = message.acts ?? [];
        const known = message.from === 0 ? [] : this.list;
        const news = new Set(told.map((act) => act.pos));
        if (told.length > 0 || message.from === 0) {
            const all = [...known.filter((act) => !news.has(act.pos)), ...told];
            this.list = all.sort((a, b) => a.pos - b.pos);
        }
        this.#undoable = new Set(message.undoable ?? []);
        if (!this.#begun) this.since = message.pos;
        this.#begun = true;
    }

    find(pos: number | undefined): Act | undefined {
        return this.list.find((act) => act.pos === pos);
    }

    mayUndo(act: Act, now_ms: number): boolean {
        return this.#undoable.has(act.pos) && now_ms - act.at <= UNDO_MS;
    }

    /** A person's last act that stands. */
    lastOf(person: string | undefined): Act | undefined {
        return this.list.filter((act) => act.by === person && !act.undone).at(-1);
    }
}

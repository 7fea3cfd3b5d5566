/* Who is put out of the event, as the desk is told it. */
import type { Ban } from '../lib/net/bans';
import type { Hall } from '../lib/net/hall';
import type { Idea, Message } from '../lib/net/protocol';

export class Bans {
    /** The newest first. */
    list = $state.raw<readonly Ban[]>([]);

    forget(): void {
        this.list = [];
    }

    hear(message: Message): void {
        if (message.op !== 'change') return;
        if (message.banned) this.list = [...message.banned].sort((a, b) => b.at - a.at);
        else if (message.from === 0) this.list = [];
    }

    /** Is its author one of them? */
    hasOut(idea: Idea, ideas: Hall['ideas']): boolean {
        const { author } = idea;
        return this.list.some((ban) => author && ideas.get(ban.idea)?.author === author);
    }
}

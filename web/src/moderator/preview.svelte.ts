/* A poll as phones would have it, and somebody who votes in it without a server. */
import { emptyHall } from '../lib/net/hall';
import type { Hall } from '../lib/net/hall';
import type { Idea, Option, Poll } from '../lib/net/protocol';
import type { Voter } from '../participant/voter';
import { specOf } from './pollDraft';
import type { PollDraft } from './pollDraft';

function optionOf({ idea, title, text, lang, drawing, photo }: Idea): Option {
    return {
        option: idea,
        ...(title !== undefined ? { title } : {}),
        ...(text !== undefined ? { text } : {}),
        ...(lang !== undefined ? { lang } : {}),
        ...(drawing ? { drawing } : {}),
        ...(photo ? { photo } : {}),
    };
}

const answers: Option[] = [
    { option: '1', code: 'yes' },
    { option: '2', code: 'no' },
];

export function pollOfDraft(draft: PollDraft, hall: Hall): Poll {
    const { options: ids, ...spec } = specOf(draft);
    const options = ids.flatMap((id) => {
        const idea = hall.ideas.get(id);
        return idea ? [optionOf(idea)] : [];
    });
    const about = spec.form === 'yesno' ? options[0] : undefined;
    return {
        ...spec,
        poll: 'preview',
        uid: 'preview',
        state: 'open',
        published: false,
        annulled: false,
        reopened: 0,
        options: spec.form === 'yesno' ? answers : options,
        ...(about ? { about } : {}),
    };
}

/** What is filled in stays in this page, and goes nowhere. */
export class Rehearsal implements Voter {
    #drafts = $state.raw<ReadonlyMap<string, unknown>>(new Map());
    readonly session = null;
    readonly seed = 'preview';
    hall: Hall = $state.raw(emptyHall);
    readonly votes: Voter['votes'];

    constructor() {
        const drafts = (): ReadonlyMap<string, unknown> => this.#drafts;
        this.votes = {
            get drafts() {
                return drafts();
            },
            stateOf: () => ({ is: 'none' }),
            setDraft: (poll, draft) => {
                this.#drafts = new Map(this.#drafts).set(poll, draft);
            },
            cast: () => Promise.resolve(),
        };
    }
}

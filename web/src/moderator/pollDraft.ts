/* A poll that is being made: defaults that fit without a choice, and what goes out. */
import type { Form, Poll, PollSpec, Publication } from '../lib/net/protocol';

export interface PollDraft {
    /** The draft on the server that is edited; null: a new one. */
    poll: string | null;
    question: string;
    lang: string;
    form: Form;
    method: string;
    seats: number;
    ranks: number;
    dots: number;
    ties: boolean;
    live: boolean;
    publication: Publication;
    options: readonly string[];
}

/** By form: what is offered, the default first. */
export const methods: Record<Form, readonly string[]> = {
    ranking: [
        'ranked-pairs-wv',
        'irv',
        'schulze-wv',
        'borda',
        'copeland',
        'minimax-wv',
        'plurality',
        'ranked-pairs-margins',
        'schulze-margins',
        'minimax-margins',
    ],
    approval: ['approval'],
    yesno: ['plurality'],
    score: ['score', 'star'],
    dots: ['score'],
};

/** How many dots each person has, if nobody says else; and at most. */
const DOTS = 5;
export const DOTS_MAX = 20;

export function newPollDraft(lang: string, options: readonly string[]): PollDraft {
    return {
        poll: null,
        question: '',
        lang,
        form: 'ranking',
        method: 'ranked-pairs-wv',
        seats: 1,
        ranks: 3,
        dots: DOTS,
        ties: false,
        live: false,
        publication: 'ballots',
        options,
    };
}

export function pollDraftOf(poll: Poll): PollDraft {
    const { question, lang, form, method, seats, ranks, ties, live, publication } = poll;
    const options =
        form === 'yesno'
            ? poll.about
                ? [poll.about.option]
                : []
            : poll.options.map((option) => option.option);
    return {
        poll: poll.poll,
        question,
        lang,
        form,
        method,
        seats,
        ranks,
        dots: poll.dots ?? DOTS,
        ties,
        live,
        publication,
        options,
    };
}

/** Another form brings its own default method and what fits it. */
export function withForm(draft: PollDraft, form: Form): PollDraft {
    return {
        ...draft,
        form,
        method: methods[form][0] ?? '',
        ties: draft.ties && form === 'ranking',
    };
}

export type PollFault = 'poll.fault.question' | 'poll.fault.options' | 'poll.fault.one';

export function faultOf(draft: PollDraft): PollFault | null {
    if (draft.question.trim() === '') return 'poll.fault.question';
    if (draft.form === 'yesno') return draft.options.length > 1 ? 'poll.fault.one' : null;
    return draft.options.length < 2 ? 'poll.fault.options' : null;
}

export function specOf(draft: PollDraft): PollSpec {
    const yesno = draft.form === 'yesno';
    const room = Math.max(1, draft.options.length);
    return {
        question: draft.question.trim(),
        lang: draft.lang,
        form: draft.form,
        method: draft.method,
        seats: yesno ? 1 : Math.min(Math.max(1, draft.seats), room),
        ranks: draft.form === 'ranking' ? Math.min(Math.max(1, draft.ranks), room) : 1,
        ...(draft.form === 'dots' ? { dots: Math.min(Math.max(1, draft.dots), DOTS_MAX) } : {}),
        ties: draft.form === 'ranking' && draft.ties,
        live: draft.live && draft.publication === 'ballots',
        publication: draft.publication,
        options: [...draft.options],
    };
}

/* A poll that is being made: defaults that fit without a choice, and what goes out. */
import type { Form, Poll, PollSpec, Publication, Share } from '../lib/net/protocol';
import { fitting } from './fitting';
import type { Fit } from './fitting';
import { merged } from './threeWay';
import { sharesFit, sharesOut } from './sharing';

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
    /** Groups that decide fixed parts; none: everybody alike. */
    shares: readonly Share[];
    /** Nobody votes for the own team's idea. */
    noOwn: boolean;
    /** Nobody votes who comes after the opening. */
    noLate: boolean;
    /** How many people can vote at most; null: nobody knows. */
    people: number | null;
    /** What somebody chose by hand: it stays when the options change. */
    own: readonly (keyof Fit)[];
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

/** With what fits, but for what was chosen by hand. */
export function fitted(draft: PollDraft): PollDraft {
    const { options, people, own } = draft;
    const form = own.includes('form') ? draft.form : undefined;
    const kept = Object.fromEntries(own.map((key) => [key, draft[key]]));
    return { ...draft, ...fitting(options.length, people, form), ...kept };
}

/** The draft with a change by hand. */
export function changed(draft: PollDraft, change: Partial<PollDraft>): PollDraft {
    const chosen = (Object.keys(change) as (keyof PollDraft)[]).filter(
        (key): key is keyof Fit => key in fitting(0, null),
    );
    const own = [...new Set([...draft.own, ...chosen])];
    return fitted({ ...draft, ...change, own });
}

/** About a single idea one votes yes or no. */
export function newPollDraft(
    lang: string,
    options: readonly string[],
    people: number | null = null,
): PollDraft {
    const form: Form[] = options.length === 1 ? ['yesno'] : [];
    return fitted({
        poll: null,
        question: '',
        lang,
        ...fitting(options.length, people, ...form),
        seats: 1,
        options,
        shares: [],
        noOwn: false,
        noLate: false,
        people,
        own: form.length > 0 ? ['form'] : [],
    });
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
        shares: poll.shares ?? [],
        noOwn: poll.no_own ?? false,
        noLate: poll.no_late ?? false,
        people: null,
        own: ['form', 'method', 'ranks', 'dots', 'ties', 'live', 'publication'],
    };
}

/** The draft here, where somebody else has changed the one on the server; the method fits. */
export function followed(draft: PollDraft, from: PollDraft, now: PollDraft): PollDraft {
    const all = merged(draft, from, now);
    const [first = ''] = methods[all.form];
    return methods[all.form].includes(all.method) ? all : { ...all, method: first };
}

/** Another form brings its own default method and what fits it. */
export function withForm(draft: PollDraft, form: Form): PollDraft {
    return changed({ ...draft, own: [] }, { form });
}

export type PollFault =
    'poll.fault.question' | 'poll.fault.options' | 'poll.fault.one' | 'poll.fault.shares';

export function faultOf(draft: PollDraft): PollFault | null {
    if (draft.question.trim() === '') return 'poll.fault.question';
    if (draft.form === 'yesno' && draft.options.length > 1) return 'poll.fault.one';
    if (draft.form !== 'yesno' && draft.options.length < 2) return 'poll.fault.options';
    return sharesFit(draft.shares) ? null : 'poll.fault.shares';
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
        live: draft.live && draft.publication === 'ballots' && draft.shares.length === 0,
        publication: draft.publication,
        options: [...draft.options],
        ...(draft.shares.length > 0 ? { shares: sharesOut(draft.shares) } : {}),
        ...(draft.noOwn && !yesno ? { no_own: true } : {}),
        ...(draft.noLate ? { no_late: true } : {}),
    };
}

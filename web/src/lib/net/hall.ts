/* What a screen knows of its event, and how each message changes it. Pure. */
import type {
    Change,
    EventInfo,
    Idea,
    Live,
    Me,
    Message,
    MyPoll,
    Poll,
    Result,
} from './protocol';

export interface Hall {
    /** Position of the event's history that this shows; 0: nothing yet. */
    pos: number;
    event: EventInfo | null;
    ideas: ReadonlyMap<string, Idea>;
    polls: ReadonlyMap<string, Poll>;
    results: ReadonlyMap<string, Result>;
    live: Live | null;
    me: Me | null;
    /** How many people support an idea, as far as this screen is told. */
    support?: Readonly<Record<string, number>>;
}

/** Under this name a phone keeps the hall as it was last; another number when its form changes,
 * so that an older page's is not read. */
export const LAST_HALL = 'hall:1';

export const emptyHall: Hall = {
    pos: 0,
    event: null,
    ideas: new Map(),
    polls: new Map(),
    results: new Map(),
    live: null,
    me: null,
};

/** `gap`: messages are missing, say hello without a position. */
export interface Applied {
    hall: Hall;
    gap: boolean;
}

function patched<T>(
    old: ReadonlyMap<string, T>,
    changes: readonly (T | { state: 'gone' })[] | undefined,
    key: string,
): ReadonlyMap<string, T> {
    if (!changes?.length) return old;
    const map = new Map(old);
    for (const item of changes) {
        const id = (item as Record<string, string>)[key] as string;
        if ((item as { state?: string }).state === 'gone') map.delete(id);
        else map.set(id, item as T);
    }
    return map;
}

export function applyChange(hall: Hall, change: Change): Applied {
    if (change.from > hall.pos) return { hall, gap: true };
    const known = change.from === 0 ? emptyHall : hall;
    if (change.pos < hall.pos + Number(known === hall)) return { hall, gap: false };
    const polls = patched<Poll>(known.polls, change.polls as Poll[], 'poll');
    return {
        hall: {
            ...hall,
            pos: change.pos,
            event: change.event ?? hall.event,
            ideas: patched<Idea>(known.ideas, change.ideas, 'idea'),
            polls,
            support: { ...known.support, ...change.support },
            results: shownResults(hall.results, polls, known === hall),
        },
        gap: false,
    };
}

/* A screen that was away has not heard how a poll ended, nor that a result was taken back and
 * another published. */
function isOf(poll: Poll, result: Result): boolean {
    if (poll.annulled) return false;
    if (poll.published) return (result.published_pos ?? 0) >= (poll.published_pos ?? 0);
    return poll.live && poll.state === 'open' && result.live;
}

/** The result that a poll has by now; undefined: there is none, or none that this screen knows.
 * One that is ahead of its poll's change counts: the change is on its way. */
export function resultOf(hall: Hall, poll: Poll): Result | undefined {
    const result = hall.results.get(poll.poll);
    if (!result || poll.annulled) return undefined;
    const ahead = hall.pos > 0 && (result.published_pos ?? 0) > hall.pos;
    return ahead || isOf(poll, result) ? result : undefined;
}

/* What is left once a change has told how the polls stand; once all was told anew, only what
 * surely is the same: the server may have come back from a backup. */
function shownResults(
    results: ReadonlyMap<string, Result>,
    polls: ReadonlyMap<string, Poll>,
    continued: boolean,
): ReadonlyMap<string, Result> {
    return new Map(
        [...results].filter(([id, result]) => {
            const poll = polls.get(id);
            if (!poll || !isOf(poll, result)) return false;
            return continued || (poll.published && result.published_pos === poll.published_pos);
        }),
    );
}

export function applyMine(hall: Hall, idea: Idea): Hall {
    const me = hall.me ?? { person: '0' };
    const others = (me.ideas ?? []).filter((other) => other.idea !== idea.idea);
    const ideas = [...others, idea].sort((a, b) => Number(a.idea) - Number(b.idea));
    return { ...hall, me: { ...me, ideas } };
}

/** What one has cast in a poll, as far as the server has told. */
export const myPoll = (me: Me | null | undefined, poll: string): MyPoll | undefined =>
    me?.polls?.find((mine) => mine.poll === poll);

/** A ballot of one's own that now counts. */
export function applyMyBallot(hall: Hall, mine: MyPoll): Hall {
    const me = hall.me ?? { person: '0' };
    const others = (me.polls ?? []).filter((other) => other.poll !== mine.poll);
    return { ...hall, me: { ...me, polls: [...others, mine] } };
}

export function applyMessage(hall: Hall, message: Message): Applied {
    switch (message.op) {
        case 'welcome':
            /* A server that has lost its last acts tells all from the beginning. */
            return {
                hall: {
                    ...hall,
                    me: message.me ?? null,
                    pos: message.pos < hall.pos ? 0 : hall.pos,
                },
                gap: false,
            };
        case 'change':
            return applyChange(hall, message);
        case 'live':
            return { hall: { ...hall, live: message }, gap: false };
        case 'mine':
            return { hall: applyMine(hall, message.idea), gap: false };
        case 'result':
            return {
                hall: { ...hall, results: new Map(hall.results).set(message.poll, message) },
                gap: false,
            };
        default:
            return { hall, gap: false };
    }
}

/* Plain objects for tests. */
import type { Idea, Poll, Result } from '../src/lib/net/protocol';

export const idea = (id: string, more: Partial<Idea> = {}): Idea => ({
    idea: id,
    state: 'published',
    title: `Idea ${id}`,
    text: '',
    lang: 'de',
    ...more,
});

export const poll = (id: string, more: Partial<Poll> = {}): Poll => ({
    poll: id,
    uid: 'a'.repeat(32),
    state: 'open',
    published: false,
    annulled: false,
    question: 'Was zuerst?',
    lang: 'de',
    form: 'ranking',
    method: 'ranked-pairs-wv',
    seats: 1,
    ranks: 3,
    ties: false,
    live: false,
    publication: 'ballots',
    reopened: 0,
    options: ['1', '2', '3', '4'].map((option) => ({
        option,
        title: `Idea ${option}`,
        text: '',
        lang: 'de',
    })),
    ...more,
});

export const result = (id: string, more: Partial<Result> = {}): Result => ({
    op: 'result',
    poll: id,
    live: false,
    level: 'ballots',
    method: 'ranked-pairs-wv',
    seats: 1,
    ballots: 10,
    state: 'decided',
    winners: ['2'],
    ranking: [['2'], ['1', '3'], ['4']],
    ...more,
});

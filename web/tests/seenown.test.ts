import { expect, test } from 'vitest';
import type { Answer, Request } from '../src/lib/net/protocol';
import { SeenOwn } from '../src/moderator/seenOwn';

const done = (pos: number): Answer => ({ op: 'done', id: '0'.repeat(32), pos });
const open: Request = { op: 'poll.open', poll: '1', seen: 5 };

test('a draft that one has just changed oneself is opened as seen', () => {
    const own = new SeenOwn();
    own.done({ op: 'poll.drop', poll: '1' }, done(7));
    expect(own.told(open)).toEqual({ ...open, seen: 7 });
});

test('what was done to another thing, or before, changes nothing', () => {
    const own = new SeenOwn();
    own.done({ op: 'poll.drop', poll: '2' }, done(7));
    own.done({ op: 'poll.drop', poll: '1' }, done(4));
    expect(own.told(open)).toEqual(open);
});

test('the agenda that one has just changed oneself goes on as seen; a timer changes none', () => {
    const own = new SeenOwn();
    const start: Request = { op: 'phase.start', phase: '2', seen: 5 };
    own.done({ op: 'agenda.set', phases: [] }, done(7));
    own.done({ op: 'timer.set', running: false }, done(9));
    expect(own.told(start)).toEqual({ ...start, seen: 7 });
});

test('an idea that one has just merged another into is hidden as seen', () => {
    const own = new SeenOwn();
    own.done({ op: 'idea.merge', idea: '1', into: '2' }, done(7));
    const hide: Request = { op: 'idea.hide', idea: '2', reason: 'other', seen: 5 };
    expect(own.told(hide)).toEqual({ ...hide, seen: 7 });
});

/* What can be done to a poll in its state: the next step first. */
import type { Amendment, Poll, Reason, Request } from '../lib/net/protocol';

export type DeedName =
    | 'open'
    | 'countdown'
    | 'close'
    | 'publish'
    | 'unpublish'
    | 'reopen'
    | 'seal'
    | 'annul'
    | 'edit'
    | 'drop';

export type PollRequest = Amendment | Extract<Request, { op: 'poll.countdown' }>;

export interface Deed {
    is: DeedName;
    /** A word before it is done, or a reason. */
    asks: 'nothing' | 'sure' | 'reason';
    danger: boolean;
    request: PollRequest;
}

function deed(
    poll: Poll,
    is: Exclude<DeedName, 'edit' | 'reopen' | 'annul' | 'countdown'>,
    asks: 'nothing' | 'sure',
    danger = false,
): Deed {
    return { is, asks, danger, request: { op: `poll.${is}`, poll: poll.poll } };
}

function withReason(poll: Poll, is: 'reopen' | 'annul'): Deed {
    const request: PollRequest = { op: `poll.${is}`, poll: poll.poll, reason: 'mistake' };
    return { is, asks: 'reason', danger: is === 'annul', request };
}

/** So long before it comes a close is announced. */
export const COUNTDOWN_MS = 10_000;

/* It can be taken back while it runs, and so is not asked about. It may wait for a line: in a
 * later round nobody means it any more. */
function countdown({ poll, reopened }: Poll): Deed {
    const round = reopened + 1;
    const request: PollRequest = { op: 'poll.countdown', poll, in_ms: COUNTDOWN_MS, round };
    return { is: 'countdown', asks: 'nothing', danger: false, request };
}

/** `closing`: its close is announced. */
export function deedsOf(poll: Poll, closing = false): Deed[] {
    if (poll.annulled) return [];
    const show = poll.published
        ? deed(poll, 'unpublish', 'nothing')
        : deed(poll, 'publish', 'sure');
    switch (poll.state) {
        case 'draft':
            return [
                deed(poll, 'open', 'nothing'),
                {
                    is: 'edit',
                    asks: 'nothing',
                    danger: false,
                    request: { op: 'poll.drop', poll: poll.poll },
                },
                deed(poll, 'drop', 'sure', true),
            ];
        case 'open':
            return [
                ...(closing ? [] : [countdown(poll)]),
                deed(poll, 'close', 'sure'),
                withReason(poll, 'annul'),
            ];
        case 'closed':
            return [
                show,
                withReason(poll, 'reopen'),
                deed(poll, 'seal', 'sure'),
                withReason(poll, 'annul'),
            ];
        case 'sealed':
            return [show, withReason(poll, 'annul')];
    }
}

/** All of a poll that decides what its buttons mean. */
export function standing(poll: Poll, closing = false): string {
    const { state, published, annulled, reopened, question, options } = poll;
    return JSON.stringify([
        ...[state, published, annulled, reopened, closing],
        ...[question, options],
    ]);
}

/** The round of a poll, and how far it is: a question about it is for that one. */
export const roundOf = ({ state, published, annulled, reopened }: Poll): string =>
    [state, published, annulled, reopened].join(' ');

/** A deed is done to what this screen shows: not to what somebody has changed since, unread. A
 * countdown names its round. */
export const asSeen = (request: PollRequest, seen: number): Request =>
    request.op === 'poll.countdown' ? request : { ...request, seen };

export const pollReasons: readonly Reason[] = ['mistake', 'technical', 'other'];

export function reasoned(request: PollRequest, reason: Reason): PollRequest {
    return 'reason' in request ? { ...request, reason } : request;
}

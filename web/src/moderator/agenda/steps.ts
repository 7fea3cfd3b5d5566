/* The next step of the agenda: what the one large button will do, act by act. Always told from
 * what is, so that a press after a refused act goes on where it stopped. */
import { phaseOn } from '../../lib/agenda/phases';
import type { Hall } from '../../lib/net/hall';
import type { Amendment, Phase, Poll } from '../../lib/net/protocol';
import { givesBest, suggested } from '../best';

export type Step =
    /** A phase begins, and with it its poll, where that is a draft. */
    | { is: 'start'; phase: Phase; poll: Poll | undefined }
    /** The best of a poll that is over become the draft of the next phase's. */
    | { is: 'best'; poll: Poll; n: number }
    | { is: 'open' | 'close' | 'publish'; poll: Poll };
/** Only a phase begins: a way around the large button, which leaves all polls as they are. */
export type Go = { is: 'go'; phase: Phase };
export type ActName = 'start' | 'open' | 'close' | 'publish';
export interface Act {
    is: ActName;
    request: Amendment;
}

/** The poll that a phase is about, if it is still there. */
export const pollOf = (hall: Hall, phase: Phase | undefined): Poll | undefined =>
    hall.polls.get(phase?.poll ?? '');

export const mayPoll = (phase: Phase): boolean =>
    phase.is === 'shortlist' || phase.is === 'rank';

/** The neighbour of the phase that is on; before the first start, the first one. */
export function neighbour(hall: Hall, by: -1 | 1): Phase | undefined {
    const agenda = hall.event?.agenda ?? [];
    const at = agenda.findIndex((phase) => phase.phase === hall.event?.phase);
    if (at < 0 && by < 0) return undefined;
    return agenda[at + by];
}

export const goTo = (phase: Phase | undefined): Go | null =>
    phase ? { is: 'go', phase } : null;

function startOf(hall: Hall, phase: Phase | undefined): Step | null {
    return phase ? { is: 'start', phase, poll: pollOf(hall, phase) } : null;
}

/* What the poll of the phase that is on still waits for. */
function pollStep(poll: Poll | undefined): Step | null {
    if (!poll || poll.annulled || poll.published) return null;
    switch (poll.state) {
        case 'draft':
            return { is: 'open', poll };
        case 'open':
            return { is: 'close', poll };
        case 'closed':
        case 'sealed':
            return { is: 'publish', poll };
    }
}

/** The phase that is on, or the next one, if it ranks and has no poll yet. */
export function rankPhaseFor(hall: Hall): Phase | undefined {
    const near = [phaseOn(hall.event), neighbour(hall, 1)];
    return near.find((phase) => phase?.is === 'rank' && !pollOf(hall, phase));
}

/* The poll of the last shortlist before a phase, else the newest one by dots. */
function shortlistFor(hall: Hall, phase: Phase): Poll | undefined {
    const agenda = hall.event?.agenda ?? [];
    const before = agenda.slice(0, agenda.indexOf(phase));
    const planned = before
        .filter((one) => one.is === 'shortlist')
        .flatMap((one) => pollOf(hall, one) ?? []);
    const dots = [...hall.polls.values()]
        .filter((poll) => poll.form === 'dots')
        .sort((a, b) => Number(a.poll) - Number(b.poll));
    return [...dots, ...planned].filter(givesBest).at(-1);
}

/* Whoever has made a draft by hand has something else in mind. */
function bestStep(hall: Hall): Step | null {
    const phase = rankPhaseFor(hall);
    const poll = phase && shortlistFor(hall, phase);
    const drafted = [...hall.polls.values()].some((one) => one.state === 'draft');
    return poll && !drafted ? { is: 'best', poll, n: suggested(poll.options.length) } : null;
}

/** Null: the agenda is at its end. */
export function nextStep(hall: Hall): Step | null {
    const waiting = pollStep(pollOf(hall, phaseOn(hall.event)));
    return waiting ?? bestStep(hall) ?? startOf(hall, neighbour(hall, 1));
}

const pollAct = (is: 'open' | 'close' | 'publish', { poll }: Poll): Act => ({
    is,
    request: { op: `poll.${is}`, poll },
});

const startAct = ({ phase }: Phase): Act => ({
    is: 'start',
    request: { op: 'phase.start', phase: phase ?? '' },
});

export function actsOf(step: Step | Go): Act[] {
    switch (step.is) {
        case 'go':
            return [startAct(step.phase)];
        case 'start': {
            const start = startAct(step.phase);
            return step.poll?.state === 'draft' ? [start, pollAct('open', step.poll)] : [start];
        }
        case 'close':
            return [pollAct('close', step.poll), pollAct('publish', step.poll)];
        case 'best':
            return []; // see makeBest: what it sends hangs on a result
        case 'open':
        case 'publish':
            return [pollAct(step.is, step.poll)];
    }
}

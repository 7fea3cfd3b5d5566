/* What a step of the agenda is called, and what it will do, said before it is pressed. */
import { phaseOn } from '../../lib/agenda/phases';
import { t } from '../../lib/i18n/index.svelte';
import type { Hall } from '../../lib/net/hall';
import type { Phase, Poll } from '../../lib/net/protocol';
import { mayPoll, pollOf } from './steps';
import type { Go, Step } from './steps';

export function stepLabel(hall: Hall, step: Step): string {
    if (step.is === 'best') return t('best.go', { n: step.n });
    if (step.is !== 'start') return t(`agenda.act.${step.is}`);
    const phase = t(`phase.${step.phase.is}`);
    return hall.event?.phase ? t('agenda.next', { phase }) : t('agenda.begin', { phase });
}

function pollWords(poll: Poll | undefined, opens: boolean): string {
    if (!poll) return t('agenda.will.noPoll');
    const { question } = poll;
    if (poll.state === 'draft')
        return t(opens ? 'agenda.will.open' : 'agenda.will.notYet', { question });
    return t(poll.state === 'open' ? 'agenda.will.runs' : 'agenda.will.over', { question });
}

/* That ideas are no longer taken, where the words of the phase do not say it. */
function callWords(hall: Hall, { is }: Phase): string[] {
    const unsaid = is === 'shortlist' || is === 'rank' || is === 'follow-up';
    return unsaid && hall.event?.call ? [t('agenda.will.noIdeas')] : [];
}

function phaseWords(hall: Hall, phase: Phase, opens: boolean): string {
    const words =
        phase.is === 'shortlist' || phase.is === 'rank'
            ? pollWords(pollOf(hall, phase), opens)
            : t(`agenda.will.${phase.is}`);
    return [words, ...callWords(hall, phase)].join(' ');
}

export function stepWords(hall: Hall, step: Step): string {
    if (step.is === 'start') return phaseWords(hall, step.phase, true);
    return t(`agenda.will.${step.is}`, { question: step.poll.question });
}

/* The poll that runs is not the next phase's: it is left behind open. */
function leftOpen(hall: Hall, phase: Phase): Poll | undefined {
    const poll = pollOf(hall, phaseOn(hall.event));
    const stays = mayPoll(phase) && phase.poll === poll?.poll;
    return poll?.state === 'open' && !poll.annulled && !stays ? poll : undefined;
}

/** Of a way around the large button. */
export function goWords(hall: Hall, { phase }: Go): string {
    const poll = leftOpen(hall, phase);
    const left = poll ? [t('agenda.will.goesOn', { question: poll.question })] : [];
    return [...left, phaseWords(hall, phase, false)].join(' ');
}

/* Makes the next poll of the best of one that is over: its draft, at once, and in the agenda where
 * a step for it waits. */
import { spoken, t } from '../lib/i18n/index.svelte';
import { resultOf } from '../lib/net/hall';
import { fetchResult } from '../lib/net/http';
import type { Phase, Poll } from '../lib/net/protocol';
import type { Session } from '../lib/state/session.svelte';
import { announce } from '../lib/ui/announce.svelte';
import { limits } from '../lib/vote/limits';
import { change } from './agenda/change';
import { placeOf, withPoll } from './agenda/edit';
import { rankPhaseFor } from './agenda/steps';
import { bestOf, placesOf } from './best';
import type { Desk } from './desk.svelte';
import { newPollDraft, specOf, withForm } from './pollDraft';
import { peopleKnown } from './people';

/* The event's words; a title too long for them is left out. */
function questionOf(session: Session): string {
    const title = session.hall.event?.title ?? '';
    const words = t('best.question', { title });
    return [...words].length <= limits.question ? words : title;
}

async function rankingOf(session: Session, poll: Poll): Promise<string[][] | string> {
    const known = resultOf(session.hall, poll);
    if (known) return known.ranking;
    const reply = await fetchResult(session.event, poll.poll);
    return reply.ok ? reply.value.ranking : reply.err;
}

const tiedWords = {
    no: 'best.made',
    taken: 'best.tied.taken',
    left: 'best.tied.left',
} as const;

/** `where`: beside what a refusal is shown. What was made, in words; null: nothing. */
export async function makeBest(
    desk: Desk,
    session: Session,
    poll: Poll,
    n: number,
    where: string,
): Promise<string | null> {
    const phase = rankPhaseFor(session.hall);
    const ranking = await rankingOf(session, poll);
    if (typeof ranking === 'string') {
        desk.complain(where, ranking);
        return null;
    }
    const { options, tied } = bestOf(placesOf(session.hall, ranking), n);
    if (options.length < 2) {
        desk.complain(where, 'too-few-options');
        return null;
    }
    const lang = session.hall.event?.lang || spoken();
    const draft = withForm(newPollDraft(lang, options, peopleKnown(session.hall)), 'ranking');
    const spec = specOf({ ...draft, question: questionOf(session) });
    const outcome = await desk.act(where, { op: 'poll.create', ...spec });
    if (!outcome.ok) return null;
    const made = 'poll' in outcome.answer ? outcome.answer.poll : undefined;
    if (made) await enter(desk, session, phase, made);
    const words = t(tiedWords[tied], { n: options.length });
    const said = tied === 'no' ? words : `${t('best.made')} ${words}`;
    announce(said);
    return said;
}

async function enter(
    desk: Desk,
    session: Session,
    phase: Phase | undefined,
    poll: string,
): Promise<void> {
    if (!phase) return;
    await change(desk, session, (agenda) => {
        const at = placeOf(agenda, phase.phase);
        const taken = agenda[at]?.poll !== undefined; // somebody else was faster
        return taken ? null : withPoll(agenda, at, poll);
    });
}

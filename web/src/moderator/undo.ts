/* The words of an act, and its undoing. */
import { t, tCode } from '../lib/i18n/index.svelte';
import type { Act } from '../lib/net/protocol';
import type { Session } from '../lib/state/session.svelte';
import { announce } from '../lib/ui/announce.svelte';
import type { Desk } from './desk.svelte';
import { rangeOf } from './tickets/range';

/** What is wrong with an undo is shown where acts are. */
export const UNDO = 'undo';

function aboutWhat(desk: Desk, session: Session, act: Act): string {
    const { hall } = session;
    if (act.person) return desk.team.who(act.person);
    const paper = act.act.startsWith('paper.') ? desk.papers.pollOf(act.batch) : undefined;
    const poll = act.poll ?? paper;
    if (act.idea) return hall.ideas.get(act.idea)?.title ?? '';
    if (poll) return hall.polls.get(poll)?.question ?? '';
    if (act.ticket) return t('print.number', { n: act.ticket });
    const batch = hall.live?.batches?.find((one) => one.batch === act.batch);
    if (batch) return t('tickets.batch', rangeOf(batch));
    const { groups = [], tags = [], challenges = [] } = hall.event ?? {};
    const labels = [...groups, ...tags, ...challenges];
    return labels.find((label) => label.label === act.label)?.name ?? '';
}

/** “Idea hidden: Skatepark”. */
export function actWords(desk: Desk, session: Session, act: Act): string {
    const done = act.banned === false ? t('act.person.back') : t(`act.${act.act}`);
    const title = aboutWhat(desk, session, act);
    return title ? t('undo.about', { act: done, title }) : done;
}

/** Is it undone? Why not is shown and said. */
export async function undo(desk: Desk, session: Session, act: Act): Promise<boolean> {
    const words = actWords(desk, session, act);
    desk.complain(UNDO, null);
    const outcome = await session.send({ op: 'undo', pos: act.pos });
    if (outcome.ok) {
        announce(t('undo.said', { act: words }));
        return true;
    }
    const way = desk.acts.find(outcome.pos);
    const why = tCode('err', outcome.err);
    const sentence = way
        ? `${why} ${t('undo.way', { act: actWords(desk, session, way) })}`
        : why;
    desk.complain(UNDO, sentence);
    announce(sentence);
    return false;
}

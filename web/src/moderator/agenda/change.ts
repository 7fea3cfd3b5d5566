/* Changes of the agenda run one after the other. Each is made from the agenda as the one before
 * has left it: the server is sent whole lists, and an older one would undo what was just done. */
import { OFFLINE } from '../../lib/net/http';
import type { Phase } from '../../lib/net/protocol';
import type { Session } from '../../lib/state/session.svelte';
import type { Desk } from '../desk.svelte';
import { shown } from '../seen.svelte';
import { agendaOf } from './edit';

const WHERE = 'agenda.set';
const chains = new WeakMap<Session, Promise<unknown>>();

/** Null, or the same list again: nothing is to be done. */
export type Edit = (agenda: Phase[]) => Phase[] | null;

/** Does it hold now? What went wrong is shown at the agenda. Refused while the line is away. */
export function change(desk: Desk, session: Session, edit: Edit): Promise<boolean> {
    if (session.line !== 'open') {
        desk.complain(WHERE, OFFLINE);
        return Promise.resolve(false);
    }
    const made = (chains.get(session) ?? Promise.resolve()).then(async () => {
        const outcome = await desk.amend(WHERE, (hall) => {
            const agenda = agendaOf(hall);
            const phases = edit(agenda);
            return phases && phases !== agenda ? { op: 'agenda.set', phases } : null;
        });
        return outcome !== null && shown(session, outcome);
    });
    chains.set(session, made);
    return made;
}

/* Who fills in a ballot, as far as its form needs to know: a person at a phone, or a moderator who
 * looks at what that person will see. */
import type { Hall } from '../lib/net/hall';
import type { Session } from '../lib/state/session.svelte';
import type { Votes } from '../lib/vote/votes.svelte';

export interface Voter {
    votes: Pick<Votes, 'drafts' | 'stateOf' | 'setDraft' | 'cast'> | null;
    /** Null: nothing is sent. */
    session: Session | null;
    /** What is known without a session. */
    hall?: Hall;
    seed: string;
}

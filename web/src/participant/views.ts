/* Views whose code comes after the first load; fetched ahead once somebody is in, so that
 * they are there when the network is not. */
import { addWords } from '../lib/i18n/index.svelte';
import type { Session } from '../lib/state/session.svelte';

export const access = () => import('../lib/ui/Access.svelte');
export const about = () => import('../lib/ui/About.svelte');
export const beforeJoining = () => import('./BeforeJoining.svelte');
export const ballotForm = () => import('./BallotForm.svelte');
export const ideaForm = () => import('./IdeaForm.svelte');
export const howToVote = () => import('./HowToVote.svelte');
export const ballotIn = () => import('./BallotIn.svelte');
export const ideaList = () => import('./IdeaList.svelte');
export const nicknameCard = () => import('./Nickname.svelte');
export const myIdeas = () => import('./MyIdeas.svelte');
export const points = () => import('./Points.svelte');
export const resultView = () => import('../lib/charts/ResultView.svelte');
export const smallWindow = () => import('./SmallWindow.svelte');

const offline = () => import('./offline.svelte');

/** Also prepares for a start without the server. */
export function fetchAhead(session: Session): void {
    const views = [
        ballotForm,
        ballotIn,
        points,
        ideaList,
        ideaForm,
        myIdeas,
        resultView,
        about,
        access,
    ];
    Promise.all([...views.map((view) => view()), addWords('more')])
        .then(offline)
        .then(({ prepare }) => prepare(session))
        .catch(() => undefined);
}

/** What this phone knew last of the event. */
export function recall(session: Session): void {
    offline().then(
        (module) => module.recall(session),
        () => undefined,
    );
}

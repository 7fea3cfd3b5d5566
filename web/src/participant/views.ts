/* Views whose code comes after the first load. What a vote needs is fetched while somebody is
 * still being let in; the rest once they are, so that it is there when the network is not. */
import { addWords, fetchWordsAhead } from '../lib/i18n/index.svelte';
import type { Session } from '../lib/state/session.svelte';
import { about, access } from '../lib/ui/pages';
import { startReading } from '../lib/ui/ReadAloud.svelte';

const vote = () => import('./vote');
export const rest = () => import('./rest');
const offline = () => import('./offline.svelte');

export { about, access };
export const beforeJoining = () => import('./BeforeJoining.svelte');
export const smallWindow = () => import('./SmallWindow.svelte');

/* One view of a file of several. */
const of =
    <M, K extends keyof M>(file: () => Promise<M>, name: K) =>
    async () => ({ default: (await file())[name] });

/* When the processor has nothing else to do, at last after some seconds. */
const idle = (): Promise<unknown> =>
    new Promise((resume) => {
        if ('requestIdleCallback' in window) requestIdleCallback(resume, { timeout: 5000 });
        else setTimeout(resume, 200); // Safari
    });

/* Below the polls, and long: whoever came to vote is not kept waiting by it. */
export const ideaList = async () => {
    await idle();
    return { default: (await rest()).IdeaList };
};
export const pollView = of(vote, 'PollView');
export const howToVote = of(rest, 'HowToVote');
export const ideaForm = of(rest, 'IdeaForm');
export const ballotIn = of(rest, 'BallotIn');
export const groupCard = of(rest, 'GroupCard');
export const nicknameCard = of(rest, 'Nickname');
export const myIdeas = of(rest, 'MyIdeas');
export const over = of(rest, 'Over');
export const phaseLine = of(rest, 'PhaseLine');
export const points = of(rest, 'Points');
export const barredChip = of(rest, 'BarredChip');
export const putOut = of(rest, 'PutOut');
export const refusedIdea = of(rest, 'RefusedIdea');
export const sharesNote = of(rest, 'SharesNote');
export const resultView = of(rest, 'ResultView');

/** That a poll is about to close: long before somebody announces that, it is there. */
export const closing = async () => {
    await idle();
    return { default: (await rest()).Closing };
};

/** Says what is stored: once all else is there. */
export const stored = async () => {
    await idle();
    return { default: (await rest()).Stored };
};

/** Before anybody is in. What does not come now comes when it is wanted. */
export function fetchEarly(): void {
    vote().catch(() => undefined);
    fetchWordsAhead('more');
}

/** Not in the way of a first vote. Also prepares for a start without the server. */
export function fetchAhead(session: Session): void {
    idle()
        .then(startReading)
        .then(() => Promise.all([vote(), rest(), about(), access(), addWords('more')]))
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

/* What is needed once somebody is in, in one file, which shares with vote.ts what
 * both use. */
import './vote';
export { default as BallotIn } from './BallotIn.svelte';
export { default as BarredChip } from './BarredChip.svelte';
export { default as SharesNote } from './SharesNote.svelte';
export { default as Closing } from './Closing.svelte';
export { default as GroupCard } from './GroupCard.svelte';
export { default as HowToVote } from './HowToVote.svelte';
export { default as IdeaForm } from './IdeaForm.svelte';
export { default as IdeaList } from './IdeaList.svelte';
export { default as MyIdeas } from './MyIdeas.svelte';
export { default as Nickname } from './Nickname.svelte';
export { default as RefusedIdea } from './RefusedIdea.svelte';
export { default as Stored } from './Stored.svelte';
export { default as Over } from '../lib/follow/Over.svelte';
export { default as PhaseLine } from './PhaseLine.svelte';
export { default as ResultView } from './PhoneResult.svelte';
export { default as PutOut } from './PutOut.svelte';
export { default as Points } from './Points.svelte';

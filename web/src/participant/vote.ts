/* What a first vote needs beyond the page: one file, since on a bad line each costs seconds. */
export { default as Pictures } from '../lib/media/Pictures.svelte';
export { default as BallotForm } from './BallotForm.svelte';
export { default as PollView } from './PollView.svelte';

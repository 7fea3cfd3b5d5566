/* The words that some columns hold, and what they mean: as the screens call it. */
import type { Key } from '../lib/i18n/index.svelte';
import { methods } from '../moderator/pollDraft';

export type Values = readonly (readonly [string, Key])[];

const each = (prefix: string, codes: readonly string[]): Values =>
    codes.map((code) => [code, `${prefix}.${code}` as Key] as const);

export const ideaStates = each('idea.state', [
    'published',
    'merged',
    'pending',
    'hidden',
    'withdrawn',
]);
export const reasons = each('reason', [
    'duplicate',
    'off-topic',
    'offensive',
    'personal-data',
    'asked-by-author',
    'mistake',
    'technical',
    'other',
]);
export const forms = each('poll.form', ['ranking', 'approval', 'yesno', 'score', 'dots']);
export const countings = each('method', [...new Set(Object.values(methods).flat())]);
export const levels = each('poll.publication', ['order', 'statistics', 'ballots']);
/** A draft is in no table. */
export const pollStates = each('poll.state', ['open', 'closed', 'sealed']);
export const phases = each('phase', [
    'call',
    'collect',
    'merge',
    'shortlist',
    'rank',
    'award',
    'follow-up',
]);
export const batchStates: Values = [
    ['waiting', 'codebook.batch.waiting'],
    ['confirmed', 'codebook.batch.confirmed'],
    ['dropped', 'codebook.batch.dropped'],
];
export const steps = each('follow.state', [
    'idea',
    'prototype',
    'pilot',
    'permanent',
    'transfer',
    'stopped',
]);

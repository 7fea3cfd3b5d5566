/* How much of a phase's time is left, in words. */
import { t } from '../i18n/index.svelte';

const MINUTE_MS = 60_000;

/** Whole minutes, begun ones included; seconds in the last one. */
export function timeLeft(left_ms: number): string {
    if (left_ms <= 0) return t('phase.over');
    if (left_ms <= MINUTE_MS) return t('phase.seconds', { n: Math.ceil(left_ms / 1000) });
    return t('phase.minutes', { n: Math.ceil(left_ms / MINUTE_MS) });
}

/* What is said aloud: five minutes, one minute, the end. */
const told_ms = [5 * MINUTE_MS, MINUTE_MS, 0];

/** Is there something to say when so much is left that was not when `before` was? */
export function isTold(before: number, left_ms: number): boolean {
    return told_ms.some((told) => before > told && left_ms <= told);
}

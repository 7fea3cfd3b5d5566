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
/* A message may be so much older than the one before; who gives time gives more than that. */
const JITTER_MS = 5000;

/** What is told with so much left, after `told`: smaller than that, it is to be said now. Infinity:
 * nothing yet. */
export function toldWith(told: number, left_ms: number): number {
    const now = told_ms.filter((one) => left_ms <= one).at(-1) ?? Infinity;
    return now > told && left_ms <= told + JITTER_MS ? told : now;
}

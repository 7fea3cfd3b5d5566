/* Calendar days: "2027-03-01", without a time and a zone. */
import { locale } from '../i18n/index.svelte';
import type { Step } from '../net/protocol';

const two = (n: number): string => String(n).padStart(2, '0');

/** Today where the reader is. */
export function today(now = new Date()): string {
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** In words, the same day everywhere. */
export function dayWords(day: string): string {
    const style = { dateStyle: 'long', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(locale(), style).format(new Date(`${day}T00:00:00Z`));
}

/** How many days a day has passed; 0 or less: it has not. */
export const daysOver = (next: string, day = today()): number =>
    Math.round((Date.parse(day) - Date.parse(next)) / 86_400_000);

/** News was announced by a day that has passed. */
export const isOverdue = (step: Step, day = today()): boolean =>
    step.next !== undefined && step.next < day;

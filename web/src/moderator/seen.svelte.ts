/* Waits until this screen shows what an act has changed. */
import type { Outcome, Session } from '../lib/state/session.svelte';

/** Resolves when the screen shows what the server had at that position, or its line has ended. */
export function seen(session: Session, pos: number): Promise<void> {
    return new Promise((resolve) => {
        const stop = $effect.root(() => {
            $effect(() => {
                if (session.hall.pos < pos && session.ended === null) return;
                resolve();
                queueMicrotask(() => stop());
            });
        });
    });
}

/** Resolves when the screen shows something later than that position; false: not within the time. */
export function newer(session: Session, pos: number, patience_ms = 3000): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(false), patience_ms);
    });
    return Promise.race([seen(session, pos + 1).then(() => session.hall.pos > pos), late]);
}

/** Was it done? By then the screen shows it. */
export async function shown(session: Session, outcome: Outcome): Promise<boolean> {
    if (outcome.ok && 'pos' in outcome.answer) await seen(session, outcome.answer.pos);
    return outcome.ok;
}

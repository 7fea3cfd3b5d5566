/* The agenda as every screen knows it. */
import type { EventInfo, Phase } from '../net/protocol';

/** The phase that is on. */
export function phaseOn(event: EventInfo | null | undefined): Phase | undefined {
    return event?.agenda?.find((phase) => phase.phase === event.phase);
}

/* A poll's options from what people support. */
import type { Hall } from '../lib/net/hall';
import type { Idea } from '../lib/net/protocol';
import { bestOf } from './best';
import type { Best } from './best';

/* The ideas that anybody supports, in places: those alike share one. */
function placesOf(hall: Hall, ideas: readonly Idea[]): string[][] {
    const places = new Map<number, string[]>();
    for (const { idea } of ideas) {
        const people = hall.event?.support ? (hall.support?.[idea] ?? 0) : 0;
        if (people > 0) places.set(people, [...(places.get(people) ?? []), idea]);
    }
    return [...places].sort(([a], [b]) => b - a).map(([, place]) => place);
}

/** How many of the ideas anybody supports. */
export const supportedCount = (hall: Hall, ideas: readonly Idea[]): number =>
    placesOf(hall, ideas).flat().length;

/** The `n` most supported; those tied at the border as with the best of a poll. */
export const mostSupported = (hall: Hall, ideas: readonly Idea[], n: number): Best =>
    bestOf(placesOf(hall, ideas), n);

/* A random order that stays the same on one phone, so that no idea is always on top and
 * nothing jumps about: each item is sorted by a hash of the phone's seed and its id. */

/* FNV-1a with a final mix; for spreading, not for secrecy. */
function spread(text: string): number {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
}

export function shuffled<T>(items: readonly T[], seed: string, key: (item: T) => string): T[] {
    const weighed = items.map((item) => ({ item, weight: spread(`${seed}/${key(item)}`) }));
    weighed.sort((a, b) => a.weight - b.weight || key(a.item).localeCompare(key(b.item)));
    return weighed.map(({ item }) => item);
}

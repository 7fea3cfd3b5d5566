/* Finds ideas by words, without minding case or accents. */

export function plain(text: string): string {
    return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase();
}

/** True if every word of the query begins or stands inside a word of the texts. */
export function matches(query: string, ...texts: (string | undefined)[]): boolean {
    const where = plain(texts.join(' '));
    return plain(query)
        .split(/\s+/)
        .every((word) => where.includes(word));
}

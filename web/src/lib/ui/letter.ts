/** The Latin letter of a key, small; on a keyboard without Latin letters the one that stands in
 * its place. '': none. */
export function letterOf(event: KeyboardEvent): string {
    if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
    const latin = /^[\p{Script=Latin}\P{L}]$/u.test(event.key);
    return latin ? '' : (/^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? '');
}

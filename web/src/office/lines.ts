/** The names in a field of many lines: each once, without what surrounds it. */
export function linesOf(text: string): string[] {
    const lines = text.split('\n').map((line) => line.trim());
    return [...new Set(lines.filter((line) => line !== ''))];
}

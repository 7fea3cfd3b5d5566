/* Tables as offices keep them: what Excel saves under "CSV", in whichever country. Pure. */

/* What Excel writes where a language is at home, without asking. */
const written: Record<string, string> = {
    bg: 'windows-1251',
    el: 'windows-1253',
    pl: 'windows-1250',
    ro: 'windows-1250',
    ar: 'windows-1256',
};

/** The text of a file: UTF-16 by its mark, UTF-8 if it is that, else what Windows used to write in
 * the language `lang`, a code of two letters. */
export function decodeTable(bytes: Uint8Array, lang: string): string {
    if (bytes[0] === 0xff && bytes[1] === 0xfe)
        return new TextDecoder('utf-16le').decode(bytes);
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
        return new TextDecoder(written[lang] ?? 'windows-1252').decode(bytes);
    }
}

const separators = [';', ',', '\t'] as const;

/* Excel's own word for it, else whichever stands most often in the first row, quotes apart. */
function separatorOf(text: string): { separator: string; from: number } {
    const said = /^sep=(.)\r?\n/.exec(text);
    if (said?.[1]) return { separator: said[1], from: said[0].length };
    const first = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1)[0] ?? '';
    const count = (one: string): number => first.split(one).length;
    const separator = [...separators].sort((a, b) => count(b) - count(a))[0] ?? ';';
    return { separator, from: 0 };
}

/** Rows of cells, also empty ones: a row's place is the number that a spreadsheet shows. A quote
 * that is never closed takes the rest of the file. */
export function parseTable(text: string): string[][] {
    const { separator, from } = separatorOf(text);
    const rows: string[][] = [];
    let row: string[] = [];
    let cell = '';
    let quoted = false;
    const endCell = (): void => {
        row.push(cell);
        cell = '';
    };
    const endRow = (): void => {
        endCell();
        rows.push(row);
        row = [];
    };
    for (let i = from; i < text.length; i++) {
        const char = text[i] as string;
        if (quoted) {
            if (char !== '"') cell += char;
            else if (text[i + 1] === '"') cell += text[i++];
            else quoted = false;
        } else if (char === '"' && cell === '') quoted = true;
        else if (char === separator) endCell();
        else if (char === '\n' || char === '\r') {
            if (char === '\r' && text[i + 1] === '\n') i++;
            endRow();
        } else cell += char;
    }
    if (cell !== '' || row.length > 0) endRow();
    return rows;
}

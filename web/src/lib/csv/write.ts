/* A table that a spreadsheet opens as it is: with a mark for UTF-8, semicolons, and nothing in it
 * that would be computed. The rules are those of the server's export. */

const BOM = '\ufeff';
const SEPARATOR = ';';
const formula = /^ *[=+\-@\t\r\n＝＋－＠]/;

function cellOf(text: string): string {
    const harmless = formula.test(text) ? `'${text}` : text;
    const quotes = /^ | $|[,;"\r\n\t]/.test(text);
    return quotes ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}

export function writeTable(rows: readonly (readonly string[])[]): string {
    return BOM + rows.map((row) => row.map(cellOf).join(SEPARATOR) + '\r\n').join('');
}

/** What stood in the cell before it was made harmless. */
export function readCell(cell: string): string {
    return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}

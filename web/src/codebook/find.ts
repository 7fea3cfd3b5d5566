/* Looking for words in names, explanations and values. Pure. */
import type { Column, Table } from './tables';

export interface Found {
    table: Table;
    columns: readonly Column[];
}

/** What a table's part, or a column's row, says. */
export interface Says {
    table: (table: Table) => string;
    column: (column: Column) => string;
}

const has = (text: string, words: readonly string[]): boolean => {
    const low = text.toLocaleLowerCase();
    return words.every((word) => low.includes(word));
};

/** All of a table that is itself meant; of the others the columns that are. */
export function find(tables: readonly Table[], query: string, says: Says): Found[] {
    const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return tables.flatMap((table) => {
        if (has(`${table.file} ${says.table(table)}`, words))
            return [{ table, columns: table.columns }];
        const columns = table.columns.filter((one) =>
            has(`${one.name} ${says.column(one)}`, words),
        );
        return columns.length > 0 ? [{ table, columns }] : [];
    });
}

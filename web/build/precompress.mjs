/* Writes a .br and a .gz beside each file; both, because browsers offer brotli on https only. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);
const alreadyPacked = /\.(br|gz|woff2|png|jpg)$/;

/**
 * @param {string} folder
 * @returns {string[]}
 */
export function filesIn(folder) {
    return readdirSync(folder).flatMap((name) => {
        const path = join(folder, name);
        return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}

/** @param {string} dist */
export async function precompress(dist) {
    const paths = filesIn(dist).filter(
        (path) => !alreadyPacked.test(path) && !path.endsWith('csp.json'),
    );
    await Promise.all(
        paths.map(async (path) => {
            const plain = readFileSync(path);
            const params = {
                [constants.BROTLI_PARAM_QUALITY]: 11,
                [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
            };
            writeFileSync(`${path}.br`, await brotliAsync(plain, { params }));
            writeFileSync(`${path}.gz`, await gzipAsync(plain, { level: 9 }));
        }),
    );
}

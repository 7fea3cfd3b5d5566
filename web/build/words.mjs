/* The words of each language and part as a file of its own. All share one stamp in their names,
 * so that a page finds each of them without a list. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Eight characters that change with any word.
 * @param {string} locales
 */
export function stampOf(locales) {
    const hash = createHash('sha256');
    for (const name of readdirSync(locales).sort())
        hash.update(name).update(readFileSync(join(locales, name)));
    return hash.digest('base64url').slice(0, 8);
}

/**
 * @param {string} locales
 * @param {string} assets
 * @param {string} stamp
 */
export function writeWords(locales, assets, stamp) {
    for (const name of readdirSync(locales)) {
        const words = JSON.parse(readFileSync(join(locales, name), 'utf8'));
        const file = name.replace('.json', `-${stamp}.json`);
        writeFileSync(join(assets, file), JSON.stringify(words));
    }
}

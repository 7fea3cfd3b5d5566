/* Writes dist/csp.json: for each page the hashes of its inlined scripts and styles. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} html
 * @param {string} tag
 */
export function inlineHashes(html, tag) {
    const blocks = html.matchAll(
        new RegExp(`<${tag}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${tag}>`, 'g'),
    );
    return [...blocks].map((block) => {
        const hash = createHash('sha256')
            .update(block[1] ?? '')
            .digest('base64');
        return `sha256-${hash}`;
    });
}

/**
 * @param {string} dist
 * @param {string[]} pages
 */
export function writeCsp(dist, pages) {
    const csp = Object.fromEntries(
        pages.map((page) => {
            const html = readFileSync(join(dist, page), 'utf8');
            if (/\sstyle="|\son\w+="/.test(html.replace(/<script[\s\S]*?<\/script>/g, ''))) {
                throw new Error(`${page} has an attribute that the policy refuses`);
            }
            return [
                page,
                { script: inlineHashes(html, 'script'), style: inlineHashes(html, 'style') },
            ];
        }),
    );
    writeFileSync(join(dist, 'csp.json'), JSON.stringify(csp, null, 2) + '\n');
}

/* Puts a page's own style sheet and script into it, so that a phone needs one response.
 *
 * Chunks that the script loads later share its Svelte runtime. An inlined script can't be
 * imported, so it hands what it exports over in one global, and the chunks take it from there. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const HANDOVER = 'globalThis.stimmwerk';
const NAMES = /^(?:[\w$]+ as [\w$]+|[\w$]+)$/;

/**
 * "a as b,c" to pairs [a, b], [c, c].
 * @param {string} list
 */
function pairs(list) {
    return list.split(',').map((item) => {
        const name = item.trim();
        if (!NAMES.test(name)) throw new Error(`inline: can't read "${name}"`);
        const [from = '', to = from] = name.split(' as ');
        return [from, to];
    });
}

/**
 * The entry's addresses become absolute and its exports a global.
 * @param {string} script
 */
function asInlined(script) {
    return script
        .replace(
            /(["'`])\.\/([\w.-]+\.js)\1/g,
            (_, quote, name) => `${quote}/assets/${name}${quote}`,
        )
        .replace(/export\{([^}]*)\};?\s*$/, (_, list) => {
            const members = pairs(list).map(([from, to]) => `${to}:${from}`);
            return `${HANDOVER}={${members.join(',')}};`;
        });
}

/**
 * A chunk takes what it needs from the global instead of importing the entry.
 * @param {string} script
 * @param {string} entry
 */
function asChunk(script, entry) {
    return script.replace(
        /import\{([^}]*)\}from["'`]\.\/([\w.-]+)["'`];?/g,
        (whole, list, name) => {
            if (name !== entry) return whole;
            const members = pairs(list).map(([from, to]) => `${from}:${to}`);
            return `const{${members.join(',')}}=${HANDOVER};`;
        },
    );
}

/**
 * The page as written, without indents and the comments in its own script.
 * @param {string} html
 */
function withoutNotes(html) {
    return html.replace(/^\s*\/\/.*\n/gm, '').replace(/^\s+/gm, '');
}

/* How a page asks for a file before it wants it, by the file's kind. */
const ASKING = /** @type {Record<string, string>} */ ({
    '.js': 'rel="modulepreload"',
    '.css': 'rel="preload" as="style"',
    '.json': 'rel="preload" as="fetch" crossorigin',
});

/**
 * Asks for files as soon as the page's head is here, and not when its script has run.
 * @param {string[]} assets
 * @param {string[]} early their names without a hash
 */
function preloads(assets, early) {
    return assets
        .filter((file) => early.some((name) => file.startsWith(`${name}-`)))
        .map((file) => `<link ${ASKING[extname(file)]} href="/assets/${file}">`)
        .join('');
}

/**
 * @param {string} dist
 * @param {string} page
 * @param {string[]} [early] names, without a hash, of what the page wants at once
 */
export function inlinePage(dist, page, early = []) {
    const path = join(dist, page);
    const assets = join(dist, 'assets');
    let body = '';
    let entry = '';
    let html = withoutNotes(readFileSync(path, 'utf8'));
    html = html.replace(/<link rel="stylesheet"[^>]*href="([^"]+)"[^>]*>/g, (_, href) => {
        const css = readFileSync(join(dist, href), 'utf8').trim();
        rmSync(join(dist, href));
        return `<style>${css.replaceAll('</style', '<\\/style')}</style>`;
    });
    html = html.replace(
        /<script type="module"[^>]*src="([^"]+)"[^>]*><\/script>/g,
        (_, src) => {
            entry = src.slice(src.lastIndexOf('/') + 1);
            const script = asInlined(readFileSync(join(dist, src), 'utf8').trim());
            rmSync(join(dist, src));
            body += `<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
            return '';
        },
    );
    for (const chunk of readdirSync(assets).filter((name) => name.endsWith('.js'))) {
        const script = asChunk(readFileSync(join(assets, chunk), 'utf8'), entry);
        if (script.includes(entry))
            throw new Error(`${chunk} still imports the inlined script`);
        writeFileSync(join(assets, chunk), script);
    }
    html = html.replace('</body>', () => `${body}</body>`);
    if (/(?:src|href)="\/assets\//.test(html)) throw new Error(`${page} is not one response`);
    const first = preloads(readdirSync(assets), early);
    html = html.replace('</title>', () => `</title>${first}`);
    writeFileSync(path, html);
}

/* Builds web/dist: seven pages, the phone's as one response (CSS and script inlined), its
 * service worker, a .br and a .gz beside each file, and csp.json with the hashes of every inlined block, which the
 * server puts into its Content-Security-Policy. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { writeCsp } from './csp.mjs';
import { inlinePage } from './inline.mjs';
import { precompress } from './precompress.mjs';
import { stampOf, writeWords } from './words.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

const locales = join(root, 'src/lib/i18n/locales');
const stamp = stampOf(locales);

/* The page's script and all that it imports at once. */
const oneChunk = { codeSplitting: { groups: [{ name: 'page', test: /main\.ts$/ }] } };

/** @param {string[]} pages */
function options(pages) {
    return {
        root,
        configFile: /** @type {const} */ (false),
        logLevel: /** @type {const} */ ('warn'),
        plugins: [svelte()],
        define: {
            WORDS_STAMP: JSON.stringify(stamp),
            VOICES: JSON.stringify(pages.includes('stage.html')),
        },
        build: {
            outDir: dist,
            emptyOutDir: false,
            target: 'es2022',
            cssTarget: ['safari15.4', 'chrome100', 'firefox100'],
            assetsInlineLimit: 0,
            modulePreload: /** @type {const} */ ({ polyfill: false }),
            rollupOptions: /** @type {import('vite').Rollup.RollupOptions} */ ({
                input: pages.map((page) => join(root, page)),
                ...(pages.length === 1 ? { output: oneChunk } : {}),
                // A slow machine is no news, nor that another page has at once what the phone's
                // gets later.
                checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
            }),
        },
    };
}

/* Under one name for ever: a phone that has it asks there whether there is a newer one. */
function worker() {
    const all = options([]);
    all.build.rollupOptions = {
        input: [join(root, 'src/sw.ts')],
        output: { entryFileNames: 'sw.js', format: 'iife' },
    };
    return all;
}

rmSync(dist, { recursive: true, force: true });
await build(options(['index.html']));
writeWords(locales, join(dist, 'assets'), stamp);
inlinePage(dist, 'index.html', ['vote', 'de.more']);
await build(
    options(['moderator.html', 'stage.html', 'office.html', 'idea.html', 'codebook.html']),
);
await build(options(['kiosk.html'])); // by itself: what it shares makes no other page larger
await build(worker());
writeCsp(dist, [
    'index.html',
    'moderator.html',
    'stage.html',
    'kiosk.html',
    'office.html',
    'idea.html',
    'codebook.html',
]);
await precompress(dist);
await import('./budgets.mjs');

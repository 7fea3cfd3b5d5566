// @vitest-environment node
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inlineHashes, writeCsp } from '../build/csp.mjs';
import { inlinePage } from '../build/inline.mjs';
import { precompress } from '../build/precompress.mjs';

function site(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'stimmwerk-build-'));
    mkdirSync(join(folder, 'assets'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
}

const page =
    '<html><head><script type="module" crossorigin src="/assets/index-1.js"></script>' +
    '<link rel="stylesheet" crossorigin href="/assets/index-1.css"></head><body></body></html>';

describe('inlining', () => {
    it('makes one response and hands the runtime to the chunks that come later', () => {
        const dist = site({
            'index.html': page,
            'assets/index-1.css': 'a{b:c}',
            'assets/index-1.js':
                'var q=1;import("./late-2.js");var w="</script>$&";export{q as a,w};',
            'assets/late-2.js': 'import{a as e,w as n}from"./index-1.js";console.log(e,n);',
        });
        inlinePage(dist, 'index.html');
        const html = readFileSync(join(dist, 'index.html'), 'utf8');
        expect(html).toContain('<style>a{b:c}</style>');
        expect(html).toContain('import("/assets/late-2.js")');
        expect(html).toContain('var w="<\\/script>$&"');
        expect(html).toContain('globalThis.stimmwerk={a:q,w:w};</script></body>');
        expect(readFileSync(join(dist, 'assets/late-2.js'), 'utf8')).toBe(
            'const{a:e,w:n}=globalThis.stimmwerk;console.log(e,n);',
        );
    });
});

describe('what a page wants at once', () => {
    it('is asked for in its head', () => {
        const dist = site({
            'index.html': page.replace('<head>', '<head><title>A</title>'),
            'assets/index-1.css': '',
            'assets/index-1.js': 'var q;import("./late-2.js");export{q};',
            'assets/late-2.js': '',
            'assets/late-3.css': '',
            'assets/later-4.js': '',
        });
        inlinePage(dist, 'index.html', ['late']);
        expect(readFileSync(join(dist, 'index.html'), 'utf8')).toContain(
            '</title><link rel="modulepreload" href="/assets/late-2.js">' +
                '<link rel="preload" as="style" href="/assets/late-3.css">',
        );
    });
});

describe('the hashes for the policy', () => {
    it('are of exactly what stands between the tags, and of nothing with an address', () => {
        const hash = `sha256-${createHash('sha256').update('\n x()\n').digest('base64')}`;
        expect(
            inlineHashes('<script>\n x()\n</script><script src="/a.js"></script>', 'script'),
        ).toEqual([hash]);
    });

    it('are refused to a page with attributes that the policy would stop', () => {
        const dist = site({ 'a.html': '<p style="color:red"></p>' });
        expect(() => writeCsp(dist, ['a.html'])).toThrow(/attribute/);
    });
});

describe('packing', () => {
    it('puts a .br and a .gz beside each file that is not packed yet', async () => {
        const dist = site({ 'index.html': page, 'csp.json': '{}', 'assets/font.woff2': 'x' });
        await precompress(dist);
        expect(readFileSync(join(dist, 'index.html.gz')).length).toBeGreaterThan(20);
        expect(readFileSync(join(dist, 'index.html.br')).length).toBeGreaterThan(20);
        expect(() => readFileSync(join(dist, 'csp.json.gz'))).toThrow();
        expect(() => readFileSync(join(dist, 'assets/font.woff2.br'))).toThrow();
    });
});

/* Fails if a page grew above its budget. Sizes as they travel: brotli, and gzip for http. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');
const kB = 1000;

/** @param {string} path */
const size = (path) => statSync(join(dist, path)).size;

/**
 * A page and the scripts and styles it names.
 * @param {string} page
 * @param {string} packed
 */
function firstLoad(page, packed) {
    const html = readFileSync(join(dist, page), 'utf8');
    const parts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)];
    return parts.reduce((sum, part) => sum + size(`${part[1]}${packed}`), size(page + packed));
}

if (!existsSync(dist)) {
    console.error('budgets: there is no dist; run `npm run build` first');
    process.exit(1);
}
const assets = readdirSync(join(dist, 'assets'));
const langs = readdirSync(join(dist, '../src/lib/i18n/locales')).map(
    (name) => name.split('.')[0],
);
const locale = new RegExp(`^(${langs.join('|')})[.-][\\w.-]*\\.json\\.br$`);
const largest = (/** @type {RegExp} */ pattern) =>
    Math.max(
        0,
        ...assets.filter((name) => pattern.test(name)).map((name) => size(`assets/${name}`)),
    );

/* The phone's page is one response; what a vote needs comes beside it. */
const vote = assets
    .filter((name) => /^vote-.*\.br$/.test(name))
    .reduce((sum, name) => sum + size(`assets/${name}`), 0);

const rows = /** @type {[string, number, number][]} */ ([
    ['participant first load, br', size('index.html.br'), 40 * kB],
    ['participant first load, gz', size('index.html.gz'), 45 * kB],
    ['participant, what a vote needs, br', vote, 15 * kB],
    ['one locale, br', largest(locale), 8 * kB],
    ['service worker, br', size('sw.js.br'), 0.7 * kB],
    ['moderator, br', firstLoad('moderator.html', '.br'), 120 * kB],
    ['office, br', firstLoad('office.html', '.br'), 50 * kB],
    ['codebook, br', firstLoad('codebook.html', '.br'), 45 * kB],
    ['page of an idea, br', firstLoad('idea.html', '.br'), 40 * kB],
    ['kiosk, br', firstLoad('kiosk.html', '.br'), 100 * kB],
    ['stage, br', firstLoad('stage.html', '.br'), 60 * kB],
]);
for (const [name, bytes, limit] of rows) {
    const line = `${name}: ${(bytes / kB).toFixed(1)} of ${limit / kB} kB`;
    if (bytes > limit) {
        console.error(`over budget: ${line}`);
        process.exitCode = 1;
    } else {
        console.log(line);
    }
}

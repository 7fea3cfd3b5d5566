/* A whole ballot in each language, at 320 px: chosen by the switch, read by its own words.
 * STIMMWERK_LANGS=all walks through all that are shipped, else through two: one that is
 * written from the right, and easy German, whose words are the longest. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { both } from './axe';
import { expect, test } from './fixtures';

const folder = join(import.meta.dirname, '../../web/src/lib/i18n/locales');
const shipped = readdirSync(folder)
    .filter((name) => /^[\w-]+\.json$/.test(name))
    .map((name) => name.replace('.json', ''));
const walked = process.env['STIMMWERK_LANGS'] === 'all' ? shipped : ['ar', 'de-simple'];

type Words = Record<string, string | Record<string, string>>;

/** The text of a key, its gaps filled. */
function wordsOf(lang: string): (key: string, gaps?: Record<string, string>) => string {
    const words = JSON.parse(readFileSync(join(folder, `${lang}.json`), 'utf8')) as Words;
    return (key, gaps = {}) => {
        const text = words[key];
        if (typeof text !== 'string') throw new Error(`${lang} has no text ${key}`);
        return text.replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
    };
}

for (const lang of walked) {
    test(`a whole ballot in ${lang}`, async ({ place }) => {
        test.slow();
        const t = wordsOf(lang);
        const titles = ['Kino', 'Trinkbrunnen auf dem Markt', 'Mehr Bänke'];
        const { poll, options } = await place.poll('Was machen wir zuerst?', titles, {
            ties: true,
        });
        const page = await place.open('/', { viewport: { width: 320, height: 640 } });
        await page.getByRole('combobox').first().selectOption(lang);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expect(page.locator('html')).toHaveAttribute(
            'dir',
            lang === 'ar' ? 'rtl' : 'ltr',
        );
        const press = (key: string, gaps = {}): Promise<void> =>
            page
                .getByRole('button', { name: t(key, gaps), exact: true })
                .first()
                .click();

        const look = (name: string): Promise<void> => both(page, `${lang}, ${name}`);

        await page.getByLabel(t('join.label')).fill('ABC128');
        await press('join.go');
        await expect(page.getByRole('alert')).toContainText(t('join.fault.mistyped'));
        await look('join, mistyped');
        await page.getByLabel(t('join.label')).fill(place.event.code);
        await press('join.go');
        await expect(
            page.getByRole('heading', { level: 1, name: 'Ideen für Halle' }),
        ).toBeVisible();
        await look('home');
        await press('home.idea');
        await page.getByLabel(t('idea.title')).fill('Eine Schaukel');
        await look('idea');
        await press('idea.send');
        await expect(page.getByText(t('idea.state.pending'))).toBeVisible();

        await press('poll.vote');
        await page.getByRole('button', { name: 'Kino' }).click();
        await page.getByRole('button', { name: 'Trinkbrunnen' }).click();
        await look('choose');
        await press('vote.order');
        await look('order');
        await press('vote.review');
        await look('review');
        await press('vote.send');
        await expect(page.getByText(t('vote.stored'))).toBeVisible();
        await look('stored');

        for (const ranking of [[0], [0, 1], [1, 0], [2, 0], [0, 2]]) {
            const person = await place.person();
            await person.cast(poll, { ranking: ranking.map((at) => [options[at]]) });
            person.hangUp();
        }
        await place.desk.ask({ op: 'poll.close', poll });
        await place.desk.ask({ op: 'poll.publish', poll });
        await expect(page.getByText(t('vote.counted'))).toBeVisible();
        for (const more of await page.locator('summary').all()) await more.click();
        await look('result');
        await press('page.about');
        await expect(page.getByText('12345 Halle')).toBeVisible();
        await look('about');
    });
}

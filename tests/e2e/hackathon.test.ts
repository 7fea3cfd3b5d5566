/* A hackathon of three hours in fast motion, with two moderators, a wall and two hundred people,
 * from the agenda's template to what became of the winner. In the end the export is compared
 * entry by entry with what happened. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { Phone, pollOf } from './phone';

const AUDIENCE = 195;
const JURY = 5;
const IDEAS = 48;
const TWINS = 12;
const SHORTLIST = 'Was soll weiterkommen?';
const desktop = { viewport: { width: 1280, height: 900 } };
const wide = { viewport: { width: 1920, height: 1080 } };

const press = (page: Page | Locator, name: string | RegExp): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();

/** In tens, so that nobody has to wait for everybody. */
async function inTens<T>(items: readonly T[], work: (item: T, i: number) => Promise<unknown>) {
    for (let from = 0; from < items.length; from += 10)
        await Promise.all(items.slice(from, from + 10).map((item, i) => work(item, from + i)));
}

async function people(place: Place): Promise<{ audience: Phone[]; jury: Phone[] }> {
    const { desk, hall, event } = place;
    await desk.ask({
        op: 'label.add',
        kind: 'group',
        name: 'Jury',
        lang: 'de',
        ticket_only: true,
    });
    for (const name of ['Rot', 'Blau'])
        await desk.ask({ op: 'label.add', kind: 'group', name, lang: 'de' });
    const issued = await desk.ask({ op: 'tickets.issue', count: JURY, group: '1' });
    const jury: Phone[] = [];
    for (const code of issued['codes'] as string[])
        jury.push(await Phone.join(hall.url, event.code, { code }));
    const audience: Phone[] = [];
    await inTens(Array.from({ length: AUDIENCE }), async (_, i) => {
        audience[i] = await place.person();
    });
    return { audience, jury };
}

test('a hackathon, from the first idea to the pilot', async ({ place }) => {
    test.slow();
    const { hall, event } = place;
    const second = place.desk;
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, desktop);
    const other = await place.open(`/m#${await hall.newLink(event.code)}`, desktop);
    const wall = await place.open(`/stage#${event.code}`, wide);
    const agenda = desk.getByRole('region', { name: 'Ablauf' });
    const { audience, jury } = await people(place);
    const [red, blue] = audience as [Phone, Phone];
    const phone = await place.join();
    const ideas: string[] = [];
    /* What was cast in the ranked poll, by share: its ballots as the export names them. */
    const box = new Map<string, number>();
    const titles = new Map<string, string>();
    const drop = (share: number, ranking: readonly (readonly string[])[], n = 1): void => {
        const key = `${share}: ${ranking.flatMap(([id = '']) => titles.get(id) ?? []).join(' > ')}`;
        box.set(key, (box.get(key) ?? 0) + n);
    };
    const vote = async (one: Phone, share: 1 | 2, ranking: string[][]): Promise<void> => {
        await one.cast('2', { ranking });
        drop(share, ranking);
    };

    await test.step('the agenda comes from a template', async () => {
        await press(desk, 'Ablauf anlegen');
        await press(desk, 'Hackathon (1 Tag)');
        await press(desk, 'Beginnen: Auftakt');
        await expect(phone.getByText('Gleich geht es los.')).toBeVisible();
        await press(desk, 'Weiter: Ideen sammeln');
        await expect(phone.getByRole('button', { name: 'Idee einreichen' })).toBeVisible();
    });

    await test.step('sixty ideas come, of which twelve are there already', async () => {
        await red.ask({ op: 'group', group: '2' });
        await blue.ask({ op: 'group', group: '3' });
        ideas.push(await red.submit('Skatepark am Hafen'), await blue.submit('Kino im Park'));
        for (let i = 2; i < IDEAS; i += 1)
            ideas.push(await (audience[i] as Phone).submit(`Idee Nummer ${i}`));
        for (let i = 0; i < TWINS; i += 1)
            ideas.push(await (audience[100 + i] as Phone).submit(`Noch einmal Idee ${i}`));
        await expect(desk.getByRole('button', { name: /^Warten/ })).toContainText('60');
        await inTens(ideas, (idea) => second.ask({ op: 'idea.release', idea }));
        await expect(wall.getByText('Noch einmal Idee 11')).toBeVisible();
        await press(desk, 'Weiter: Ideen ordnen');
        await inTens(ideas.slice(IDEAS), (idea, i) =>
            second.ask({ op: 'idea.merge', idea, into: ideas[i] }),
        );
    });

    await test.step('dots make the shortlist', async () => {
        await second.ask(
            pollOf(SHORTLIST, ideas.slice(0, IDEAS), {
                form: 'dots',
                method: 'score',
                dots: 5,
                publication: 'statistics',
            }),
        );
        await agenda.getByLabel(/Abstimmung dazu/).selectOption(SHORTLIST);
        await press(desk, 'Weiter: Vorauswahl');
        await expect(phone.getByRole('heading', { name: SHORTLIST })).toBeVisible();
        const dots = [
            [ideas[0], 2],
            [ideas[1], 2],
            [ideas[2], 1],
        ];
        await inTens(audience, (one) => one.cast('1', { dots }));
        await expect(wall.getByText(String(AUDIENCE)).first()).toBeVisible();
        await press(agenda, 'Abstimmung beenden und Ergebnis zeigen');
    });

    const ranked = desk.locator('[data-poll="2"]');
    await test.step('one tap makes the ranked poll; a jury decides half of it', async () => {
        const old = desk.locator('[data-poll="1"]');
        for (let i = 7; i > 3; i -= 1) await press(old, 'Eine weniger');
        await press(old, /^Die besten 3/);
        await ranked.getByRole('button', { name: /^Ändern/ }).click();
        const form = desk.locator('form').filter({ hasText: 'Genauer einstellen' });
        await form.getByText('Genauer einstellen').click();
        await form.getByLabel(/^Gruppen entscheiden einen festen Teil/).check();
        await form.getByLabel('Niemand stimmt für die Idee des eigenen Teams').check();
        await press(form, 'Speichern');
        await press(desk, 'Weiter: Abstimmung');
        await expect(phone.getByRole('heading', { name: /Was ist uns am/ })).toBeVisible();
    });

    const [a, b] = ideas as [string, string];
    titles.set(a, 'Skatepark am Hafen').set(b, 'Kino im Park');
    await test.step('everybody votes, and nobody for their own team', async () => {
        await expect(red.cast('2', { ranking: [[a]] })).rejects.toThrow('own-team');
        await vote(red, 2, [[b]]);
        await vote(blue, 2, [[a]]);
        await inTens(audience.slice(2, 100), (one, i) =>
            vote(one, 2, i % 2 === 0 ? [[a], [b]] : [[b], [a]]),
        );
        await inTens(jury, (one, i) =>
            vote(one, 1, i === 4 ? [] : i % 2 === 0 ? [[a]] : [[b]]),
        );
    });

    await test.step('a wrong close is undone, and the others vote on', async () => {
        await ranked.getByRole('button', { name: /^Jetzt beenden/ }).click();
        await ranked.getByRole('button', { name: 'Jetzt beenden' }).click();
        await expect(phone.getByText('Beendet').first()).toBeVisible();
        const late = audience[100] as Phone;
        await expect(late.cast('2', { ranking: [[a]] })).rejects.toThrow('closed');
        await desk.keyboard.press('Control+z');
        await expect(ranked).toContainText('1-mal wieder geöffnet');
        /* The first two had ideas that were merged into these: they are theirs too. */
        await expect(late.cast('2', { ranking: [[b], [a]] })).rejects.toThrow('own-team');
        await inTens(audience.slice(100), (one, i) => {
            const both = i % 2 === 0 ? [[b], [a]] : [[a], [b]];
            return vote(one, 2, i < 2 ? both.slice(0, 1) : both);
        });
        await phone.getByRole('button', { name: 'Abstimmen', exact: true }).click();
        await phone
            .getByRole('button', { name: /^Skatepark/ })
            .first()
            .click();
        await phone.getByRole('button', { name: 'Prüfen' }).click();
        await phone.getByRole('button', { name: 'Stimme abgeben' }).click();
        await expect(phone.getByText('Deine Stimme ist gespeichert')).toBeVisible();
        drop(2, [[a]]);
        await expect(ranked).toContainText(`Jury: ${JURY} · Alle anderen: ${AUDIENCE + 1}`);
    });

    await test.step('twelve ballots on paper, typed by one and counted by another', async () => {
        await ranked.getByRole('button', { name: /^Papier und Hände/ }).click();
        await ranked.getByLabel('Aus welcher Gruppe').selectOption('Alle anderen');
        const order = await ranked.locator('.options li').allInnerTexts();
        const at = (title: string) => order.findIndex((one) => one.includes(title)) + 1;
        const line = ranked.getByRole('textbox', { name: 'Stimmzettel' });
        for (const ballot of [
            `${at('Skatepark')} ${at('Kino')} x6`,
            `${at('Kino')} ${at('Skatepark')} x6`,
        ]) {
            await line.fill(ballot);
            await line.press('Enter');
        }
        await press(ranked, 'Stapel eintragen');
        drop(2, [[a], [b]], 6);
        drop(2, [[b], [a]], 6);
        const batch = other.locator('[data-batch="1"]');
        await batch.getByRole('spinbutton').fill('12');
        await batch.getByRole('button', { name: /^Bestätigen/ }).click();
        await expect(ranked.locator('[data-batch="1"]')).toContainText('Bestätigt von');
    });

    await test.step('the lot decides before everybody’s eyes', async () => {
        await press(agenda, 'Abstimmung beenden und Ergebnis zeigen');
        await expect(phone.getByText(/hat gewonnen/).first()).toBeVisible();
        await expect(wall.locator('[data-step]')).toBeVisible();
        const lot = wall.locator('[data-step="lot"]');
        while (!(await lot.isVisible())) await wall.keyboard.press('ArrowRight');
        await expect(lot).toContainText('Skatepark am Hafen');
        await expect(lot).toContainText('Kino im Park');
        await press(desk, 'Weiter: Ergebnisse');
    });

    const won = (
        await phone
            .getByText(/hat gewonnen/)
            .first()
            .innerText()
    ).includes('Kino')
        ? b
        : a;
    await test.step('what becomes of the winner is on a page for everybody', async () => {
        await press(desk, /^Weiter: /);
        await second.ask({
            op: 'idea.follow',
            idea: won,
            state: 'pilot',
            department: 'Amt für Jugend',
            next: '2027-03-01',
            lang: 'de',
        });
        await expect(wall.getByText('Amt für Jugend')).toBeVisible();
        const page = await place.open(`/i/${event.code}/${won}`);
        await expect(page.getByText('Amt für Jugend')).toBeVisible();
    });

    for (const one of [...audience, ...jury]) one.hangUp();

    await test.step('the export says what happened, entry by entry', async () => {
        const rows = (file: string) => hall.records(event.code, `${file}.csv`);
        const told = await rows('ideas');
        expect(told.map((row) => row['idea'])).toEqual(ideas);
        expect(told.map((row) => row['state'])).toEqual([
            ...Array<string>(IDEAS).fill('published'),
            ...Array<string>(TWINS).fill('merged'),
        ]);
        expect(told.slice(IDEAS).map((row) => row['merged_into'])).toEqual(
            ideas.slice(0, TWINS),
        );
        expect(told.filter((row) => row['became']).map((row) => row['idea'])).toEqual([won]);

        const [dots, vote] = await rows('polls');
        expect(dots).toMatchObject({ form: 'dots', voted: String(AUDIENCE) });
        expect(vote).toMatchObject({
            shares: '1:50 rest:50',
            no_own: 'yes',
            reopened: '1',
            voted: String(AUDIENCE + JURY + 1),
            paper: '12',
            state: 'closed',
            published: 'yes',
        });

        const kept = (await rows('ballots')).map((row) => [
            `${row['share']}: ${[row['rank1'], row['rank2']].filter(Boolean).join(' > ')}`,
            Number(row['ballots']),
        ]);
        const counted = new Map<unknown, number>();
        for (const [key, n] of kept) counted.set(key, (counted.get(key) ?? 0) + Number(n));
        expect(counted).toEqual(box);

        const places = (await rows('results')).filter((row) => row['poll'] === '2');
        const elected = places.filter((row) => row['elected'] === 'yes' && !row['share']);
        expect(elected.map((row) => row['option'])).toEqual([won]);
        expect((await rows('phases')).map((row) => row['kind'])).toEqual([
            'call',
            'collect',
            'merge',
            'shortlist',
            'rank',
            'award',
            'follow-up',
        ]);
        expect((await rows('paper')).map((row) => row['count'])).toEqual(['6', '6']);
        expect(await rows('followup')).toMatchObject([
            { idea: won, state: 'pilot', department: 'Amt für Jugend', next: '2027-03-01' },
        ]);
        expect((await rows('tickets'))[0]).toMatchObject({ issued: '5', redeemed: '5' });
    });
});

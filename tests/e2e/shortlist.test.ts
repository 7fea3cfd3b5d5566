/* From many ideas to one: a shortlist by dots, one tap, a ranked poll, its result. */
import type { Page } from '@playwright/test';
import { both, fits } from './axe';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';

const titles = ['Skatepark', 'Kino', 'Trinkbrunnen', 'Nachtbus', 'Bücherschrank', 'Spielplatz'];
const NEXT = 'Ideen für Halle: Was ist uns am wichtigsten?';
const wide = { viewport: { width: 1280, height: 900 } };

/** Skatepark 4, Kino 3, Trinkbrunnen and Nachtbus 2 each, the others none; closed and shown. */
async function shortlist({ poll, desk, person }: Place): Promise<void> {
    const { options } = await poll('Wofür?', titles, {
        form: 'dots',
        method: 'score',
        dots: 5,
    });
    const [skate, cinema, fountain, bus] = options;
    for (let i = 0; i < 2; i++) {
        const somebody = await person();
        const dots = [
            [skate, 2],
            [cinema, 2 - i],
            [i === 0 ? fountain : bus, 1],
        ];
        await somebody.cast('1', { dots });
        somebody.hangUp();
    }
    await desk.ask({ op: 'poll.close', poll: '1' });
    await desk.ask({ op: 'poll.publish', poll: '1' });
}

async function vote(phone: Page, title: string): Promise<void> {
    await phone.getByRole('button', { name: 'Abstimmen', exact: true }).click();
    await phone
        .getByRole('button', { name: new RegExp(`^${title}`) })
        .first()
        .click();
    await phone.getByRole('button', { name: 'Prüfen' }).click();
    await phone.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(phone.getByText('Deine Stimme ist gespeichert')).toBeVisible();
}

test('one tap makes the next poll of the best', async ({ place }) => {
    const { hall, event } = place;
    await shortlist(place);
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    const old = desk.locator('[data-poll="1"]');
    const made = desk.locator('[data-poll="2"]');

    await test.step('as many as are wanted, and those as good as the last of them', async () => {
        await expect(old.getByRole('button', { name: 'Die besten 3' })).toBeVisible();
        await both(desk, 'desk, a shortlist is over');
        await old.getByRole('button', { name: 'Eine weniger' }).click();
        await expect(old.getByRole('button', { name: 'Die besten 2' })).toBeVisible();
        await old.getByRole('button', { name: 'Eine mehr' }).click();
        await old.getByRole('button', { name: 'Die besten 3' }).click();
        await expect(made.getByText(NEXT).first()).toBeVisible();
        await expect(
            made.getByText(/Reihenfolge · 4 Ideen zur Wahl · Ranked Pairs/),
        ).toBeVisible();
        await expect(
            old.getByText(/Gleichstand an der Grenze. Alle kommen mit: 4/),
        ).toBeVisible();
        await desk.setViewportSize({ width: 360, height: 740 });
        await fits(desk, 'desk, a shortlist is over');
        await desk.setViewportSize(wide.viewport);
    });

    await test.step('opened on the phones, closed with a countdown, shown', async () => {
        const one = await place.join();
        const two = await place.join();
        await made.getByRole('button', { name: 'Abstimmung starten' }).click();
        await vote(one, 'Kino');
        await vote(two, 'Kino');
        await expect(made.getByText('2 abgestimmt')).toBeVisible();
        await made.getByRole('button', { name: 'In 10 Sekunden beenden' }).click();
        await made.getByRole('button', { name: 'Allen zeigen' }).click();
        await made.getByRole('button', { name: 'Jetzt allen zeigen' }).click();
        await expect(one.getByText('Kino hat gewonnen').first()).toBeVisible();
    });
});

test('the agenda offers the best for its next phase', async ({ place }) => {
    const { hall, event, desk: moderator } = place;
    await place.lead('shortlist', 'rank', 'award');
    await shortlist(place);
    await moderator.ask({
        op: 'agenda.set',
        phases: [
            { phase: '1', is: 'shortlist', minutes: 10, poll: '1' },
            { phase: '2', is: 'rank', minutes: 10 },
            { phase: '3', is: 'award', minutes: 10 },
        ],
    });
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    const agenda = desk.getByRole('region', { name: 'Ablauf' });
    const best = agenda.getByRole('button', { name: 'Die besten 3 zur Abstimmung' });
    await expect(best).toHaveAccessibleDescription(/Aus dem Ergebnis von „Wofür\?“/);
    await both(desk, 'desk, the agenda offers the best');
    await best.click();
    const next = agenda.getByRole('button', { name: 'Weiter: Abstimmung' });
    await expect(next).toHaveAccessibleDescription(
        new RegExp(`${NEXT.slice(0, 20)}.* beginnt`),
    );
    await expect(next).not.toHaveAttribute('aria-disabled', 'true');
    await next.click();
    const phone = await place.join();
    await expect(phone.getByRole('heading', { name: NEXT })).toBeVisible();
});

test('a tag brings all its ideas, and the form says what fits them and why', async ({
    place,
}) => {
    const { hall, event, desk: moderator } = place;
    const tag = String(
        (await moderator.ask({ op: 'label.add', kind: 'tag', name: 'Verkehr', lang: 'de' }))[
            'label'
        ],
    );
    for (const [i, title] of titles.entries()) {
        const idea = await moderator.submit(title);
        if (i < 2) await moderator.ask({ op: 'idea.tag', idea, tags: [tag] });
    }
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    await desk.getByRole('button', { name: 'Neue Abstimmung' }).click();
    const form = desk.locator('form').filter({ hasText: 'Neue Abstimmung' });
    const chip = form
        .getByRole('group', { name: 'Alle Ideen zu einem Thema' })
        .getByRole('button', { name: 'Verkehr' });
    await chip.click();
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    await expect(form.getByText('2 Ideen zur Wahl')).toBeVisible();
    const fit = form.getByRole('region', { name: 'Das passt' });
    await expect(fit.getByText(/Bei zwei Ideen sagt ein Kreuz alles/)).toBeVisible();
    await form.getByLabel('Idee hinzufügen').selectOption('all');
    await expect(fit.getByText(/Wie viele Plätze: 3 · Ranked Pairs/)).toBeVisible();
    await both(desk, 'desk, what fits a poll');
    await chip.click();
    await expect(form.getByText('4 Ideen zur Wahl')).toBeVisible();
});

test('the preview is the phone’s own form, and sends nothing', async ({ place }) => {
    const { hall, event, desk: moderator } = place;
    for (const title of titles) await moderator.submit(title);
    const desk = await place.open(`/m#${await hall.newLink(event.code)}`, wide);
    const sent: string[] = [];
    desk.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => sent.push(String(payload))),
    );
    await expect(desk.getByRole('button', { name: /^Zu sehen/ })).toBeVisible();
    await desk.reload();
    await desk.getByRole('button', { name: /^Zu sehen/ }).click();
    await desk.getByRole('button', { name: 'Alle', exact: true }).click();
    await desk.getByRole('button', { name: 'Abstimmung über 6 Ideen' }).click();
    await desk.getByRole('textbox', { name: 'Frage' }).fill('Was machen wir zuerst?');
    await desk.getByRole('button', { name: 'Vorschau auf dem Handy' }).click();
    const phone = desk.getByRole('region', { name: 'Vorschau auf dem Handy' });
    await expect(phone.getByText('Was machen wir zuerst?')).toBeVisible();
    await phone.getByRole('button', { name: /^Kino/ }).first().click();
    await both(desk, 'desk, preview');
    await phone.getByRole('button', { name: 'Prüfen' }).click();
    await phone.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(phone.getByText('So wäre die Stimme abgegeben.')).toBeFocused();
    await phone.getByRole('button', { name: 'Von vorn' }).click();
    await desk.getByRole('radio', { name: /^Klebepunkte/ }).check();
    await expect(
        phone.getByRole('button', { name: 'Kino: einen Klebepunkt mehr' }),
    ).toBeVisible();
    await both(desk, 'desk, preview of dots');
    await desk.setViewportSize({ width: 360, height: 740 });
    await fits(desk, 'desk, preview, narrow');
    expect(sent.filter((frame) => /"op":"(begin|cast)"/.test(frame))).toEqual([]);
});

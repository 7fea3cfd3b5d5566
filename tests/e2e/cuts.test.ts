/* One person votes in poll after poll while lines are cut at moments that a seed chooses:
 * before the ballot leaves, on its way, after it has arrived, before the acknowledgement does,
 * and again while the phone comes back. In the end the export has each ballot once.
 * STIMMWERK_CUTS says how often (30), STIMMWERK_SEED when. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';
import { Network } from './proxy';

const CUTS = Number(process.env['STIMMWERK_CUTS'] ?? 30);
const SEED = Number(process.env['STIMMWERK_SEED'] ?? 1);
const POLLS_AT_ONCE = 10;
const ANSWERS = ['Ja', 'Nein', 'Enthaltung'];
const WRITTEN = ['yes', 'no', ''];

/** The same numbers for the same seed; from 0 to `below`, exclusive. */
type Roll = (below: number) => number;
function dice(seed: number): Roll {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

/** Moments while a ballot travels, and perhaps one more while the phone comes back. */
function light(network: Network, roll: Roll): void {
    if (roll(4) === 0) network.cut();
    const fuse = (below: number) => ({ pieces: roll(below), arrives: roll(2) === 1 });
    network.fuses = roll(2) === 0 ? [fuse(3)] : [fuse(3), fuse(7)];
}

async function openPolls({ poll }: Place, after: number): Promise<Map<string, string>> {
    const polls = new Map<string, string>();
    for (let i = 1; i <= POLLS_AT_ONCE; i++) {
        const question = `Frage ${after + i}`;
        const yesno = { form: 'yesno', method: 'plurality', ranks: 1 };
        polls.set(question, (await poll(question, [], yesno)).poll);
    }
    return polls;
}

/** In the first poll that waits; says in which, and what. */
async function vote(page: Page, network: Network, roll: Roll): Promise<[string, string]> {
    await page.getByRole('button', { name: 'Abstimmen', exact: true }).first().click();
    const heading = page.getByRole('heading', { level: 1, name: /^Frage/ });
    const question = await heading.innerText();
    const answer = roll(3);
    await page.getByRole('radio', { name: ANSWERS[answer] ?? '' }).check();
    light(network, roll);
    await page.getByRole('button', { name: 'Stimme abgeben' }).click();
    await expect(page.getByText('Deine Stimme ist gespeichert')).toBeVisible();
    network.fuses = [];
    await page.getByRole('button', { name: 'Zurück' }).click();
    return [question, WRITTEN[answer] ?? ''];
}

test(`${CUTS} cuts at moments of seed ${SEED}: every ballot is there, and once`, async ({
    place,
}) => {
    test.setTimeout(300_000 + CUTS * 20_000);
    const roll = dice(SEED);
    const network = await Network.before(place.hall.url);
    const page = await place.join({ base: network.url });
    const cast: string[][] = [];

    while (network.cuts < CUTS) {
        const polls = await openPolls(place, cast.length);
        for (let i = 0; i < POLLS_AT_ONCE; i++) {
            const [question, answer] = await vote(page, network, roll);
            cast.push([polls.get(question) ?? question, '1', '1', answer]);
        }
        for (const poll of polls.values()) await place.desk.ask({ op: 'poll.close', poll });
    }

    const found = await place.hall.ballots(place.event.code);
    console.log(`${network.cuts} cuts, ${cast.length} ballots, ${found.length} exported`);
    cast.sort((a, b) => Number(a[0]) - Number(b[0]));
    expect(found).toEqual(cast);
    await network.close();
});

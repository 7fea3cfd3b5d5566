/* What every browser test has: a server a worker, an event a test, pages that report any
 * error of the page and any breach of its security policy as a failure. */
import { test as base, expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { Hall } from './hall';
import type { HallEvent } from './hall';
import { Phone, pollOf } from './phone';

export interface Place {
    hall: Hall;
    event: HallEvent;
    /** A moderator's session without a browser. */
    desk: Phone;
    /** Somebody comes by the event's code, without a browser. */
    person: () => Promise<Phone>;
    open: (path: string, options?: BrowserContextOptions & { base?: string }) => Promise<Page>;
    /** Joins by code in a browser and waits for the event's title. */
    join: (options?: BrowserContextOptions & { base?: string }) => Promise<Page>;
    /** An agenda of these phases, of ten minutes each; the first of them is on. */
    lead: (...phases: string[]) => Promise<void>;
    /** A running poll over fresh ideas with these titles. */
    poll: (
        question: string,
        titles: string[],
        change?: object,
    ) => Promise<{ poll: string; options: string[] }>;
}

const TITLE = 'Ideen für Halle';

/* Chromium names features that it does not know; and lines are cut here on purpose, that of a
 * worker's script among them. */
const expected =
    /Permissions-Policy|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|WebSocket connection|Failed to load resource|when fetching the script/;

function watch(page: Page, complaints: string[]): void {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
        const bad =
            message.type() === 'error' || /Content Security|TrustedHTML/.test(message.text());
        if (bad && !expected.test(message.text())) complaints.push(message.text());
    });
    page.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol !== 'data:' && hostname !== '127.0.0.1')
            complaints.push(`asked ${request.url()}`);
    });
}

async function seatAt(
    browser: Browser,
    hall: Hall,
    complaints: string[],
    langs = 'de',
): Promise<Place> {
    const event = await hall.makeEvent(TITLE, 'open', langs);
    const desk = await Phone.join(hall.url, event.code, { link: event.link });
    const place: Place = {
        hall,
        event,
        desk,
        person: () => Phone.join(hall.url, event.code, { code: event.code }),
        async open(path, options = {}) {
            const { base, ...rest } = options;
            const context = await browser.newContext({
                locale: 'de-DE',
                viewport: { width: 360, height: 740 },
                ...rest,
            });
            const page = await context.newPage();
            watch(page, complaints);
            await page.goto((base ?? hall.url) + path);
            return page;
        },
        async join(options) {
            const page = await place.open(`/j#${event.code}`, options);
            await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
            return page;
        },
        async lead(...kinds) {
            const phases = kinds.map((is) => ({ is, minutes: 10 }));
            await desk.ask({ op: 'agenda.set', phases });
            await desk.ask({ op: 'phase.start', phase: '1' });
        },
        async poll(question, titles, change = {}) {
            const ids: string[] = [];
            for (const title of titles) ids.push(await desk.submit(title));
            const options = 'form' in change && change.form === 'yesno' ? [] : ids;
            const poll = String((await desk.ask(pollOf(question, options, change)))['poll']);
            await desk.ask({ op: 'poll.open', poll });
            return { poll, options: ids };
        },
    };
    return place;
}

export const test = base.extend<{ place: Place; complaints: string[] }, { hall: Hall }>({
    hall: [
        // eslint-disable-next-line no-empty-pattern
        async ({}, use) => {
            const hall = await Hall.open();
            await use(hall);
            await hall.close();
        },
        { scope: 'worker' },
    ],
    // eslint-disable-next-line no-empty-pattern
    complaints: async ({}, use) => {
        const complaints: string[] = [];
        await use(complaints);
        expect(complaints).toEqual([]);
    },
    place: async ({ browser, hall, complaints }, use) => {
        const place = await seatAt(browser, hall, complaints);
        await use(place);
        await Promise.all(browser.contexts().map((context) => context.close()));
        place.desk.hangUp();
    },
});

/** For tests that stop and start their own server. */
export { seatAt };
export { expect };

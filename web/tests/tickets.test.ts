/* What is printed: the codes of the QR images, the words in two languages; and what is kept. */
import { render } from '@testing-library/svelte';
import { encode } from 'uqr';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import type { Act, Answer, Batch, EventInfo, Request } from '../src/lib/net/protocol';
import { qrOf, wifiText } from '../src/lib/ui/qr';
import { Desk } from '../src/moderator/desk.svelte';
import { paperLanguages, voicesOf } from '../src/moderator/tickets/printWords';
import ReadyToPrint from '../src/moderator/tickets/ReadyToPrint.svelte';
import { rangesOf } from '../src/moderator/tickets/range';
import Sign from '../src/moderator/tickets/Sign.svelte';
import TicketSheets from '../src/moderator/tickets/TicketSheets.svelte';

const event: EventInfo = {
    event: 'ABC129',
    title: 'Fest',
    lang: 'de',
    langs: ['de', 'ar'],
    mode: 'ticket',
    call: true,
    groups: [{ label: '3', name: 'Jury', lang: 'de' }],
};
const tickets = [
    { number: 17, code: 'K7QF2M9X4P', group: '3', batch: '2', held: false },
    { number: 18, code: '0123456789', group: '', batch: '2', held: false },
];

/* The modules that a path paints. */
function painted(path: string, size: number): boolean[][] {
    const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
    for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
        for (let i = 0; i < Number(run); i++) {
            const row = rows[Number(y)];
            if (row) row[Number(x) + i] = true;
        }
    return rows;
}

beforeEach(async () => {
    localStorage.clear();
    await startWords(de);
    await addWords('screens');
    await addWords('print');
    await chooseLocale('de');
});

describe('a QR code', () => {
    it.each(['https://halle.example/j#K7QF2M9X4P', wifiText('Saal', 'geheim')])(
        'is painted module by module, with its quiet zone: %s',
        (text) => {
            const code = qrOf(text);
            const { data } = encode(text, { border: 4, ecc: 'M' });
            expect(painted(code.path, code.size)).toEqual(data);
        },
    );

    it('of a Wi-Fi escapes what has a meaning there', () => {
        expect(wifiText('Saal; "Gast"', 'a:b,c\\d')).toBe(
            'WIFI:T:WPA;S:Saal\\; \\"Gast\\";P:a\\:b\\,c\\\\d;;',
        );
        expect(wifiText('Offen', '')).toBe('WIFI:T:nopass;S:Offen;;');
    });
});

describe('paper', () => {
    it('speaks the event’s first two languages, and a second one if it has none', () => {
        expect(paperLanguages(['de', 'ar', 'en'])).toEqual(['de', 'ar']);
        expect(paperLanguages(['de'])).toEqual(['de', 'en']);
        expect(paperLanguages(['en'])).toEqual(['en', 'de']);
        expect(paperLanguages(['tlh', 'pl'])).toEqual(['pl', 'de']);
    });

    it('has for each ticket its code, number, group and address', async () => {
        const voices = await voicesOf(event.langs);
        const wifi = { name: '', password: '', shown: false };
        const { container } = render(TicketSheets, { event, voices, tickets, wifi });
        const [first, second] = container.querySelectorAll('.ticket');
        expect(first?.textContent).toMatch(/Fest.*K7QF2 M9X4P.*Nr\. 17.*Jury.*Scannen/s);
        expect(first?.querySelector('[lang=ar]')).toHaveAttribute('dir', 'rtl');
        expect(second?.textContent).not.toContain('Jury');
        const path = first?.querySelector('path')?.getAttribute('d');
        expect(path).toBe(qrOf(`${location.origin}/j#K7QF2M9X4P`).path);
        expect(container.querySelector('.wifi')).toBeNull();
    });

    it('for the wall asks for the card where one is needed, else for the event’s code', async () => {
        const voices = await voicesOf(event.langs);
        const wifi = { name: 'Saal', password: '', shown: false };
        const closed = render(Sign, { event, voices, wifi });
        expect(closed.container.textContent).toContain('von deiner Karte');
        expect(closed.container.textContent).not.toContain('ABC 129');
        const open = render(Sign, { event: { ...event, mode: 'open' }, voices, wifi });
        expect(open.container.textContent).toContain('ABC 129');
        expect(open.container.querySelectorAll('li')).toHaveLength(6);
    });
});

describe('tickets at the desk', () => {
    const id = 'a'.repeat(32);
    const batch: Batch = {
        batch: '1',
        first: '1',
        count: 4,
        group: '3',
        at: 0,
        replaced: 0,
        redeemed: 1,
        voided: 0,
        free: 3,
    };
    let desk: Desk;
    let asked: Request[];
    const answer = (answers: Partial<Record<Request['op'], Answer>>) =>
        vi.spyOn(desk, 'act').mockImplementation((_, request) => {
            asked.push(request);
            const given = answers[request.op];
            return Promise.resolve(
                given ? { ok: true, answer: given } : { ok: false, err: 'busy' },
            );
        });
    const issued = (first: string, codes?: string[]): Answer => ({
        op: 'tickets',
        id,
        pos: 7,
        first,
        count: 1,
        batch: '1',
        ...(codes ? { codes } : {}),
    });

    beforeEach(() => {
        desk = new Desk();
        asked = [];
    });

    it('are ready with their numbers until they are forgotten', async () => {
        answer({ 'tickets.issue': issued('5', ['K7QF2M9X4P', '0123456789']) });
        expect(await desk.tickets.issue(2, '3')).toBe(true);
        expect(desk.tickets.ready.map(({ number, group }) => [number, group])).toEqual([
            [5, '3'],
            [6, '3'],
        ]);
        expect(desk.tickets.paper).toBe('tickets');
        desk.tickets.forget();
        expect(desk.tickets.ready).toEqual([]);
    });

    it('whose codes got lost on the way are told to be lost', async () => {
        answer({ 'tickets.issue': issued('5') });
        expect(await desk.tickets.issue(2, '')).toBe(false);
        expect(desk.tickets.lost).toBe(true);
        expect(desk.tickets.ready).toEqual([]);
    });

    it('are told to be lost beside others that are here', async () => {
        answer({ 'tickets.issue': issued('1', ['K7QF2M9X4P']) });
        await desk.tickets.issue(1, '');
        answer({ 'tickets.issue': issued('5') });
        await desk.tickets.issue(2, '');
        const { container } = render(ReadyToPrint, {
            tickets: desk.tickets,
            onforgotten: () => undefined,
        });
        expect(container.querySelector('.ready')).not.toBeNull();
        expect(container.querySelector('[role=alert]')).not.toBeNull();
    });

    it('stay good where the codes of the new ones got lost', async () => {
        answer({ 'tickets.issue': issued('5'), 'tickets.void': { op: 'done', id, pos: 6 } });
        expect(await desk.tickets.printAnew(batch)).toBe(false);
        expect(asked.map(({ op }) => op)).toEqual(['tickets.issue']);
    });

    it('that are replaced are not printed any more, though the new code got lost', async () => {
        answer({
            'tickets.issue': issued('1', ['K7QF2M9X4P']),
            'ticket.replace': issued('9'),
        });
        await desk.tickets.issue(1, '');
        expect(await desk.tickets.replace('1', '')).toBe(true);
        expect(desk.tickets.ready).toEqual([]);
        expect(desk.tickets.lost).toBe(true);
    });

    it('are printed anew for the same group, and then the old ones voided', async () => {
        answer({
            'tickets.void': { op: 'done', id, pos: 6 },
            'tickets.issue': issued('5', ['K7QF2M9X4P']),
        });
        expect(await desk.tickets.printAnew(batch)).toBe(true);
        expect(asked).toEqual([
            { op: 'tickets.issue', count: 3, group: '3' },
            { op: 'tickets.void', batch: '1' },
        ]);
    });

    it('of two desks that print them anew only those of the first one are good', async () => {
        const made = { ...issued('5', ['K7QF2M9X4P']), batch: '2' } as Answer;
        vi.spyOn(desk, 'act').mockImplementation(async (_, request) => {
            asked.push(request);
            if (request.op === 'tickets.issue') return { ok: true, answer: made };
            const first = 'batch' in request && request.batch === '1';
            if (first) return { ok: false, err: 'wrong-state' };
            return { ok: true, answer: { op: 'done', id, pos: 7 } };
        });
        expect(await desk.tickets.printAnew(batch)).toBe(false);
        expect(asked.slice(1)).toEqual([
            { op: 'tickets.void', batch: '1' },
            { op: 'tickets.void', batch: '2' },
        ]);
        expect(desk.tickets.ready).toEqual([]);
        expect(desk.faults.get('tickets')).toBe('wrong-state');
    });

    it('that another desk has voided are not printed any more', async () => {
        answer({ 'tickets.issue': issued('1', ['K7QF2M9X4P', 'K7QF2M9X4P', 'K7QF2M9X4P']) });
        await desk.tickets.issue(3, '');
        const act = { at: 1, by: '2' };
        const told = (acts: Act[]) =>
            desk.tickets.hear({ op: 'change', from: 5, pos: 9, acts, undoable: [] });
        told([
            { ...act, pos: 6, act: 'ticket.void', ticket: '1' },
            { ...act, pos: 7, act: 'ticket.void', ticket: '2', undone: '2' },
        ]);
        expect(desk.tickets.ready.map(({ number }) => number)).toEqual([2, 3]);
        told([{ ...act, pos: 8, act: 'tickets.void', batch: '1' }]);
        expect(desk.tickets.ready).toEqual([]);
    });

    it('that are void are not printed any more', async () => {
        answer({
            'tickets.void': { op: 'done', id, pos: 6 },
            'tickets.issue': issued('1', ['K7QF2M9X4P', 'K7QF2M9X4P']),
            'ticket.replace': issued('9', ['K7QF2M9X4P']),
        });
        const numbers = () => desk.tickets.ready.map(({ number }) => number);
        await desk.tickets.issue(2, '');
        await desk.tickets.replace('2', '');
        expect(numbers()).toEqual([1, 9]);
        answer({
            'tickets.void': { op: 'done', id, pos: 6 },
            'ticket.replace': { ...issued('10', ['K7QF2M9X4P']), held: true } as Answer,
            'tickets.issue': { ...issued('11', ['K7QF2M9X4P']), batch: '2' } as Answer,
        });
        await desk.tickets.replace('4', '');
        await desk.tickets.issue(1, '');
        await desk.tickets.voidBatch({ ...batch, first: '1', count: 3 });
        expect(numbers()).toEqual([10, 11]);
    });

    it('are told by their numbers, with gaps', () => {
        expect(rangesOf([9, 1, 2, 3, 12, 11])).toBe('1–3, 9, 11–12');
        expect(rangesOf([5])).toBe('5');
    });

    it('stay good where issuing anew was refused', async () => {
        answer({});
        expect(await desk.tickets.printAnew(batch)).toBe(false);
        expect(asked.map(({ op }) => op)).toEqual(['tickets.issue']);
    });
});

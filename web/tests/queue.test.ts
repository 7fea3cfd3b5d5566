/* The queue's parts: keys, many acts at once, words that want a look. */
import { describe, expect, it } from 'vitest';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { deedOf } from '../src/moderator/queue/keys';
import { Many, Pace } from '../src/moderator/queue/many.svelte';
import { isReported, reportCount, reportsOf } from '../src/moderator/queue/reports';
import { readWords, Words } from '../src/moderator/queue/words.svelte';
import { settled } from '../src/moderator/settle';
import { idea } from './samples';

function press(key: string, at: string, more: KeyboardEventInit = {}): string | null {
    document.body.innerHTML = `<div data-idea="1" id="row">
        <input type="checkbox" id="tick"><button id="button"></button>
        <form><input id="field"><button id="inForm"></button><input type="radio" id="radio"></form>
        </div><select id="select"></select><p id="page"></p>`;
    const event = new KeyboardEvent('keydown', { key, bubbles: true, ...more });
    let deed: string | null = null;
    addEventListener('keydown', (one) => (deed = deedOf(one)), { once: true });
    document.querySelector(`#${at}`)?.dispatchEvent(event);
    return deed;
}

describe('a key', () => {
    it('moves and acts on a row, its buttons and its tick', () => {
        for (const at of ['row', 'button', 'tick', 'page']) {
            expect(press('j', at)).toBe('next');
            expect(press('r', at)).toBe('release');
            expect(press('?', at, { shiftKey: true })).toBe('help');
        }
        expect(press('X', 'row', { shiftKey: true })).toBe('tickTo');
        expect(press('ArrowDown', 'button')).toBe('next');
        expect(press('ArrowDown', 'page')).toBeNull();
    });

    it('means nothing in a field, a form, a list of choices, or with Ctrl', () => {
        for (const at of ['field', 'inForm', 'radio', 'select']) {
            expect(press('j', at)).toBeNull();
            expect(press('?', at)).toBeNull();
        }
        expect(press('r', 'row', { ctrlKey: true })).toBeNull();
        expect(press('R', 'row', { shiftKey: true })).toBeNull();
    });

    it('means nothing while a dialog is open', () => {
        expect(press('r', 'row')).toBe('release');
        const dialog = document.createElement('dialog');
        dialog.setAttribute('open', '');
        document.body.append(dialog);
        const event = new KeyboardEvent('keydown', { key: 'r' });
        expect(deedOf(event)).toBeNull();
    });

    it('is found by its place where letters are not Latin', () => {
        expect(press('о', 'row', { code: 'KeyJ' })).toBe('next');
        expect(press('ξ', 'row', { code: 'KeyJ' })).toBe('next');
        expect(press('ö', 'row', { code: 'KeyJ' })).toBeNull();
    });
});

/* Time that passes only when somebody waits. */
function clock() {
    let now_ms = 0;
    return {
        now_ms: () => now_ms,
        wait: async (wait_ms: number) => void (now_ms += wait_ms),
    };
}

describe('many acts', () => {
    it('are told one by one, refused ones too', async () => {
        const many = new Many(new Pace(clock()));
        const seen: number[] = [];
        await many.run([1, 2, 3, 4, 5], async (n) => {
            seen.push(n);
            return n === 3
                ? { ok: false, err: 'wrong-state' }
                : { ok: true, answer: {} as never };
        });
        expect(seen).toEqual([1, 2, 3, 4, 5]);
        expect([many.total, many.done, many.refused, many.running]).toEqual([5, 5, 1, false]);
    });

    it('are at most eight at a time', async () => {
        const many = new Many(new Pace(clock()));
        let under = 0;
        let most = 0;
        await many.run(Array.from({ length: 50 }), async () => {
            most = Math.max(most, ++under);
            await Promise.resolve();
            under--;
            return { ok: true, answer: {} as never };
        });
        expect(most).toBe(8);
    });

    it('keep to what the server takes: 400 at once, then 40 a second', async () => {
        const time = clock();
        const pace = new Pace(time);
        for (let i = 0; i < 400; i++) await pace.take();
        expect(time.now_ms()).toBe(0);
        for (let i = 0; i < 400; i++) await pace.take();
        expect(time.now_ms()).toBeCloseTo(10_000);
    });

    it('stop where somebody says so', async () => {
        const many = new Many(new Pace(clock()));
        let sent = 0;
        await many.run(Array.from({ length: 100 }), async () => {
            if (++sent === 20) many.stop();
            return { ok: true, answer: {} as never };
        });
        expect(sent).toBeLessThan(30);
        expect(many.done).toBe(sent);
    });
});

describe('the list of words', () => {
    const marks = (list: string, title: string, text = ''): boolean => {
        const words = new Words();
        words.list = list;
        return words.marks(idea('1', { title, text }));
    };

    it('marks a whole word, whatever its case and accents', () => {
        expect(marks('blöd\nDoof', 'Alles DOOF!')).toBe(true);
        expect(marks('blöd', 'Nicht übel', 'nur blod.')).toBe(true);
        expect(marks('as', 'Assistenz')).toBe(false);
        expect(marks('', 'Alles')).toBe(false);
    });

    it('folds the letters of all our languages', () => {
        expect(marks('σκάνδαλος', 'ΣΚΑΝΔΑΛΟΣ')).toBe(true);
        expect(marks('λόγος*', 'λογοστόλος')).toBe(true);
        expect(marks('глупав', 'ГЛУПАВ план')).toBe(true);
        expect(marks('głupi', 'GLUPI')).toBe(true);
        expect(marks('tåbelig', 'Tabelig')).toBe(true);
        expect(marks('øl', 'Ol')).toBe(true);
        expect(marks('groß', 'GROSS')).toBe(true);
    });

    it('names the word as it stands in the list', () => {
        const words = new Words();
        words.list = 'doof\nBlöd*';
        expect(words.foundIn(idea('1', { title: 'Alles blöder Kram' }))).toBe('Blöd*');
        expect(words.foundIn(idea('2', { title: 'Alles gut' }))).toBe('');
    });

    it('is the one that the desk was told last', () => {
        const words = new Words();
        words.hear({ op: 'change', from: 0, pos: 5, words: 'doof' });
        words.hear({ op: 'change', from: 5, pos: 6 });
        expect(words.count).toBe(1);
        words.hear({ op: 'change', from: 0, pos: 7 });
        expect(words.count).toBe(0);
    });

    it('marks beginnings with a star, and expressions of several words', () => {
        expect(marks('dumm*', 'Dummköpfe')).toBe(true);
        expect(marks('halt die klappe', 'Halt  die Klappe, Rat')).toBe(true);
        expect(marks('die klappe', 'Die große Klappe')).toBe(false);
    });

    it('reads a list without empty lines or doubles', () => {
        expect(readWords('a\n\n*\n A \n')).toHaveLength(1);
    });
});

describe('reports', () => {
    const reported = idea('1', { reports: { other: 1, offensive: 3 } });

    it('name the most frequent reason first, and count people', () => {
        expect(reportsOf(reported)).toEqual([
            ['offensive', 3],
            ['other', 1],
        ]);
        expect(reportCount(reported)).toBe(4);
        expect(isReported(reported)).toBe(true);
    });

    it('wait for nobody where the idea is hidden, or was found fine', () => {
        expect(isReported({ ...reported, state: 'hidden' })).toBe(false);
        expect(isReported({ ...reported, reports: {} })).toBe(false);
        expect(isReported(idea('2'))).toBe(false);
    });

    it('are settled at the answer', () => {
        const hall = { ...emptyHall, ideas: new Map([['1', reported]]) };
        const done = { op: 'done', id: 'a'.repeat(32), pos: 6 } as const;
        const after = settled(hall, { op: 'idea.clear', idea: '1' }, done);
        expect(isReported(after.ideas.get('1') ?? reported)).toBe(false);
    });
});

describe('what one did oneself', () => {
    const hall = applyMessage(emptyHall, {
        op: 'change',
        from: 0,
        pos: 5,
        ideas: [idea('1', { state: 'pending' })],
    }).hall;
    const release = { op: 'idea.release', idea: '1' } as const;
    const done = (pos: number) => ({ op: 'done', id: 'a'.repeat(32), pos }) as const;

    it('is shown at once, until the change brings the whole', () => {
        expect(settled(hall, release, done(6)).ideas.get('1')?.state).toBe('published');
        expect(settled(hall, release, done(6)).pos).toBe(5);
    });

    it('changes nothing that is known better already', () => {
        expect(settled(hall, release, done(5))).toBe(hall);
        expect(settled(hall, { op: 'idea.release', idea: '9' }, done(6))).toBe(hall);
        expect(settled(hall, { op: 'call', open: true }, done(6))).toBe(hall);
    });
});

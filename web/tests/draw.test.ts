// @vitest-environment node
/* Drawings: whatever a finger does becomes the one spelling that the server takes. */
import { describe, expect, it } from 'vitest';
import {
    BYTES_MAX,
    fromSvg,
    onSheet,
    read,
    simplified,
    STROKES_MAX,
    withoutLast,
    withStroke,
    write,
} from '../src/lib/media/draw';
import type { Colour, Point, Stroke, Width } from '../src/lib/media/draw';
import { SHEET } from '../src/lib/media/sheet';

/* A small generator of numbers, the same for the same seed. */
function dice(seed: number): (below: number) => number {
    let state = seed + 1;
    return (below) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

/* A finger that wanders, now and then beyond the edge. */
function scribble(roll: (below: number) => number, count: number): Point[] {
    let [x, y] = [roll(SHEET.width), roll(SHEET.height)];
    return Array.from({ length: count }, () => {
        x += roll(161) - 80;
        y += roll(161) - 80;
        return onSheet(x, y);
    });
}

const strokeOf = (roll: (below: number) => number, count = 1 + roll(60)): Stroke => ({
    colour: 'abcdefgh'[roll(8)] as Colour,
    width: (1 + roll(3)) as Width,
    points: scribble(roll, count),
});

const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const drawn = (strokes: Stroke[]): string =>
    strokes.reduce((drawing, stroke) => withStroke(drawing, stroke) ?? drawing, '');

describe('a drawing', () => {
    it('is spelled as agreed', () => {
        expect(
            write([
                {
                    colour: 'a',
                    width: 2,
                    points: [
                        [120, 40],
                        [125, 46],
                        [122, 54],
                    ],
                },
                { colour: 'b', width: 1, points: [[7, 7]] },
            ]),
        ).toBe('a2M120 40l5 6-3 8b1M7 7l0 0');
    });

    it('comes back as it was written, whatever was drawn', () => {
        for (const seed of seeds) {
            const roll = dice(seed);
            const strokes = Array.from({ length: 1 + roll(8) }, () => strokeOf(roll));
            const text = write(strokes);
            const back = read(text);
            expect(back, text).not.toBeNull();
            expect(write(back ?? [])).toBe(text);
            expect(back?.map(({ points }) => points.length)).toEqual(
                strokes.map(({ points }) => Math.max(2, points.length)),
            );
        }
    });

    it('stays on the sheet and within its bounds, however wildly somebody draws', () => {
        for (const seed of seeds.slice(0, 4)) {
            const roll = dice(seed);
            const text = drawn(Array.from({ length: 500 }, () => strokeOf(roll, 30)));
            const back = read(text);
            expect(text.length).toBeLessThanOrEqual(BYTES_MAX);
            expect(back?.length).toBeLessThanOrEqual(STROKES_MAX);
            const inside = back?.every(({ points }) =>
                points.every(([x, y]) => x >= 0 && x <= 1000 && y >= 0 && y <= 750),
            );
            expect(inside).toBe(true);
        }
    });

    it('takes no more strokes than 400, nor one for which there is no room', () => {
        const dot: Stroke = { colour: 'a', width: 1, points: [[1, 1]] };
        const full = drawn(Array.from({ length: STROKES_MAX }, () => dot));
        expect(read(full)).toHaveLength(STROKES_MAX);
        expect(withStroke(full, dot)).toBeNull();
        expect(withStroke('x'.repeat(BYTES_MAX), dot)).toBeNull();
    });

    it('loses its last stroke, and nothing else', () => {
        for (const seed of seeds) {
            const roll = dice(seed);
            const [before, last] = [drawn([strokeOf(roll)]), strokeOf(roll)];
            expect(withoutLast(withStroke(before, last) ?? '')).toBe(before);
            expect(withoutLast(before)).toBe('');
        }
        expect(withoutLast('')).toBe('');
    });
});

describe('the server’s SVG', () => {
    const svg = (strokes: string) =>
        `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="750" viewBox="0 0 1000 750">` +
        `<path fill="#ffffff" d="M0 0h1000v750H0z"/><g fill="none">${strokes}</g></svg>`;

    it('gives the drawing back that it was made of', () => {
        const strokes =
            '<path stroke="#1d2330" stroke-width="14" d="M120 40l5 6-3 8"/>' +
            '<path stroke="#c3312f" stroke-width="6" d="M7 7l0 0"/>';
        expect(fromSvg(svg(strokes))).toBe('a2M120 40l5 6-3 8b1M7 7l0 0');
    });

    it('gives nothing where it is not as agreed', () => {
        expect(fromSvg(svg(''))).toBe('');
        expect(fromSvg(svg('<path stroke="#123456" stroke-width="6" d="M7 7l0 0"/>'))).toBe('');
        expect(fromSvg('{"err":"not-found"}')).toBe('');
    });
});

describe('a line', () => {
    it('needs no point between those that say the same', () => {
        const straight: Point[] = [
            [0, 0],
            [5, 5],
            [9, 9],
            [20, 20],
        ];
        expect(simplified(straight, 1)).toEqual([
            [0, 0],
            [20, 20],
        ]);
    });

    it('keeps its ends, and every point it had lies near it', () => {
        for (const seed of seeds) {
            const points = scribble(dice(seed), 80);
            const kept = simplified(points, 3);
            expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
            expect(kept.length).toBeLessThanOrEqual(points.length);
            for (const [x, y] of points)
                expect(
                    kept.slice(1).some((to, i) => isNear([x, y], kept[i] as Point, to)),
                ).toBe(true);
        }
    });
});

function isNear([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): boolean {
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
    const near = Math.min(1, Math.max(0, along));
    return Math.hypot(x - ax - near * (bx - ax), y - ay - near * (by - ay)) <= 3.001;
}

describe('what is spelled otherwise is not taken', () => {
    it.each([
        ['nothing', ''],
        ['no colour', '2M1 1l0 0'],
        ['another colour', 'i2M1 1l0 0'],
        ['another width', 'a4M1 1l0 0'],
        ['no step', 'a2M1 1'],
        ['half a step', 'a2M1 1l5'],
        ['a step and a half', 'a2M1 1l5 5 5'],
        ['a leading zero', 'a2M01 1l0 0'],
        ['a plus', 'a2M1 1l+5 0'],
        ['minus zero', 'a2M1 1l-0 0'],
        ['a space before a minus', 'a2M1 1l5 -1'],
        ['two spaces', 'a2M1  1l0 0'],
        ['a space at the end', 'a2M1 1l0 0 '],
        ['a point left of the sheet', 'a2M1 1l-2 0'],
        ['a point below the sheet', 'a2M1 750l0 1'],
        ['a start beyond the sheet', 'a2M1001 1l0 0'],
        ['something between strokes', 'a2M1 1l0 0 b1M1 1l0 0'],
        ['markup', 'a2M1 1l0 0"/><script>'],
        ['401 strokes', 'a1M1 1l0 0'.repeat(401)],
    ])('%s', (_, text) => {
        expect(read(text)).toBeNull();
    });
});

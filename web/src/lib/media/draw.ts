/* A drawing as it travels: strokes one after another, `a2M120 40l5 6-3 8b1M7 7l0 0`. The
 * sheet has 1000 × 750 units; there is exactly one spelling, and the server takes no other. Pure. */
import { SHEET } from './sheet';

export const STROKES_MAX = 400;
export const BYTES_MAX = 20_000;

/** By the letters that they have on the wire; white rubs out. */
export const colours = {
    a: '#1d2330',
    b: '#c3312f',
    c: '#e07a10',
    d: '#f2c500',
    e: '#2d8a3e',
    f: '#1f6fd0',
    g: '#7b3fa8',
    h: '#ffffff',
} as const;
/** In units of the canvas. */
export const widths = { 1: 6, 2: 14, 3: 30 } as const;

export type Colour = keyof typeof colours;
export type Width = keyof typeof widths;
/** Whole units inside the canvas. */
export type Point = readonly [x: number, y: number];
export interface Stroke {
    colour: Colour;
    width: Width;
    /** At least one; a single one is a dot. */
    points: readonly Point[];
}

/* What a finger cannot feel, and what is left of a line when the sheet is nearly full. */
const TOLERANCES = [1.5, 3, 6, 12];

const clamped = (value: number, max: number): number =>
    Math.min(max, Math.max(0, Math.round(value)));

/** The nearest point of the canvas, wherever the finger went. */
export const onSheet = (x: number, y: number): Point => [
    clamped(x, SHEET.width),
    clamped(y, SHEET.height),
];

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
    const near = Math.min(1, Math.max(0, along));
    return Math.hypot(x - ax - near * dx, y - ay - near * dy);
}

/** Douglas and Peucker: leaves out what lies within `tolerance` units of the line that stays. */
export function simplified(points: readonly Point[], tolerance: number): Point[] {
    const stays = new Set([0, points.length - 1]);
    const spans: [number, number][] = [[0, points.length - 1]];
    for (let span = spans.pop(); span; span = spans.pop()) {
        const [from, to] = span;
        let [farthest, most] = [0, tolerance];
        for (let i = from + 1; i < to; i++) {
            const off = distance(
                points[i] as Point,
                points[from] as Point,
                points[to] as Point,
            );
            if (off > most) [farthest, most] = [i, off];
        }
        if (farthest === 0) continue;
        stays.add(farthest);
        spans.push([from, farthest], [farthest, to]);
    }
    return points.filter((_, i) => stays.has(i));
}

/* One space between two numbers, left out where the second has a minus. */
const joined = (numbers: readonly number[]): string =>
    numbers.map((n, i) => (i > 0 && n >= 0 ? ` ${n}` : String(n))).join('');

function written({ colour, width, points }: Stroke): string {
    const first = points[0] ?? [0, 0];
    const steps = points
        .slice(1)
        .flatMap(([x, y], i) => [x - (points[i]?.[0] ?? 0), y - (points[i]?.[1] ?? 0)]);
    return `${colour}${width}M${joined(first)}l${joined(steps.length > 0 ? steps : [0, 0])}`;
}

export const write = (strokes: readonly Stroke[]): string => strokes.map(written).join('');

/** The drawing with one more stroke; null if the sheet is full. */
export function withStroke(drawing: string, stroke: Stroke): string | null {
    if (strokesIn(drawing) >= STROKES_MAX) return null;
    for (const tolerance of TOLERANCES) {
        const points = simplified(stroke.points, tolerance);
        const more = drawing + written({ ...stroke, points });
        if (more.length <= BYTES_MAX) return more;
    }
    return null;
}

const strokesIn = (drawing: string): number => drawing.split('M').length - 1;

/** The drawing without its last stroke. */
export const withoutLast = (drawing: string): string =>
    drawing.slice(0, Math.max(0, drawing.lastIndexOf('M') - 2));

/** One stroke, as an SVG needs it. */
export interface Line {
    colour: Colour;
    width: Width;
    path: string;
}

/** The strokes of a drawing that is well formed, in their order. */
export const lines = (drawing: string): Line[] =>
    [...drawing.matchAll(/([a-h])([123])(M[-\dl ]+)/g)].map(([, colour, width, path]) => ({
        colour: colour as Colour,
        width: Number(width) as Width,
        path: path ?? '',
    }));

const SVG_STROKE = /<path stroke="(#\w+)" stroke-width="(\d+)" d="(M[-\dl ]+)"\/>/g;
const codeOf = (table: object, value: string): string =>
    Object.entries(table).find(([, one]) => String(one) === value)?.[0] ?? '';

/** The drawing that the server made this SVG of, to draw on; '' if it made it of none. */
export function fromSvg(svg: string): string {
    const strokes = [...svg.matchAll(SVG_STROKE)].map(
        ([, hex = '', width = '', path = '']) =>
            codeOf(colours, hex) + codeOf(widths, width) + path,
    );
    return read(strokes.join('')) ? strokes.join('') : '';
}

const NUMBER = '(?:0|[1-9]\\d{0,3})';
const STEP = `(?:-[1-9]\\d{0,3}| ${NUMBER})`;
const FIRST = `(?:-[1-9]\\d{0,3}|${NUMBER})`;
const GRAMMAR = new RegExp(
    `^(?:[a-h][123]M${NUMBER} ${NUMBER}l${FIRST}${STEP}(?:${STEP}${STEP})*)+$`,
);

function pointsOf(path: string): Point[] {
    const numbers = (path.match(/-?\d+/g) ?? []).map(Number);
    const points: Point[] = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
        const [x, y] = points.at(-1) ?? [0, 0];
        points.push([x + (numbers[i] ?? 0), y + (numbers[i + 1] ?? 0)]);
    }
    return points;
}

const isInside = ([x, y]: Point): boolean =>
    x >= 0 && x <= SHEET.width && y >= 0 && y <= SHEET.height;

/** The strokes, or null if the server would not take this. A dot comes as two equal points. */
export function read(drawing: string): Stroke[] | null {
    if (drawing.length > BYTES_MAX || !GRAMMAR.test(drawing)) return null;
    const strokes = lines(drawing).map(({ colour, width, path }) => ({
        colour,
        width,
        points: pointsOf(path),
    }));
    const good = strokes.every(({ points }) => points.every(isInside));
    return good && strokes.length <= STROKES_MAX ? strokes : null;
}

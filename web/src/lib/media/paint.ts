/* Strokes on a canvas: a line as it grows, or the whole sheet anew. */
import { colours, lines, widths } from './draw';
import type { Line, Point, Stroke } from './draw';
import { SHEET } from './sheet';

type Pen = Pick<Stroke, 'colour' | 'width'>;

function dipped(
    canvas: HTMLCanvasElement,
    { colour, width }: Pen,
): CanvasRenderingContext2D | null {
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.lineCap = context.lineJoin = 'round';
    context.lineWidth = widths[width];
    context.strokeStyle = context.fillStyle = colours[colour];
    return context;
}

/* A line without length is nothing to a canvas. */
function paintDot(context: CanvasRenderingContext2D, [x, y]: Point, width: number): void {
    context.beginPath();
    context.arc(x, y, width / 2, 0, 2 * Math.PI);
    context.fill();
}

/** Adds a piece of a line: from its first point through the others. */
export function paintLine(canvas: HTMLCanvasElement, pen: Pen, points: readonly Point[]): void {
    const context = dipped(canvas, pen);
    const [first, ...others] = points;
    if (!context || !first) return;
    if (others.length === 0) return paintDot(context, first, widths[pen.width]);
    context.beginPath();
    context.moveTo(...first);
    others.forEach((point) => context.lineTo(...point));
    context.stroke();
}

function paint(canvas: HTMLCanvasElement, line: Line): void {
    const context = dipped(canvas, line);
    const dot = /^M(\d+) (\d+)l0 0$/.exec(line.path);
    if (context && dot) paintDot(context, [Number(dot[1]), Number(dot[2])], widths[line.width]);
    else context?.stroke(new Path2D(line.path));
}

/** The sheet as it is, and nothing else on it. */
export function paintSheet(canvas: HTMLCanvasElement, drawing: string): void {
    const context = canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, SHEET.width, SHEET.height);
    lines(drawing).forEach((line) => paint(canvas, line));
}

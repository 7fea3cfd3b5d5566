// @vitest-environment node
/* The shapes that our types come from, held against the golden messages that the server's
 * tests read too: neither side can drift. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helloShape, messageShapes, requestShapes } from '../src/lib/net/protocol';
import type { Shape } from '../src/lib/net/shape';

interface Case {
    name: string;
    frame?: string;
    expect: { op?: string; err?: string; canonical?: string };
}
const folder = '../tests/golden/messages/';
const read = (file: string) => JSON.parse(readFileSync(folder + file, 'utf8')) as Case[];
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const pushes = read('pushes.json');
const accepted = files
    .filter((name) => name !== 'pushes.json')
    .flatMap(read)
    .filter((one) => one.expect.op && one.expect.op !== 'ping' && one.frame);

/* Complaints of the shape that fits best. */
function complaints(shapes: Shape<unknown>[], value: unknown): string[] {
    return shapes
        .map((shape) => shape.check(value, '$'))
        .reduce((best, one) => (one.length < best.length ? one : best));
}

const opOf = (shape: Shape<unknown>, op: string): boolean =>
    !shape.check({ op }, '$').some((complaint) => complaint.startsWith('$.op:'));

describe('what the server sends', () => {
    it.each(pushes.map((one) => [one.name, one] as const))('has a type here: %s', (_, one) => {
        const message = JSON.parse(one.frame ?? '') as { op: keyof typeof messageShapes };
        expect(complaints([messageShapes[message.op]], message)).toEqual([]);
    });

    it('is all of it in the golden messages', () => {
        const ops = new Set(pushes.map((one) => one.expect.op));
        expect(Object.keys(messageShapes).filter((op) => !ops.has(op))).toEqual([]);
    });
});

describe('what we send', () => {
    const shapes: Shape<unknown>[] = [...Object.values(requestShapes), helloShape].map(
        (shape) => ({
            check: (value, at) =>
                shape.check(value, at).filter((one) => one !== '$.id: unknown'),
        }),
    );

    it('is taken by the server: each of our messages is among the golden ones', () => {
        const frames = accepted.map((one) => JSON.parse(one.frame ?? '') as unknown);
        for (const [name, shape] of Object.entries({ ...requestShapes, helloShape })) {
            const taken = frames.some(
                (frame) =>
                    shape.check(frame, '$').filter((one) => one !== '$.id: unknown').length ===
                    0,
            );
            expect(taken, name).toBe(true);
        }
    });

    it('has every key that the server knows', () => {
        for (const one of accepted) {
            const frame = JSON.parse(one.frame ?? '') as { op: string };
            const ours = shapes.filter((shape) => opOf(shape, frame.op));
            expect(ours.length, frame.op).toBeGreaterThan(0);
            const unknown = complaints(ours, frame).filter((complaint) =>
                complaint.endsWith(': unknown'),
            );
            expect(unknown, one.name).toEqual([]);
        }
    });
});

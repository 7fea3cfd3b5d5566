/* Shapes of messages: one description gives the TypeScript type and a strict check. Pages use
 * only the types, so that nothing of this reaches a phone; tests run the checks. */

export interface Shape<T> {
    check: (value: unknown, at: string) => string[];
    readonly type?: T;
    readonly optional?: true;
}
export type Of<S> = S extends Shape<infer T> ? T : never;
export interface Optional<T> extends Shape<T> {
    readonly optional: true;
}

type Fields = Record<string, Shape<unknown>>;
type OptionalKeys<F> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };
type ObjectOf<F extends Fields> = Flat<
    { [K in Exclude<keyof F, OptionalKeys<F>>]: Of<F[K]> } & {
        [K in OptionalKeys<F>]?: Of<F[K]>;
    }
>;

function primitive<T>(name: string, holds: (value: unknown) => boolean): Shape<T> {
    return { check: (value, at) => (holds(value) ? [] : [`${at}: not ${name}`]) };
}

export const text = primitive<string>('a text', (v) => typeof v === 'string');
export const count = primitive<number>(
    'a count',
    (v) => Number.isSafeInteger(v) && Number(v) >= 0,
);
export const flag = primitive<boolean>('true or false', (v) => typeof v === 'boolean');

function pattern(name: string, expression: RegExp): Shape<string> {
    return primitive(name, (v) => typeof v === 'string' && expression.test(v));
}
export const id = pattern('an id', /^[1-9][0-9]*$/);
export const hex32 = pattern('32 hex digits', /^[0-9a-f]{32}$/);
export const hex64 = pattern('64 hex digits', /^[0-9a-f]{64}$/);
export const fraction = pattern('a number as text', /^-?\d+(\.\d+|\/\d+)?$/);

export function oneOf<const T extends string>(...values: T[]): Shape<T> {
    return primitive(values.join(' or '), (v) => values.includes(v as T));
}

export function optional<T>(shape: Shape<T>): Optional<T> {
    return { check: shape.check, optional: true };
}

export function list<T>(shape: Shape<T>): Shape<T[]> {
    return {
        check: (value, at) =>
            Array.isArray(value)
                ? value.flatMap((item, i) => shape.check(item, `${at}[${i}]`))
                : [`${at}: not a list`],
    };
}

export function pair<A, B>(first: Shape<A>, second: Shape<B>): Shape<[A, B]> {
    return {
        check: (value, at) =>
            Array.isArray(value) && value.length === 2
                ? [first.check(value[0], `${at}[0]`), second.check(value[1], `${at}[1]`)].flat()
                : [`${at}: not a pair`],
    };
}

export function dictionary<T>(shape: Shape<T>): Shape<Record<string, T>> {
    return {
        check: (value, at) =>
            isObject(value)
                ? Object.entries(value).flatMap(([key, item]) =>
                      shape.check(item, `${at}.${key}`),
                  )
                : [`${at}: not an object`],
    };
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function object<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
    return {
        check(value, at) {
            if (!isObject(value)) return [`${at}: not an object`];
            const unknown = Object.keys(value).filter((key) => !(key in fields));
            return [
                ...unknown.map((key) => `${at}.${key}: unknown`),
                ...Object.entries(fields).flatMap(([key, shape]) => {
                    if (key in value) return shape.check(value[key], `${at}.${key}`);
                    return shape.optional ? [] : [`${at}.${key}: missing`];
                }),
            ];
        },
    };
}

/** One of several shapes; if none fits, the complaints of the nearest. */
export function either<S extends Shape<unknown>[]>(...shapes: S): Shape<Of<S[number]>> {
    return {
        check(value, at) {
            const all = shapes.map((shape) => shape.check(value, at));
            return all.reduce((best, one) => (one.length < best.length ? one : best));
        },
    };
}

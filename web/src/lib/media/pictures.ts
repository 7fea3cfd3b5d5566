/* The pictures that an idea has, as the pages show them. */
import type { Idea, Option } from '../net/protocol';
import { SHEET } from './sheet';

export interface Picture {
    is: 'drawing' | 'photo';
    name: string;
    width: number;
    height: number;
}

/** Drawing first: it was made for this. */
export function picturesOf({
    drawing,
    photo,
}: Pick<Idea | Option, 'drawing' | 'photo'>): Picture[] {
    return [
        ...(drawing ? [{ is: 'drawing' as const, name: drawing, ...SHEET }] : []),
        ...(photo ? [{ is: 'photo' as const, ...photo }] : []),
    ];
}

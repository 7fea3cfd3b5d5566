/* Agendas to begin with. */
import type { PhaseKind } from '../net/protocol';
import type { Support } from '../net/support';

type Plan = readonly (readonly [PhaseKind, number])[];

export const templates = {
    /* The hours in which teams work are the shortlist's: they have no clock. */
    hackathon: [
        ['call', 30],
        ['collect', 90],
        ['merge', 30],
        ['shortlist', 0],
        ['rank', 30],
        ['award', 30],
        ['follow-up', 0],
    ],
    workshop: [
        ['call', 10],
        ['collect', 40],
        ['merge', 20],
        ['shortlist', 10],
        ['rank', 20],
        ['award', 15],
        ['follow-up', 5],
    ],
    class: [
        ['call', 5],
        ['collect', 15],
        ['merge', 8],
        ['rank', 12],
        ['award', 5],
    ],
    quick: [
        ['rank', 4],
        ['award', 1],
    ],
} as const satisfies Record<string, Plan>;

export type Template = keyof typeof templates;
export const templateNames = Object.keys(templates) as Template[];

export const phasesOf = (name: Template): { is: PhaseKind; minutes: number }[] =>
    templates[name].map(([is, minutes]) => ({ is, minutes }));

/** Who sees how many support an idea, in an event that begins with this agenda. */
export const supportOf = (name: Template): Support | 'off' =>
    name === 'workshop' ? 'hidden' : 'off';

/* What a phase has that is added by hand. */
export const usualMinutes = 10;

/* What fits a poll without a choice: the one place that says it. From how many options there are
 * and, where that is known before anybody votes, how many people. */
import type { Form, Publication } from '../lib/net/protocol';

/** More than so many are not ranked but chosen from first, by dots. */
export const RANKED_MAX = 12;
/* As the server has it: fewer voters' ballots are never published, … */
const SMALL_HALL = 20;
/* … nor are long ballots, since each would be one of its kind. */
const MARKS_SHOWN = 3;
const OPTIONS_SHOWN = 5;
/** In a small hall, where no ballot is published anyway, more places leave fewer ties. */
const RANKS_SMALL = 5;
const [DOTS_LEAST, DOTS_MOST] = [5, 10];

export interface Fit {
    form: Form;
    method: string;
    ranks: number;
    dots: number;
    /** A place for each is told fastest, and long ballots with ties are recognised. */
    ties: boolean;
    /** Nobody follows the herd. */
    live: boolean;
    publication: Publication;
}

function methodOf(form: Form, options: number): string {
    switch (form) {
        case 'ranking':
            return options === 2 ? 'plurality' : 'ranked-pairs-wv';
        case 'approval':
            return 'approval';
        case 'yesno':
            return 'plurality';
        case 'score':
        case 'dots':
            return 'score';
    }
}

/** May ballots of this form ever be published? */
export function ballotsShown(
    form: Form,
    options: number,
    ranks: number,
    dots: number,
): boolean {
    if (form === 'yesno') return true;
    if (form === 'ranking') return ranks <= MARKS_SHOWN || options <= OPTIONS_SHOWN;
    if (form === 'approval') return options <= OPTIONS_SHOWN;
    const marks = form === 'dots' ? Math.min(dots, options) : options;
    return marks <= MARKS_SHOWN;
}

export const formFor = (options: number): Form => (options > RANKED_MAX ? 'dots' : 'ranking');

/** `people`: null if nobody knows. `form`: one that was chosen by hand. */
export function fitting(options: number, people: number | null, form = formFor(options)): Fit {
    const small = people !== null && people < SMALL_HALL;
    const places = small ? RANKS_SMALL : MARKS_SHOWN;
    const ranks = options === 2 ? 1 : options < 2 ? places : Math.min(places, options);
    const dots = Math.min(Math.max(DOTS_LEAST, Math.round(options / 3)), DOTS_MOST);
    const shown = !small && ballotsShown(form, options, ranks, dots);
    return {
        form,
        method: methodOf(form, options),
        ranks,
        dots,
        ties: false,
        live: false,
        publication: shown ? 'ballots' : 'statistics',
    };
}

/** Which sentence says why. */
export const reasonOf = (form: Form, options: number): 'two' | Form =>
    form === 'ranking' && options === 2 ? 'two' : form;

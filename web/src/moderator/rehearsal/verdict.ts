/* A verdict in plain words: five findings, each with what to do if it is bad. Pure. */
import type { Key, Params } from '../../lib/i18n/index.svelte';
import type { Told } from './rehearsal.svelte';

export type Figures = NonNullable<Told['figures']>;

export interface Finding {
    says: Key;
    params: Params;
    /** What to do; null: it is fine. */
    advice: Key | null;
}

/** Seconds as people read them: to a tenth, above ten whole, never too few. */
export function seconds(ms: number): number {
    return ms <= 10_000 ? Math.max(1, Math.ceil(ms / 100)) / 10 : Math.ceil(ms / 1000);
}

const flawsOf = {
    in: ['not-in', 'slow-arrive'],
    vote: ['not-stored', 'slow-receipt', 'slow-again', 'slow-idea'],
    kept: ['lost', 'doubled', 'foreign', 'wrong-receipts', 'wrong-result', 'unchecked'],
    news: ['news-missed', 'slow-push'],
    back: ['not-back', 'slow-back', 'lines-lost'],
} as const;

type About = keyof typeof flawsOf;

function wordsOf(about: About, figures: Figures, flaws: ReadonlySet<string>): Key {
    const of = (name: string): number => figures[name] ?? 0;
    if (about === 'vote' && of('receipts') < of('ballots')) return 'rehearse.says.unstored';
    if (about === 'back' && of('not_back') > 0) return 'rehearse.says.away';
    if (about === 'kept' && flaws.has('unchecked')) return 'rehearse.says.unchecked';
    const wrong = of('lost') + of('doubled') + of('foreign') > 0 || flaws.has('wrong-receipts');
    if (about === 'kept' && wrong) return 'rehearse.says.lost';
    if (about === 'kept' && flaws.has('wrong-result')) return 'rehearse.says.miscounted';
    return `rehearse.says.${about}`;
}

/** `spell`: a time in words. */
export function findings(told: Told, spell: (ms: number) => string): Finding[] {
    const figures = told.figures ?? {};
    const flaws = new Set(told.flaws ?? []);
    const of = (name: string): number => figures[name] ?? 0;
    const params: Record<About, Params> = {
        in: { n: of('arrived'), all: told.phones, time: spell(of('arrive_ms')) },
        vote: {
            n: of('ballots') - of('receipts'),
            all: of('ballots'),
            time: spell(of('receipt_ms')),
        },
        kept: { n: of('receipts'), lost: of('lost'), doubled: of('doubled') },
        news: { time: spell(of('push_ms')) },
        back: { n: of('not_back'), time: spell(of('back_ms')) },
    };
    return (Object.keys(flawsOf) as About[]).map((about) => ({
        says: wordsOf(about, figures, flaws),
        params: params[about],
        advice: flawsOf[about].some((flaw) => flaws.has(flaw))
            ? `rehearse.advice.${about}`
            : null,
    }));
}

/** What else there is to say: of the machine itself, and of what was refused. */
export function remarks(told: Told): Key[] {
    const flaws = new Set(told.flaws ?? []);
    return [
        ...(flaws.has('refused') ? (['rehearse.refused'] as const) : []),
        ...(flaws.has('late') ? (['rehearse.late'] as const) : []),
    ];
}

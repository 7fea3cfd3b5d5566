/* A result in sentences, for eyes and ears alike. */
import { locale, t, tCode } from '../i18n/index.svelte';
import type { Poll, Result, Round } from '../net/protocol';
import { majority, optionOf, runoffsOf, toNumber } from './tell';

export function nameOf(poll: Poll, id: string): string {
    const { title, code } = optionOf(poll, id);
    return code ? t(`answer.${code}`) : title;
}

export function names(
    poll: Poll,
    ids: readonly string[],
    type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
    return new Intl.ListFormat(locale(), { type }).format(ids.map((id) => nameOf(poll, id)));
}

/** A number of the server's, which may be a fraction, as it is written here. */
export function amount(value: string | number): string {
    if (typeof value === 'string' && value.includes('/')) return value;
    return new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(Number(value));
}

/* Of polls by shares what a number of the count means: a part of all ballots' weight, or points
 * as everybody's mean; and what is no weight at all. */
const weighed: Record<string, 'part' | 'mean' | 'plain'> = {
    borda: 'mean',
    score: 'mean',
    star: 'mean',
    copeland: 'plain',
};

const part = (share: number): string =>
    new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(
        share,
    );

/** Votes in a result: their number, or in a poll by shares what they decide of the whole. */
export const votes = ({ of }: Pick<Result, 'of'>, value: string | number): string =>
    of ? part(toNumber(String(value)) / of) : amount(value);

/** What an option has by the method, votes or points. */
export function figure(result: Pick<Result, 'of' | 'method'>, value: string): string {
    const kind = result.of ? (weighed[result.method] ?? 'part') : 'plain';
    if (kind === 'plain' || !result.of) return amount(value);
    return kind === 'part' ? votes(result, value) : amount(toNumber(value) / result.of);
}

/** Who won; while the poll runs, who is ahead. */
export function winnerSentence(poll: Poll, result: Result): string {
    const { winners } = result;
    if (result.ballots === 0) return t('result.noBallots');
    if (winners.length === 0) return t('result.noWinner');
    if (poll.form === 'yesno') return yesNoSentence(poll, result);
    const said = { n: winners.length, names: names(poll, winners) };
    return result.live ? t('result.ahead', said) : t('result.winner', said);
}

function yesNoSentence(poll: Poll, { winners, live }: Result): string {
    if (winners.length > 1) return t('result.yesno.tie');
    const code = optionOf(poll, winners[0] ?? '').code === 'yes' ? 'yes' : 'no';
    return live ? t(`result.yesno.ahead.${code}`) : t(`result.yesno.${code}`);
}

/* "… 37 of them on paper." */
const withPaper = (said: string, { paper }: Result): string =>
    paper ? `${said} ${t('result.paper', { n: paper })}` : said;

export function factsSentence(result: Result): string {
    const blank = result.blank ?? 0;
    const all = t('result.ballots', { n: result.ballots });
    return withPaper(blank > 0 ? `${all} ${t('result.blank', { n: blank })}` : all, result);
}

/** The numbers of a question of yes and no, where they may be shown. */
export function answersSentence(poll: Poll, result: Result): string {
    if (poll.form !== 'yesno' || !result.scores || result.ballots === 0) return '';
    const of = (code: 'yes' | 'no'): string => {
        const id = poll.options.find((option) => option.code === code)?.option ?? '';
        return figure(result, result.scores?.[id] ?? '0');
    };
    return t('result.yesno.counts', {
        yes: of('yes'),
        no: of('no'),
        abstain: result.blank ?? 0,
    });
}

/** How many voted, and what a blank ballot means here. */
export function turnoutSentence(poll: Poll, result: Result): string {
    const answers = answersSentence(poll, result);
    if (answers === '') return factsSentence(result);
    return withPaper(`${t('result.ballots', { n: result.ballots })} ${answers}`, result);
}

/** What people call the method: dots are counted as scores are, but nobody gave grades. */
const methodCode = (poll: Poll): string => (poll.form === 'dots' ? 'dots' : poll.method);

export const methodName = (poll: Poll): string => tCode('method', methodCode(poll));

export function methodSentence(poll: Poll): string {
    return `${t('result.method', { method: methodName(poll) })} ${tCode('method.why', methodCode(poll))}`;
}

/** Of STAR, whose longest bar need not win: who met whom in the end, and how that went. */
export function runoffSentences(poll: Poll, result: Result): string[] {
    return runoffsOf(result).map((duel) =>
        t('result.runoff', {
            winner: nameOf(poll, duel.winner),
            loser: nameOf(poll, duel.loser),
            for: votes(result, duel.for),
            against: votes(result, duel.against),
        }),
    );
}

/** What ties decided, in the end; a tie of yes and no says all there is to say by itself. */
export function stateSentence(poll: Poll, result: Result): string {
    if (result.live) return '';
    if (poll.form === 'yesno' && result.winners.length > 1) return '';
    return result.state === 'decided' ? '' : t(`result.state.${result.state}`);
}

export function tieSentences(poll: Poll, result: Result): string[] {
    return (result.ties ?? []).map((tie) =>
        t(`result.tie.${tie.by}`, {
            names: names(poll, tie.options),
            first: nameOf(poll, tie.options[0] ?? ''),
        }),
    );
}

/* Borda points are no votes, and by other methods who has the fewest need not leave. */
function hasFewest(result: Result, index: number, out: readonly string[]): boolean {
    if (result.method === 'baldwin' || result.method === 'nanson') return false;
    const votes = result.rounds?.[index]?.votes ?? {};
    const most = Math.max(...out.map((id) => toNumber(votes[id] ?? '0')));
    return Object.entries(votes).every(
        ([id, own]) => out.includes(id) || toNumber(own) >= most,
    );
}

/* Who leaves, and by what where the votes alone did not say it. Ties count rounds from 1. */
function outSentence(poll: Poll, result: Result, index: number, out: string[]): string {
    const params = { n: out.length, names: names(poll, out) };
    const ties = (result.ties ?? []).filter(
        (tie) =>
            tie.round === index + 1 &&
            (tie.by === 'lot' || tie.by === 'earlier-round') &&
            tie.options.some((id) => out.includes(id)),
    );
    const tie = ties.find((one) => one.by === 'lot') ?? ties[0];
    if (!tie || (tie.by !== 'lot' && tie.by !== 'earlier-round'))
        return t(
            hasFewest(result, index, out) ? 'result.round.out' : 'result.round.leaves',
            params,
        );
    return t(`result.round.tied.${tie.by}`, { ...params, tied: names(poll, tie.options) });
}

/* A quota may be less than half. */
function electedSentence(poll: Poll, round: Round): string {
    const { elected, votes } = round;
    const params = { n: elected.length, names: names(poll, elected) };
    const own = toNumber(votes[elected[0] ?? ''] ?? '0');
    const half = majority(round);
    return elected.length === 1 && half !== null && own > half
        ? t('result.round.majority', params)
        : t('result.round.elected', params);
}

/** What a round of eliminations did, in one sentence. */
export function roundSentence(poll: Poll, result: Result, index: number): string {
    const round = result.rounds?.[index];
    if (!round) return '';
    const parts = [];
    if (round.elected.length > 0) parts.push(electedSentence(poll, round));
    if (round.eliminated.length > 0) {
        parts.push(outSentence(poll, result, index, round.eliminated));
    }
    return parts.join(' ') || t('result.round.nothing');
}

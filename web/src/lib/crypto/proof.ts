/* The proof of a ballot: what the server signs for and what the phone checks. */
import type { Ballot } from '../net/protocol';
import { bigEndian64, concat, fromHex, random, toHex, utf8 } from './bytes';
import { sha256 } from './sha256';

const byNumber = (a: string, b: string): number => {
    return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
};

const sortedPoints = (points: [string, number][]): [string, number][] =>
    [...points].sort(([a], [b]) => byNumber(a, b));

/** The one spelling that both sides hash: no spaces, ids ascending where order says nothing. */
export function canonicalBallot(ballot: Ballot): Ballot {
    if ('ranking' in ballot) {
        return { ranking: ballot.ranking.map((place) => [...place].sort(byNumber)) };
    }
    if ('approval' in ballot) return { approval: [...ballot.approval].sort(byNumber) };
    if ('answer' in ballot) return { answer: ballot.answer };
    return 'score' in ballot
        ? { score: sortedPoints(ballot.score) }
        : { dots: sortedPoints(ballot.dots) };
}

export const canonicalJson = (ballot: Ballot): string =>
    JSON.stringify(canonicalBallot(ballot));

export function ballotProof(poll: string, lock: string, nonce: string, ballot: Ballot): string {
    const inner = sha256(concat(fromHex(nonce), utf8(canonicalJson(ballot))));
    return toHex(
        sha256(concat(utf8('stimmwerk/ballot/1'), bigEndian64(poll), fromHex(lock), inner)),
    );
}

export interface BallotSecrets {
    nonce: string;
    secret: string;
    lock: string;
}

/** The secret stays on the phone; its hash, the lock, travels. */
export const lockOf = (secret: string): string => toHex(sha256(fromHex(secret)));

/** Fresh for each ballot. */
export function newBallotSecrets(): BallotSecrets {
    const secret = toHex(random(16));
    return { nonce: toHex(random(16)), secret, lock: lockOf(secret) };
}

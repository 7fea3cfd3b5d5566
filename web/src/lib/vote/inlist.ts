/* "Is my ballot in?": looks for the ballot of a receipt in the published list, and trusts
 * neither: every proof is computed anew. */
import { toHex, utf8 } from '../crypto/bytes';
import { ballotProof, canonicalJson, lockOf } from '../crypto/proof';
import { sha256 } from '../crypto/sha256';
import type { Ballot } from '../net/protocol';
import type { Receipt } from './votes.svelte';

interface Listed {
    proof: string;
    nonce: string;
    lock: string;
    ballot: Ballot;
}

/**
 * - `in`: the ballot of the receipt is in the list, as it was cast.
 * - `missing`: it is not.
 * - `other-list`: this is not the list that was sealed, whatever is in it.
 */
export type Finding = 'in' | 'missing' | 'other-list';

/* What the receipt's ballot must have as its proof. Where the secret was lost before the
 * server answered, only what it answered is left. */
function proofOf(poll: string, { secret, nonce, ballot, proof }: Receipt): string {
    return secret === '' ? proof : ballotProof(poll, lockOf(secret), nonce, ballot);
}

/** The checksum of a list as it came. */
export const listHash = (list: string): string => toHex(sha256(utf8(list)));

const listed = (list: string): readonly Listed[] =>
    (JSON.parse(list) as { ballots: Listed[] }).ballots;

/* Under this very proof, and with the ballot that it proves. What is no list has nothing. */
function stands(poll: string, list: string, receipt: Receipt): boolean {
    try {
        const proof = proofOf(poll, receipt);
        const one = listed(list).find((other) => other.proof === proof);
        if (!one || canonicalJson(one.ballot) !== canonicalJson(receipt.ballot)) return false;
        return ballotProof(poll, one.lock, one.nonce, one.ballot) === proof;
    } catch {
        return false;
    }
}

/** `list` as it came, `sealed` its hash as the screens were told it ("": they were not). */
export function find(poll: string, list: string, sealed: string, receipt: Receipt): Finding {
    if (sealed !== '' && listHash(list) !== sealed) return 'other-list';
    return stands(poll, list, receipt) ? 'in' : 'missing';
}

/* The lot of a tie, as anybody can draw it again: the options sorted by HMAC-SHA-256(seed,
 * poll ‖ option), ids as eight bytes, big-endian; the least comes first (tally/rule.h). */
import { bigEndian64, concat, fromHex } from '../crypto/bytes';
import { sha256 } from '../crypto/sha256';
import type { Poll, Result } from '../net/protocol';

const BLOCK_BYTES = 64;

/* RFC 2104; the key is no longer than a block. */
function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
    const padded = (pad: number) =>
        Uint8Array.from({ length: BLOCK_BYTES }, (_, i) => (key[i] ?? 0) ^ pad);
    return sha256(concat(padded(0x5c), sha256(concat(padded(0x36), message))));
}

export interface Drawn {
    option: string;
    /** Six digits: the beginning of what is compared, as a share of a million. */
    number: string;
}

function numberOf(drawn: Uint8Array): string {
    const share = new DataView(drawn.buffer, drawn.byteOffset).getUint32(0) / 2 ** 32;
    return String(Math.floor(share * 1_000_000)).padStart(6, '0');
}

/** The tied options by their numbers; null if that is not the order of the result, or two numbers
 * look the same: then there is nothing to show. */
export function drawLot(
    poll: Poll,
    seed: string,
    { lot = [] }: Pick<Result, 'lot'>,
    tied: readonly string[],
): Drawn[] | null {
    const drawn = lot
        .filter((option) => tied.includes(option))
        .map((option) => {
            const ids = concat(bigEndian64(poll.poll), bigEndian64(option));
            return { option, number: numberOf(hmac(fromHex(seed), ids)) };
        });
    const rising = drawn.every(
        ({ number }, i) => i === 0 || (drawn[i - 1]?.number ?? '') < number,
    );
    return rising && drawn.length === tied.length ? drawn : null;
}

/** How many are drawn before everybody's eyes, if there are several. */
const LOTS_TOLD = 2;

/** The lots that decided who wins, those about a winner first. */
export function lotsOf(poll: Poll, result: Result): Drawn[][] {
    const { seed } = poll;
    if (!seed || poll.form === 'yesno' || result.state !== 'tie-decisive') return [];
    const wins = (ids: readonly string[]) => ids.some((id) => result.winners.includes(id));
    const ties = (result.ties ?? []).filter((tie) => tie.by === 'lot');
    const told = [...ties.filter((tie) => wins(tie.options)), ...ties].slice(0, LOTS_TOLD);
    return [...new Set(told)].flatMap(({ options }) => {
        const drawn = drawLot(poll, seed, result, options);
        return drawn ? [drawn] : [];
    });
}

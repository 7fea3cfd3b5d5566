// @vitest-environment node
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bigEndian64, fromHex, newId, toHex, utf8 } from '../src/lib/crypto/bytes';
import { checkSymbolHolds, readCode, spellCode, tidyCode } from '../src/lib/crypto/code';
import { ballotProof, canonicalJson, newBallotSecrets } from '../src/lib/crypto/proof';
import { sha256 } from '../src/lib/crypto/sha256';
import type { Ballot } from '../src/lib/net/protocol';

interface Golden {
    proofs: { poll: string; lock: string; nonce: string; ballot: string; proof: string }[];
    codes: { typed: string; symbols: number; code: string | null }[];
}
const golden = JSON.parse(readFileSync('../tests/golden/trust.json', 'utf8')) as Golden;

describe('SHA-256', () => {
    it('is the same as the one everybody uses, at every length around the block limits', () => {
        for (let length = 0; length <= 200; length++) {
            const data = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
            expect(toHex(sha256(data))).toBe(createHash('sha256').update(data).digest('hex'));
        }
    });

    it('hashes long texts', () => {
        const data = utf8('Größe '.repeat(20_000));
        expect(toHex(sha256(data))).toBe(createHash('sha256').update(data).digest('hex'));
    });
});

describe('bytes', () => {
    it('go to hex and back', () => {
        expect(toHex(fromHex('00ff10'))).toBe('00ff10');
    });

    it('hold numbers beyond what a double can', () => {
        expect(toHex(bigEndian64('9007199254740993'))).toBe('0020000000000001');
    });

    it('make ids of 32 hex digits, never the same', () => {
        const ids = new Set(Array.from({ length: 100 }, newId));
        expect(ids.size).toBe(100);
        for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    });
});

describe('the proof of a ballot', () => {
    it.each(golden.proofs)(
        'is what the server computes: $ballot',
        ({ poll, lock, nonce, ballot, proof }) => {
            expect(ballotProof(poll, lock, nonce, JSON.parse(ballot) as Ballot)).toBe(proof);
        },
    );

    it('does not depend on the order of tied or approved ideas', () => {
        expect(canonicalJson({ ranking: [['12', '7'], ['104']] })).toBe(
            '{"ranking":[["7","12"],["104"]]}',
        );
        expect(canonicalJson({ approval: ['200', '3', '11'] })).toBe(
            '{"approval":["3","11","200"]}',
        );
    });

    it('has scores and dots by number of the ids, whatever was touched first', () => {
        const points: [string, number][] = [
            ['200', 5],
            ['9007199254740992', 1],
            ['3', 0],
            ['11', 2],
        ];
        expect(canonicalJson({ score: points })).toBe(
            '{"score":[["3",0],["11",2],["200",5],["9007199254740992",1]]}',
        );
        expect(canonicalJson({ dots: points.slice(0, 1) })).toBe('{"dots":[["200",5]]}');
        expect(points[0]).toEqual(['200', 5]);
    });

    it('locks with the hash of a secret that stays here', () => {
        const { secret, lock } = newBallotSecrets();
        expect(toHex(sha256(fromHex(secret)))).toBe(lock);
    });
});

describe('a code', () => {
    it.each(golden.codes)(
        'is read as the server reads it: "$typed" of $symbols',
        ({ typed, symbols, code }) => {
            const reading = readCode(typed);
            const read = reading.fault || reading.code.length !== symbols ? null : reading.code;
            expect(read).toBe(code);
        },
    );

    it('is tidied of case, spaces, dashes of any kind and look-alikes', () => {
        expect(tidyCode(' ab–c 1o9 ')).toBe('ABC109');
        expect(tidyCode('iL-oO')).toBe('1100');
        expect(tidyCode('авс 109')).toBe('ABC109'); // on a Bulgarian keyboard
        expect(tidyCode('ΑΒ٣ ۹９')).toBe('AB399'); // Greek, Arabic, Persian, full width
        expect(readCode('Щ').fault).toBe('foreign-symbol');
    });

    it('tells what is wrong with it', () => {
        expect(readCode('   ').fault).toBe('empty');
        expect(readCode('ABC').fault).toBe('too-short');
        expect(readCode('ABC129ABC129').fault).toBe('too-long');
        expect(readCode('ÄBC129').fault).toBe('foreign-symbol');
        expect(readCode('ABC128').fault).toBe('mistyped');
    });

    it('has a check symbol that tells every wrong symbol and every swap of neighbours', () => {
        const right = 'K7QF2M9X40';
        expect(checkSymbolHolds(right)).toBe(true);
        for (let i = 0; i < right.length; i++) {
            for (const symbol of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
                const wrong = right.slice(0, i) + symbol + right.slice(i + 1);
                if (wrong !== right) expect(checkSymbolHolds(wrong)).toBe(false);
            }
            const swapped =
                right.slice(0, i) +
                right
                    .slice(i, i + 2)
                    .split('')
                    .reverse()
                    .join('') +
                right.slice(i + 2);
            if (swapped !== right) expect(checkSymbolHolds(swapped)).toBe(false);
        }
    });

    it('is spelled in two halves', () => {
        expect(spellCode('ABC129')).toBe('ABC 129');
    });
});

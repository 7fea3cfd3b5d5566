/* SHA-256 (FIPS 180-4). Own, because crypto.subtle is missing on plain http in a hall. */

const K = new Uint32Array(64);
const H0 = new Uint32Array(8);

/* The constants are the first 32 bits of the fractions of roots of the first primes. */
function fractionBits(root: number): number {
    return ((root - Math.floor(root)) * 0x100000000) | 0;
}

for (let candidate = 2, found = 0; found < 64; candidate++) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d++) {
        if (candidate % d === 0) prime = false;
    }
    if (!prime) continue;
    if (found < 8) H0[found] = fractionBits(Math.sqrt(candidate));
    K[found++] = fractionBits(Math.cbrt(candidate));
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
const at = (words: Uint32Array, i: number): number => words[i] as number;

function pad(data: Uint8Array): DataView {
    const blocks = Math.ceil((data.length + 9) / 64);
    const padded = new Uint8Array(blocks * 64);
    padded.set(data);
    padded[data.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(data.length / 0x20000000));
    view.setUint32(padded.length - 4, data.length << 3);
    return view;
}

function schedule(view: DataView, offset: number, w: Uint32Array): void {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(offset + 4 * i);
    for (let i = 16; i < 64; i++) {
        const a = at(w, i - 15);
        const b = at(w, i - 2);
        const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
        const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
        w[i] = at(w, i - 16) + s0 + at(w, i - 7) + s1;
    }
}

function compress(hash: Uint32Array, w: Uint32Array): void {
    let [a, b, c, d, e, f, g, h] = hash as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
    ];
    for (let i = 0; i < 64; i++) {
        const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(w, i)) | 0;
        const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = at(hash, i) + word));
}

export function sha256(data: Uint8Array): Uint8Array {
    const view = pad(data);
    const hash = H0.slice();
    const w = new Uint32Array(64);
    for (let offset = 0; offset < view.byteLength; offset += 64) {
        schedule(view, offset, w);
        compress(hash, w);
    }
    const out = new DataView(new ArrayBuffer(32));
    hash.forEach((word, i) => out.setUint32(4 * i, word));
    return new Uint8Array(out.buffer);
}

/* Bytes: hex, UTF-8, joining, randomness. */

export function toHex(bytes: Uint8Array): string {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(hex: string): Uint8Array {
    const bytes = new Uint8Array(hex.length / 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    return bytes;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function concat(...parts: Uint8Array[]): Uint8Array {
    const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
        joined.set(part, offset);
        offset += part.length;
    }
    return joined;
}

/** A decimal number as 8 bytes, big-endian. */
export function bigEndian64(decimal: string): Uint8Array {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(decimal));
    return new Uint8Array(view.buffer);
}

export function random(count: number): Uint8Array {
    return crypto.getRandomValues(new Uint8Array(count));
}

/** Names a request or a ballot once: 32 hex digits. */
export const newId = (): string => toHex(random(16));

/* A QR code as one path: a quiet zone of four modules, and each run of dark ones at once. */
import { encode } from 'uqr';

const QUIET = 4;

export interface Qr {
    /** Modules on each side, the quiet zone included. */
    size: number;
    path: string;
}

function rowPath(row: readonly boolean[], y: number): string {
    let path = '';
    for (let x = 0; x < row.length; x++) {
        const from = x;
        while (row[x]) x++;
        if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
    return path;
}

export function qrOf(text: string): Qr {
    const { data, size } = encode(text, { border: QUIET, ecc: 'M' });
    return { size, path: data.map(rowPath).join('') };
}

const escaped = (text: string): string => text.replace(/[\\;,:"]/g, '\\$&');

/** What phones read to join a Wi-Fi; without a password it is open to all. */
export function wifiText(name: string, password: string): string {
    const key = password === '' ? '' : `P:${escaped(password)};`;
    return `WIFI:T:${key ? 'WPA' : 'nopass'};S:${escaped(name)};${key};`;
}

/* The secret of a link to the desk is made here: the server gets its hash, and sees the secret
 * itself when it is used. */
import { random, toHex, utf8 } from '../../lib/crypto/bytes';
import { sha256 } from '../../lib/crypto/sha256';
import { joinAddress } from '../../lib/state/address.svelte';

export interface Secret {
    token: string;
    hash: string;
}

/** 32 random bytes as 43 characters of base64url. */
export function newSecret(bytes: Uint8Array = random(32)): Secret {
    const token = btoa(String.fromCharCode(...bytes))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=/g, '');
    return { token, hash: toHex(sha256(utf8(token))) };
}

/** Where others reach this server; `onlyHere`: nobody but this computer does. */
export function deskLink(token: string): { url: string; onlyHere: boolean } {
    const { url, onlyHere } = joinAddress('');
    return { url: url.replace(/\/j#$/, `/m#${token}`), onlyHere };
}

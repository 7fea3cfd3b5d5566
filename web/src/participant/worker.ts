/* The worker that serves a page without its server, and what such a page is made of. */

/* Also in sw.ts. */
export const CACHE = 'stimmwerk-1';
const WORKER = '/sw.js';

interface Policy {
    createScriptURL(address: string): string;
}
declare const trustedTypes: { createPolicy(name: string, policy: Policy): Policy } | undefined;

/* A policy may be made once. */
const policy =
    typeof trustedTypes === 'undefined'
        ? undefined
        : trustedTypes.createPolicy('stimmwerk-worker', { createScriptURL: (name) => name });
const address = policy?.createScriptURL(WORKER) ?? WORKER;

/** Registering would also bring back a worker that has just gone (see sw.ts). */
export const hasWorker = async (): Promise<boolean> =>
    (await fetch(WORKER, { method: 'HEAD' })).ok;

export const startWorker = (): Promise<unknown> => navigator.serviceWorker.register(address);

/** The files that this page has used, each once. */
export function filesUsed(): string[] {
    const paths = performance
        .getEntriesByType('resource')
        .map((entry) => new URL(entry.name).pathname);
    return [...new Set(paths.filter((path) => path.startsWith('/assets/')))];
}

/* A small store of values under keys that survives a reload: IndexedDB, else localStorage,
 * else memory. In a captive portal's browser every one of them may throw. */

export interface Keep {
    /** False if nothing survives a reload. */
    readonly durable: boolean;
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<void>;
    remove(key: string): Promise<void>;
    entries(prefix: string): Promise<[string, unknown][]>;
}

export function memoryKeep(): Keep {
    const map = new Map<string, unknown>();
    return {
        durable: false,
        get: async (key) => map.get(key),
        set: async (key, value) => void map.set(key, value),
        remove: async (key) => void map.delete(key),
        entries: async (prefix) => [...map].filter(([key]) => key.startsWith(prefix)),
    };
}

export function localKeep(storage: Storage): Keep {
    const own = 'stimmwerk:';
    const read = (key: string): unknown =>
        JSON.parse(storage.getItem(own + key) ?? 'null') ?? undefined;
    return {
        durable: true,
        get: async (key) => read(key),
        set: async (key, value) => storage.setItem(own + key, JSON.stringify(value)),
        remove: async (key) => storage.removeItem(own + key),
        entries: async (prefix) =>
            Object.keys(storage)
                .filter((key) => key.startsWith(own + prefix))
                .map((key) => key.slice(own.length))
                .map((key) => [key, read(key)]),
    };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
    });
}

const STORE = 'kept';

function openDatabase(): Promise<IDBDatabase> {
    const request = indexedDB.open('stimmwerk', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return settled(request);
}

function databaseKeep(database: IDBDatabase): Keep {
    const table = (mode: IDBTransactionMode) =>
        database.transaction(STORE, mode).objectStore(STORE);

    /* Resolves when the transaction is complete: only then it survives. */
    function write(change: (table: IDBObjectStore) => unknown): Promise<void> {
        return new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, 'readwrite');
            transaction.oncomplete = () => resolve();
            transaction.onabort = transaction.onerror = () =>
                reject(transaction.error ?? new Error('IndexedDB'));
            change(transaction.objectStore(STORE));
        });
    }

    return {
        durable: true,
        get: (key) => settled(table('readonly').get(key)),
        set: (key, value) => write((kept) => kept.put(value, key)),
        remove: (key) => write((kept) => kept.delete(key)),
        async entries(prefix) {
            const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
            const kept = table('readonly');
            const [keys, values] = await Promise.all([
                settled(kept.getAllKeys(range)),
                settled(kept.getAll(range)),
            ]);
            return keys.map((key, i) => [String(key), values[i]]);
        },
    };
}

/** The best store that this browser really has: each is tried by writing. */
export async function openKeep(): Promise<Keep> {
    const candidates: (() => Promise<Keep>)[] = [
        async () => databaseKeep(await openDatabase()),
        async () => localKeep(localStorage),
    ];
    for (const candidate of candidates) {
        try {
            const keep = await candidate();
            await keep.set('probe', 1);
            await keep.remove('probe');
            return keep;
        } catch {
            // the next one
        }
    }
    return memoryKeep();
}

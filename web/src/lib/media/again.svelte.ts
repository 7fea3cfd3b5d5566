/* Pictures that did not come are tried again, a few times and ever later: the line may be back. */

const STEPS_MS = [2000, 8000, 30_000, 120_000];

export class Missing {
    #names = $state.raw<readonly string[]>([]);
    readonly #failed = new Map<string, number>();

    has(name: string): boolean {
        return this.#names.includes(name);
    }

    /** It has no place until it is tried again. Not all phones of a hall try at once. */
    add(name: string): void {
        const failed = this.#failed.get(name) ?? 0;
        this.#failed.set(name, failed + 1);
        this.#names = [...this.#names, name];
        const step = STEPS_MS[failed];
        if (step) setTimeout(() => this.#retry(name), step * (0.5 + Math.random()));
    }

    #retry(name: string): void {
        this.#names = this.#names.filter((one) => one !== name);
    }
}

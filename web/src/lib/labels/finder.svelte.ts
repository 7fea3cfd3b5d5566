/* What is looked for in a list: words, a tag, a challenge. */
import { matches } from '../vote/search';

export class Finder {
    query = $state('');
    /** The id of a tag; '': any, or none. */
    tag = $state('');
    /** Likewise of a challenge. */
    challenge = $state('');

    finds(tags: readonly string[], ...texts: (string | undefined)[]): boolean {
        return (this.tag === '' || tags.includes(this.tag)) && matches(this.query, ...texts);
    }

    isFor(challenge: string | undefined): boolean {
        return this.challenge === '' || this.challenge === challenge;
    }

    clear(): void {
        this.query = this.tag = this.challenge = '';
    }
}

/* What is looked for in a list: words, and a tag. */
import { matches } from '../vote/search';

export class Finder {
    query = $state('');
    /** The id of a tag; '': any, or none. */
    tag = $state('');

    finds(tags: readonly string[], ...texts: (string | undefined)[]): boolean {
        return (this.tag === '' || tags.includes(this.tag)) && matches(this.query, ...texts);
    }

    clear(): void {
        this.query = this.tag = '';
    }
}

/* The ideas that the desk shows, as a table in the columns of the server's ideas.csv, which the
 * import reads again. */
import { writeTable } from '../../lib/csv/write';
import type { Idea, Label } from '../../lib/net/protocol';

const columns = ['idea', 'state', 'title', 'text', 'lang', 'tags'];

export function ideasTable(ideas: readonly Idea[], tags: readonly Label[]): string {
    const names = new Map(tags.map((tag) => [tag.label, tag.name]));
    const rows = ideas.map((idea) => [
        idea.idea,
        idea.state,
        idea.title ?? '',
        idea.text ?? '',
        idea.lang ?? '',
        (idea.tags ?? []).flatMap((tag) => names.get(tag) ?? []).join('\n'),
    ]);
    return writeTable([columns, ...rows]);
}

/* The ideas that the desk shows, as a table in the columns of the server's ideas.csv, which the
 * import reads again. */
import { writeTable } from '../../lib/csv/write';
import type { EventInfo, Idea } from '../../lib/net/protocol';

const columns = ['idea', 'state', 'title', 'text', 'lang', 'tags', 'challenge'];

export function ideasTable(
    ideas: readonly Idea[],
    { tags = [], challenges = [] }: Pick<EventInfo, 'tags' | 'challenges'>,
): string {
    const names = new Map([...tags, ...challenges].map(({ label, name }) => [label, name]));
    const rows = ideas.map((idea) => [
        idea.idea,
        idea.state,
        idea.title ?? '',
        idea.text ?? '',
        idea.lang ?? '',
        (idea.tags ?? []).flatMap((tag) => names.get(tag) ?? []).join('\n'),
        names.get(idea.challenge ?? '') ?? '',
    ]);
    return writeTable([columns, ...rows]);
}

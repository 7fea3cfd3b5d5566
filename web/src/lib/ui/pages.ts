/* The two pages about the page itself. Whoever opens one waits for its words too, and nobody else
 * does. */
import { addWords } from '../i18n/index.svelte';

async function withWords<View>(view: Promise<View>): Promise<View> {
    await addWords('about');
    return view;
}

export const about = () => withWords(import('./About.svelte'));
export const access = () => withWords(import('./Access.svelte'));

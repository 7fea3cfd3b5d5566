/* Where the words lie: a list long enough to come by itself, for those who need it. */
import type { Catalogue } from './index.svelte';

export const files = import.meta.glob<Catalogue>(['./locales/*.json', '!./locales/de.json'], {
    import: 'default',
});

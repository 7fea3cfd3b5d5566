/* Where the words lie while nothing is built: in development and in tests. */
import type { Catalogue } from './index.svelte';

export const files = import.meta.glob<Catalogue>('./locales/*.json', { import: 'default' });

/* What stands in the tables of an export: for whoever has them, or is about to fetch them. No
 * account is needed; who sits at the desk or in the office can download here. */
import '../lib/ui/tokens.css';
import '../lib/ui/screens.css';
import { mount } from 'svelte';
import { startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';

startTheme();
void startWords(de, ['more', 'screens', 'desk', 'follow', 'codebook']).then(() => {
    mount(App, { target: document.querySelector('#app') as HTMLElement });
});

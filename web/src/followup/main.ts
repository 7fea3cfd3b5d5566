/* The public page of an idea, and of all ideas of an event that something became of. No
 * account, no session: the address says it all. */
import '../lib/ui/tokens.css';
import { mount } from 'svelte';
import { startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';

startTheme();
void startWords(de, ['follow']).then(() => {
    mount(App, { target: document.querySelector('#app') as HTMLElement });
});

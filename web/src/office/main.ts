/* The office's page. */
import '../lib/ui/tokens.css';
import '../lib/ui/screens.css';
import '../lib/ui/desk.css';
import { mount } from 'svelte';
import { startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { learnAddress } from '../lib/state/address.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';
import { Office } from './office.svelte';

/* The link's secret leaves the address bar at once. */
const link = decodeURIComponent(location.hash.slice(1)).trim();
if (link !== '') history.replaceState(null, '', location.pathname);
startTheme();

void startWords(de, ['more', 'about', 'screens', 'desk', 'office', 'follow']).then(async () => {
    const office = new Office();
    mount(App, { target: document.querySelector('#app') as HTMLElement, props: { office } });
    void learnAddress();
    await office.arrive(link);
});

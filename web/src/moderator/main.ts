/* The moderators' page. */
import '../lib/ui/tokens.css';
import '../lib/ui/screens.css';
import '../lib/ui/desk.css';
import { mount } from 'svelte';
import { startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { learnAddress } from '../lib/state/address.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';
import { Desk } from './desk.svelte';

/* The link's secret leaves the address bar at once. */
const link = decodeURIComponent(location.hash.slice(1)).trim();
if (link !== '') history.replaceState(null, '', location.pathname);
startTheme();

void startWords(de, [
    'more',
    'about',
    'screens',
    'desk',
    'print',
    'shares',
    'follow',
    'rare',
    'challenge',
]).then(async () => {
    const desk = new Desk();
    mount(App, { target: document.querySelector('#app') as HTMLElement, props: { desk } });
    void learnAddress();
    await desk.arrive(link);
});

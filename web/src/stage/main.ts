/* The wall's page. The event's code stays in the address, so that a reload comes back. */
import '../lib/ui/tokens.css';
import '../lib/ui/screens.css';
import './stage.css';
import { mount } from 'svelte';
import { startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { learnAddress } from '../lib/state/address.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';
import { WALL_WORDS } from './voices.svelte';
import { Wall } from './wall.svelte';

startTheme('dark');

void startWords(de, WALL_WORDS).then(() => {
    const wall = new Wall();
    mount(App, { target: document.querySelector('#app') as HTMLElement, props: { wall } });
    void learnAddress();
    wall.open(decodeURIComponent(location.hash.slice(1)));
    addEventListener('hashchange', () => wall.open(decodeURIComponent(location.hash.slice(1))));
});

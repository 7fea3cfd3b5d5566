/* The wall's page. The event's code stays in the address, so that a reload comes back; the key that
 * may stand behind it leaves at once, since the address may be seen on the wall. */
import '../lib/ui/tokens.css';
import '../lib/ui/screens.css';
import './stage.css';
import { mount } from 'svelte';
import { startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { learnAddress } from '../lib/state/address.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';
import { readStage } from './link';
import { WALL_WORDS } from './voices.svelte';
import { Wall } from './wall.svelte';

startTheme('dark');

void startWords(de, WALL_WORDS).then(() => {
    const wall = new Wall();
    mount(App, { target: document.querySelector('#app') as HTMLElement, props: { wall } });
    void learnAddress();
    const arrive = () => {
        const fragment = decodeURIComponent(location.hash.slice(1));
        const { typed, key } = readStage(fragment);
        if (key !== '') history.replaceState(null, '', `#${typed}`);
        wall.open(fragment);
    };
    arrive();
    addEventListener('hashchange', arrive);
});

/* The tablet's page: for people without a phone, one after another. The event's code stays in the
 * address, so that a reload comes back. */
import '../lib/ui/tokens.css';
import '../lib/ui/screens.css';
import '../participant/participant.css';
import './kiosk.css';
import { mount } from 'svelte';
import { leaveByNoLink } from '../lib/follow/link';
import { addWords, startWords } from '../lib/i18n/index.svelte';
import de from '../lib/i18n/locales/de.json';
import { startReading } from '../lib/ui/ReadAloud.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import { keepScreenOn } from '../lib/ui/wake';
/* All that a vote needs is here before the line may be gone. */
import '../participant/rest';
import { keepNoHistory } from '../participant/nav.svelte';
import App from './App.svelte';
import { Kiosk } from './kiosk.svelte';
import { keepPage } from './offline';

keepNoHistory();
leaveByNoLink();
startTheme();
keepScreenOn();
/* A page that the browser had laid aside may still show somebody. */
addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
});
/* Back stays on this page: behind it is nobody's view either. */
history.replaceState(null, '');
history.pushState(null, '');
addEventListener('popstate', () => history.pushState(null, ''));

void startWords(de, ['kiosk']).then(() => {
    const kiosk = new Kiosk(decodeURIComponent(location.hash.slice(1)));
    mount(App, { target: document.querySelector('#app') as HTMLElement, props: { kiosk } });
    startReading();
    const words = Promise.all([addWords('more'), addWords('rare')]);
    void Promise.all([kiosk.open(), words])
        .then(keepPage)
        .catch(() => undefined);
});

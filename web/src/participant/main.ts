/* The phone's page. */
import '../lib/ui/tokens.css';
import './participant.css';
import { mount } from 'svelte';
import de from '../lib/i18n/locales/de.json';
import { startWords } from '../lib/i18n/index.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';
import { takeCode, takeEarlyForm } from './arrival';
import { Participant } from './participant.svelte';
import { fetchEarly } from './views';

const code = takeCode(location, history);
/* Many pictures would leave no room for the files that offline.svelte.ts asks for. */
performance.setResourceTimingBufferSize?.(5000);
startTheme();
const words = startWords(de);
const place = document.querySelector('#app') as HTMLElement;

const participant = new Participant();
fetchEarly();
/* Whoever brings a code is let in while the words are on their way. */
if (code !== null) void participant.arrive(code);

void words.then(() => {
    const early = takeEarlyForm(document);
    if (code === null) participant.typed = early.typed;
    place.replaceChildren();
    mount(App, { target: place, props: { participant } });
    if (code === null) void participant.arrive(early.sent ? early.typed : null);
});

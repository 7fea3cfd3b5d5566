/* The phone's page. */
import '../lib/ui/tokens.css';
import './participant.css';
import { mount } from 'svelte';
import de from '../lib/i18n/locales/de.json';
import { startWords } from '../lib/i18n/index.svelte';
import { startReading } from '../lib/ui/ReadAloud.svelte';
import { startTheme } from '../lib/ui/theme.svelte';
import App from './App.svelte';
import { takeCode, takeEarlyForm } from './arrival';
import { Participant } from './participant.svelte';

const code = takeCode(location, history);
startTheme();
const words = startWords(de);
const place = document.querySelector('#app') as HTMLElement;

void words.then(async () => {
    const participant = new Participant();
    const early = takeEarlyForm(document);
    participant.typed = early.typed;
    place.replaceChildren();
    mount(App, { target: place, props: { participant } });
    startReading();
    await participant.arrive(code ?? (early.sent ? early.typed : null));
});

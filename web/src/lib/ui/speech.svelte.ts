/* Reading aloud by a voice of the device. Only by voices that speak on the device itself:
 * others send each text to whoever makes them. */
import { locale } from '../i18n/index.svelte';

/** A piece of text in its language; without one it is in the interface's. */
export interface Passage {
    text: string | undefined;
    lang?: string | undefined;
}

let voices = $state.raw<SpeechSynthesisVoice[]>([]);
let reading = $state<string | null>(null);
/* Held while it is spoken: browsers drop what nobody else holds, and its end with it. */
let queue: SpeechSynthesisUtterance[] = [];

const speech = (): SpeechSynthesis | undefined => globalThis.speechSynthesis;
const primary = (lang: string): string => lang.toLowerCase().split(/[-_]/)[0] ?? '';

/** Looks for voices, now and whenever the device has others. */
export function startSpeech(): void {
    const device = speech();
    if (!device) return;
    const look = (): void => {
        voices = device.getVoices().filter((voice) => voice.localService);
    };
    look();
    device.onvoiceschanged = look;
}

function voiceFor(lang: string): SpeechSynthesisVoice | undefined {
    const fitting = voices.filter((voice) => primary(voice.lang) === primary(lang));
    return fitting.find((voice) => voice.default) ?? fitting[0];
}

const langOf = (part: Passage): string => part.lang || locale();
const withText = (parts: readonly Passage[]): Passage[] =>
    parts.filter((part) => (part.text ?? '').trim() !== '');

/** Has this device a voice for each of them? */
export function canRead(parts: readonly Passage[]): boolean {
    const told = withText(parts);
    return told.length > 0 && told.every((part) => voiceFor(langOf(part)) !== undefined);
}

export const isReading = (id: string): boolean => reading === id;

export function stopReading(): void {
    reading = null;
    queue = [];
    speech()?.cancel();
}

/** Reads them one after the other; what was being read ends. */
export function readAloud(id: string, parts: readonly Passage[]): void {
    stopReading();
    queue = withText(parts).map((part) => {
        const utterance = new SpeechSynthesisUtterance(part.text);
        utterance.voice = voiceFor(langOf(part)) ?? null;
        utterance.lang = utterance.voice?.lang ?? langOf(part);
        return utterance;
    });
    const last = queue.at(-1);
    if (!last) return;
    const mine = queue;
    const end = (): void => {
        if (queue === mine) stopReading();
    };
    last.onend = end;
    queue.forEach((utterance) => (utterance.onerror = end));
    reading = id;
    queue.forEach((utterance) => speech()?.speak(utterance));
}

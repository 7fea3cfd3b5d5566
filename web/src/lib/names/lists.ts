/* The two lists of words that nicknames are made of. Their order is on record in every log:
 * a word may be spelled better, but never moved. */
import type { Lists, Words } from './names.svelte';

const files = import.meta.glob<Words>('./words/*.json', { import: 'default' });

const emoji: Words = {
    first: [
        ...['🦊', '🐻', '🐼', '🐨', '🐯', '🦁', '🐸', '🐧', '🦆', '🦅', '🦕', '🐺'],
        ...['🐴', '🦄', '🐝', '🦋', '🐌', '🐞', '🐢', '🦎', '🐙', '🦐', '🦀', '🐠'],
        ...['🐬', '🦈', '🐊', '🦓', '🦗', '🦒', '🦙', '🦌', '🐆', '🐱', '🐓', '🐰'],
        ...['🐿️', '🦔', '🐉', '🐭', '🐹', '🦩', '🦜', '🦚', '🦢', '🦝', '🦘', '🦡'],
    ],
    second: [
        ...['🌙', '☀️', '⭐', '☁️', '🌈', '❄️', '⚡', '🌊', '🔥', '🌳', '🌵', '🌷'],
        ...['🌻', '🍀', '🍄', '🍎', '🍐', '🍒', '🍓', '🍌', '🍋', '🍉', '🍍', '🥝'],
        ...['🥕', '🧀', '🍞', '🍪', '🎂', '🎈', '🎁', '⚽', '🥁', '🎸', '🎺', '🎻'],
        ...['🎹', '🚀', '🚲', '⛵', '🚂', '☂️', '🔑', '🔔', '💡', '📖', '🎩', '✏️'],
    ],
};

export async function load(lang: string): Promise<Lists> {
    const file = files[`./words/${lang}.json`] ?? files['./words/en.json'];
    if (!file) throw new Error('no words');
    return { emoji, words: await file() };
}

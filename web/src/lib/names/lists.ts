/* The two lists of words that nicknames are made of. Their order is on record in every log:
 * a word may be spelled better, but never moved. */
export interface Lists {
    first: string[];
    second: string[];
}

/** How many words each list has. */
export const WORDS = 48;

const files = import.meta.glob<Lists>('./words/*.json', { import: 'default' });

export const emoji: Lists = {
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

export async function loadWords(lang: string): Promise<Lists> {
    const file = files[`./words/${lang}.json`] ?? files['./words/en.json'];
    if (!file) throw new Error('no words');
    return file();
}

/* Makes what is shown fit into its box: smaller type down to what can be read from the last
 * row, then fewer items and how many more there are, then smaller still. */
import { t } from '../lib/i18n/index.svelte';
import { inSecond, secondVoice } from './voices.svelte';

const READABLE = [1, 0.92, 0.85, 0.78, 0.72];
const SMALLER = [0.64, 0.56, 0.48, 0.4, 0.32];

function fits(box: HTMLElement): boolean {
    const content = box.firstElementChild;
    if (!(content instanceof HTMLElement)) return true;
    return content.offsetHeight <= box.clientHeight && content.scrollWidth <= box.clientWidth;
}

/* The first of them that fits: each look costs a layout, so not all are tried. */
function scaled(box: HTMLElement, scales: readonly number[]): boolean {
    const set = (i: number): void => box.style.setProperty('--fit', String(scales[i]));
    let fitting = scales.length; // the largest that is known to fit
    for (let from = 0; from < fitting;) {
        const tried = from === 0 ? 0 : (from + fitting) >> 1; // mostly the first does
        set(tried);
        if (fits(box)) fitting = tried;
        else from = tried + 1;
    }
    set(Math.min(fitting, scales.length - 1));
    return fitting < scales.length;
}

/* As Both.svelte has it, but in one line. */
function inBoth(say: () => string): (string | Node)[] {
    const voice = secondVoice();
    const said = inSecond(say);
    if (!voice || said === '') return [say()];
    const second = document.createElement('span');
    Object.assign(second, { lang: voice.lang, dir: voice.dir, textContent: said });
    return [say(), ' · ', second];
}

/* Items beyond `count` go; the place for it says how many more there are. */
function showItems(box: HTMLElement, count: number): void {
    const items = [...box.querySelectorAll<HTMLElement>('[data-item]')];
    items.forEach((item, i) => (item.hidden = i >= count));
    const more = box.querySelector<HTMLElement>('[data-more]');
    if (!more) return;
    const n = Math.max(0, items.length - count) + Number(more.dataset['more'] ?? 0);
    more.hidden = n === 0;
    more.replaceChildren(...(n === 0 ? [] : inBoth(() => t('stage.ideas.more', { n }))));
}

function fewerItems(box: HTMLElement): boolean {
    const all = box.querySelectorAll('[data-item]').length;
    for (let count = all - 1; count >= Math.min(all, 1); count--) {
        showItems(box, count);
        if (fits(box)) return true;
    }
    return false;
}

export function fitNow(box: HTMLElement): void {
    showItems(box, Infinity);
    if (!scaled(box, READABLE) && !fewerItems(box)) scaled(box, SMALLER);
}

/** For the box: looks again whenever its content, its size or the typeface changes. */
export function fit(box: HTMLElement): { destroy: () => void } {
    const look = (): void => {
        fitNow(box);
        changes.takeRecords();
    };
    const changes = new MutationObserver(look);
    const sizes = new ResizeObserver(look);
    changes.observe(box, { childList: true, characterData: true, subtree: true });
    sizes.observe(box);
    void document.fonts.ready.then(look);
    document.fonts.addEventListener('loadingdone', look);
    look();
    return {
        destroy() {
            changes.disconnect();
            sizes.disconnect();
            document.fonts.removeEventListener('loadingdone', look);
        },
    };
}

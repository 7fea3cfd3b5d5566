/* Where the focus goes when what had it goes. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepsFocus } from '../src/lib/ui/keepsFocus';

const item = (n: number) =>
    `<li id="item-${n}"><h3 tabindex="-1">Idee ${n}</h3><button>Dafür ${n}</button></li>`;
let stop: () => void;

function list(...items: number[]): HTMLElement {
    const body = items.map(item).join('<!---->');
    document.body.innerHTML = `<h2 tabindex="-1">Ideen</h2><ul>${body}</ul>`;
    const made = document.querySelector('ul') as HTMLElement;
    stop = keepsFocus(() => document.querySelector('h2') ?? undefined)(made);
    return made;
}
const of = (n: number, what: string) =>
    document.querySelector(`#item-${n} ${what}`) as HTMLElement;
const focused = (text: string) =>
    vi.waitFor(() => expect(document.activeElement?.textContent).toBe(text));

afterEach(() => stop());

describe('a list that others change', () => {
    it('gives the focus to the title of what comes next, else to that before', async () => {
        list(1, 2, 3);
        of(2, 'button').focus();
        document.querySelector('#item-2')?.remove();
        await focused('Idee 3');
        of(3, 'button').focus();
        document.querySelector('#item-3')?.remove();
        await focused('Idee 1');
        document.querySelector('#item-1')?.remove();
        await focused('Ideen');
    });

    it('gives it to the title where only the button goes', async () => {
        list(1, 2);
        of(2, 'button').focus();
        of(2, 'button').remove();
        await focused('Idee 2');
    });

    it('leaves who went elsewhere before it went, also when they leave that', async () => {
        const made = list(1, 2, 3);
        made.insertAdjacentHTML('beforebegin', '<input />');
        of(1, 'button').focus();
        document.querySelector('input')?.focus();
        document.querySelector('#item-1')?.remove();
        await new Promise((done) => setTimeout(done));
        document.querySelector('input')?.blur();
        document.querySelector('#item-3')?.remove();
        await new Promise((done) => setTimeout(done));
        expect(document.activeElement).toBe(document.body);
    });

    it('scrolls nobody back who reads on far below', async () => {
        list(1, 2);
        const focus = vi.spyOn(of(2, 'h3'), 'focus');
        of(1, 'button').focus();
        document.querySelector('#item-1')?.remove();
        await focused('Idee 2');
        expect(focus).toHaveBeenCalledWith({ preventScroll: true });
    });

    it('leaves who is elsewhere where they are', async () => {
        list(1, 2);
        of(1, 'button').focus();
        of(2, 'button').focus();
        document.querySelector('#item-1')?.remove();
        await focused('Dafür 2');
        of(2, 'button').blur();
        document.querySelector('#item-2 h3')?.remove();
        await Promise.resolve();
        expect(document.activeElement).toBe(document.body);
    });
});

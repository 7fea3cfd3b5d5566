/* Ideas not seen yet: what counts as seen, what is kept, and that nothing moves by itself. */
import { emptyHall } from '../src/lib/net/hall';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { memoryKeep } from '../src/lib/net/keep';
import type { Keep } from '../src/lib/net/keep';
import IdeaList from '../src/participant/IdeaList.svelte';
import type { Participant } from '../src/participant/participant.svelte';
import { Seen, Watch } from '../src/participant/seen';
import { idea } from './samples';

/* What the browser would tell, told by the test: jsdom lays nothing out. */
class Screen {
    static last: Screen;
    readonly #tell: (entries: object[]) => void;
    constructor(tell: (entries: object[]) => void) {
        this.#tell = tell;
        Screen.last = this;
    }
    observe(): void {}
    unobserve(): void {}
    shows(target: Element, ratio: number, height = 100): void {
        const intersectionRect = { height };
        const rootBounds = { height: 700 };
        this.#tell([{ target, intersectionRatio: ratio, intersectionRect, rootBounds }]);
    }
}

let keep: Keep;
beforeEach(async () => {
    keep = memoryKeep();
    vi.stubGlobal('IntersectionObserver', Screen);
    await startWords(de);
    await addWords('more');
    await chooseLocale('de');
});
afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

describe('an idea', () => {
    const look = () => {
        vi.useFakeTimers();
        const seen = vi.fn();
        const watch = new Watch(seen);
        const node = document.createElement('li');
        const { destroy } = watch.idea(node, '7');
        return { seen, node, destroy };
    };

    it('counts as seen after some seconds on the screen', () => {
        const { seen, node } = look();
        Screen.last.shows(node, 0.6);
        vi.advanceTimersByTime(1900);
        expect(seen).not.toHaveBeenCalled();
        vi.advanceTimersByTime(200);
        expect(seen).toHaveBeenCalledExactlyOnceWith('7');
    });

    it('is not seen by scrolling past it, nor by its edge', () => {
        const { seen, node } = look();
        Screen.last.shows(node, 0.6);
        Screen.last.shows(node, 0.2);
        vi.advanceTimersByTime(9000);
        expect(seen).not.toHaveBeenCalled();
    });

    it('that is longer than the screen is seen by a part of it', () => {
        const { seen, node } = look();
        Screen.last.shows(node, 0.2, 400);
        vi.advanceTimersByTime(2100);
        expect(seen).toHaveBeenCalledWith('7');
    });

    it('that is gone is not seen', () => {
        const { seen, node, destroy } = look();
        Screen.last.shows(node, 1);
        destroy();
        vi.advanceTimersByTime(9000);
        expect(seen).not.toHaveBeenCalled();
    });

    it('that was seen stays so on this phone, in this event', async () => {
        const seen = await new Seen(keep, 'ABC129').load();
        seen.add('7');
        seen.first = true;
        const again = await new Seen(keep, 'ABC129').load();
        expect([again.has('7'), again.has('8'), again.first]).toEqual([true, false, true]);
        expect((await new Seen(keep, 'XYZ').load()).has('7')).toBe(false);
    });
});

describe('the list of ideas', () => {
    const ideas = ['1', '2', '3', '4', '5', '6'].map((id) => idea(id));
    const titles = () =>
        [...document.querySelectorAll('h3')].map((one) => one.textContent.trim());
    const show = async (mine: string[] = [], first = ideas) => {
        const participant = {
            keep,
            seed: 'seed',
            session: { event: 'ABC129', hall: emptyHall, letters: [] },
            ideas: { mine: mine.map((id) => idea(id)) },
        } as unknown as Participant;
        const view = render(IdeaList, { participant, ideas: first });
        if (first.length > 0) await screen.findByText('6 Ideen');
        else await new Promise((resolve) => setTimeout(resolve)); // what was seen is read
        const become = (next: typeof ideas) => view.rerender({ participant, ideas: next });
        return { become };
    };

    it('has those first that were not seen, when it is opened anew', async () => {
        const seen = await new Seen(keep, 'ABC129').load();
        ['1', '2', '4'].forEach((id) => seen.add(id));
        seen.first = true;
        await show(['5']);
        expect(new Set(titles().slice(0, 2))).toEqual(new Set(['Idea 3', 'Idea 6']));
        expect(screen.getByLabelText(/Noch nicht gesehene/)).toBeChecked();
        expect(screen.getByText(/Noch nicht gesehene zuerst \(2\)/)).toBeVisible();
    });

    it('turns by the switch, and back to the order that it always has', async () => {
        const seen = await new Seen(keep, 'ABC129').load();
        await show();
        const before = titles();
        seen.add((before[0] as string).slice(5));
        document.body.replaceChildren();
        await show();
        await fireEvent.click(screen.getByLabelText(/Noch nicht gesehene/));
        expect(titles()).toEqual([...before.slice(1), before[0]]);
        await fireEvent.click(screen.getByLabelText(/Noch nicht gesehene/));
        expect(titles()).toEqual(before);
    });

    it('adds below what comes, and brings it to the top when it is asked for', async () => {
        const { become } = await show();
        const before = titles();
        await become([idea('8'), ...ideas, idea('7')]);
        expect(titles()).toEqual([...before, 'Idea 8', 'Idea 7']);
        Element.prototype.scrollIntoView = vi.fn();
        await fireEvent.click(screen.getByRole('button', { name: '2 neue Ideen: anzeigen' }));
        expect(new Set(titles().slice(0, 2))).toEqual(new Set(['Idea 7', 'Idea 8']));
        expect(titles().slice(2)).toEqual(before);
        expect(screen.getByRole('heading', { level: 2 })).toHaveFocus();
        expect(screen.queryByRole('button', { name: /neue Ideen/ })).toBeNull();
    });

    it('has its own order also where it was opened before the first idea', async () => {
        await show();
        const own = titles();
        document.body.replaceChildren();
        const { become } = await show([], []);
        expect(titles()).toEqual([]);
        await become(ideas);
        expect(titles()).toEqual(own);
        expect(screen.queryByRole('button', { name: /neue Ideen/ })).toBeNull();
    });

    it('loses at once what is hidden', async () => {
        const { become } = await show();
        const before = titles();
        await become(ideas.slice(1));
        expect(titles()).toEqual(before.filter((title) => title !== 'Idea 1'));
    });

    it('has no switch where nobody can tell what was seen', async () => {
        vi.unstubAllGlobals();
        await show();
        expect(screen.queryByRole('switch')).toBeNull();
    });
});

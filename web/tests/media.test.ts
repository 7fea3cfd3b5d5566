/* Pictures as people meet them: to look at, to draw, and emoji for the title. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import Draw from '../src/lib/media/Draw.svelte';
import Pictures from '../src/lib/media/Pictures.svelte';
import { announcement } from '../src/lib/ui/announce.svelte';
import Emoji from '../src/participant/Emoji.svelte';
import IdeaPictures from '../src/participant/IdeaPictures.svelte';
import { idea } from './samples';

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
    await chooseLocale('de');
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const both = idea('7', {
    title: 'Kino',
    drawing: 'd'.repeat(32),
    photo: { name: 'f'.repeat(32), width: 1280, height: 960 },
});

describe('pictures', () => {
    it('say what they are of, have their place beforehand, and come when they are near', () => {
        render(Pictures, { idea: both });
        const photo = screen.getByAltText('Foto zu: Kino');
        expect(photo).toHaveAttribute('width', '1280');
        expect(photo).toHaveAttribute('height', '960');
        expect(photo).toHaveAttribute('loading', 'lazy');
        expect(photo.getAttribute('src')).toMatch(/^\/picture\/.*f{32}$/);
        expect(screen.getByAltText('Zeichnung zu: Kino')).toHaveAttribute('width', '1000');
    });

    it('that do not come leave nothing behind', async () => {
        const { container } = render(Pictures, { idea: both });
        await fireEvent.error(screen.getByAltText('Foto zu: Kino'));
        expect(screen.queryByAltText('Foto zu: Kino')).toBeNull();
        await fireEvent.error(screen.getByAltText('Zeichnung zu: Kino'));
        expect(container.querySelector('div div, img, button')).toBeNull();
    });

    it('that do not come are tried again, later each time, and at last no more', async () => {
        vi.useFakeTimers({ toFake: ['setTimeout'] });
        vi.spyOn(Math, 'random').mockReturnValue(0.5);
        render(Pictures, { idea: both });
        for (const wait_ms of [2000, 8000, 30_000, 120_000]) {
            await fireEvent.error(screen.getByAltText('Foto zu: Kino'));
            vi.advanceTimersByTime(wait_ms - 1);
            await tick();
            expect(screen.queryByAltText('Foto zu: Kino')).toBeNull();
            vi.advanceTimersByTime(1);
            await tick();
        }
        await fireEvent.error(screen.getByAltText('Foto zu: Kino'));
        expect(vi.getTimerCount()).toBe(0);
        vi.useRealTimers();
    });
});

describe('the sheet', () => {
    const show = (drawing = '') => {
        const onchange = vi.fn();
        const onleave = vi.fn();
        render(Draw, { drawing, onchange, ondone: vi.fn(), onleave });
        const canvas = document.querySelector('canvas') as HTMLCanvasElement;
        canvas.setPointerCapture = () => undefined;
        const at = (clientX: number, clientY: number) => ({
            pointerId: 1,
            button: 0,
            clientX,
            clientY,
        });
        vi.spyOn(canvas, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 500, 375));
        return { onchange, onleave, canvas, at };
    };

    it('makes a stroke of the way of a finger, in the colour and width that were chosen', async () => {
        const { onchange, canvas, at } = show();
        await fireEvent.click(screen.getByLabelText('Rot'));
        await fireEvent.click(screen.getByLabelText('dick'));
        await fireEvent.pointerDown(canvas, at(10, 10));
        await fireEvent.pointerMove(canvas, { ...at(400, 300), pointerId: 2 });
        await fireEvent.pointerMove(canvas, at(60, 10));
        await fireEvent.pointerMove(canvas, at(60, 900));
        await fireEvent.pointerUp(canvas, at(60, 900));
        expect(onchange).toHaveBeenCalledExactlyOnceWith('b3M20 20l100 0 0 730');
    });

    it('takes the last stroke back, and all of them only when asked twice', async () => {
        const { onchange } = show('a2M1 1l5 5b1M7 7l0 0');
        await press('Rückgängig');
        expect(onchange).toHaveBeenLastCalledWith('a2M1 1l5 5');
        await press('Alles löschen');
        expect(onchange).toHaveBeenCalledTimes(1);
        expect(announcement()).toContain('Wirklich alles löschen?');
        await press('Wirklich alles löschen?');
        expect(onchange).toHaveBeenLastCalledWith('');
    });

    it('is left out only when asked twice', async () => {
        const { onleave } = show('a2M1 1l5 5');
        await press('Zeichnung weglassen');
        expect(onleave).not.toHaveBeenCalled();
        await press('Wirklich weglassen?');
        expect(onleave).toHaveBeenCalledOnce();
    });

    it('says that words do as well, and names its colours', () => {
        show();
        expect(screen.getByText(/Dann sag es mit Worten/)).toBeVisible();
        expect(screen.getAllByRole('radio')).toHaveLength(11);
        expect(screen.getByRole('group', { name: 'Farbe' })).toBeVisible();
        expect(screen.getByRole('radio', { name: 'Schwarz' })).toBeChecked();
    });
});

describe('a drawing that is to be changed', () => {
    const draft = { idea: '7', title: 'Kino', text: '' };
    const change = async (answer: Promise<Response>) => {
        vi.spyOn(globalThis, 'fetch').mockReturnValue(answer);
        const onchange = vi.fn();
        const props = { draft, idea: both, onchange, busy: false };
        const view = render(IdeaPictures, props);
        await press('Zeichnung ändern');
        return { onchange, props, view };
    };

    it('stays as it is, and says so, where it does not come', async () => {
        const { onchange } = await change(
            Promise.resolve(new Response('<html>', { status: 404 })),
        );
        expect(await screen.findByRole('alert')).toBeVisible();
        expect(screen.queryByText('Deine Zeichnung')).toBeNull();
        expect(onchange).not.toHaveBeenCalled();
    });

    it('does not come to another idea that is written meanwhile', async () => {
        let resolve: (answer: Response) => void = () => undefined;
        const promise = new Promise<Response>((done) => (resolve = done));
        const { onchange, props, view } = await change(promise);
        await view.rerender({ ...props, draft: { ...draft, idea: null }, idea: undefined });
        resolve(new Response('<svg/>'));
        await new Promise((done) => setTimeout(done));
        expect(onchange).not.toHaveBeenCalled();
        expect(screen.queryByRole('alert')).toBeNull();
    });
});

describe('emoji', () => {
    it('are folded away, have names, and go where the cursor is', async () => {
        const input = document.createElement('input');
        input.id = 'title';
        input.value = 'Mehr Bäume';
        document.body.append(input);
        input.setSelectionRange(4, 4);
        const onvalue = vi.fn();
        render(Emoji, { field: 'title', value: 'Mehr Bäume', onvalue });
        expect(screen.getAllByRole('button')).toHaveLength(1);
        await press('Emoji');
        expect(screen.getAllByRole('button')).toHaveLength(25);
        await press('Baum');
        expect(onvalue).toHaveBeenCalledWith('Mehr🌳 Bäume');
        expect(announcement()).toContain('Baum eingefügt');
        input.remove();
    });
});

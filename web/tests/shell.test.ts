/* What desk and office share: the bar, the field for a link, and a link that is shown. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import LinkForm from '../src/lib/ui/LinkForm.svelte';
import Shell from '../src/lib/ui/Shell.svelte';
import ShowLink from '../src/lib/ui/ShowLink.svelte';

beforeEach(async () => {
    await startWords(de);
    for (const part of ['more', 'about', 'screens', 'desk'] as const) await addWords(part);
    await chooseLocale('de');
});
afterEach(() => vi.unstubAllGlobals());

const children = createRawSnippet(() => ({ render: () => '<p>Das Pult</p>' }));

describe('the bar', () => {
    it('has the focus again when what is said about the page is closed', async () => {
        vi.stubGlobal('fetch', () => Promise.reject(new Error('away')));
        const user = userEvent.setup();
        render(Shell, { width: '72rem', children });
        const about = screen.getByRole('button', { name: 'Impressum und Datenschutz' });
        await user.click(about);
        expect(about).toHaveAttribute('aria-expanded', 'true');
        await user.click(screen.getByRole('button', { name: 'Schließen' }));
        expect(about).toHaveAttribute('aria-expanded', 'false');
        expect(about).toHaveFocus();
    });
});

describe('the field for a link', () => {
    const form = { title: 'Pult', text: 'Mit einem Link.', label: 'Link', fault: '' };

    it('gives on what was pasted, without the spaces around it', async () => {
        const onlink = vi.fn();
        const user = userEvent.setup();
        render(LinkForm, { ...form, onlink });
        await user.type(screen.getByLabelText('Link'), '  /m#abc {Enter}');
        expect(onlink).toHaveBeenCalledExactlyOnceWith('/m#abc');
    });

    it('takes the focus to its heading where what had it is gone, and else leaves it', () => {
        const { unmount } = render(LinkForm, { ...form, onlink: vi.fn(), begins: true });
        expect(screen.getByRole('heading')).toHaveFocus();
        unmount();
        render(LinkForm, { ...form, onlink: vi.fn() });
        expect(screen.getByRole('heading')).not.toHaveFocus();
    });

    it('says aloud why a link was refused', () => {
        render(LinkForm, { ...form, fault: 'Diesen Link gibt es nicht.', onlink: vi.fn() });
        expect(screen.getByRole('alert')).toHaveTextContent('Diesen Link gibt es nicht.');
    });
});

describe('a link that is shown', () => {
    const link = { url: 'http://halle.example/m#abc', label: 'Link für Tür', onlyHere: false };

    it('is copied, and its button says whose it is', async () => {
        const user = userEvent.setup();
        render(ShowLink, link);
        await user.click(screen.getByRole('button', { name: /^Link kopieren.*Link für Tür$/ }));
        expect(await navigator.clipboard.readText()).toBe(link.url);
    });

    it('is selected by a touch, for where nothing may be copied', async () => {
        const user = userEvent.setup();
        render(ShowLink, { ...link, field: 'Link' });
        const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Link' });
        await user.click(field);
        expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(
            link.url,
        );
    });

    it('warns where nobody else reaches it', () => {
        render(ShowLink, { ...link, onlyHere: true });
        expect(screen.getByText('Diese Adresse geht nur auf diesem Computer.')).toBeVisible();
    });
});

/* A nickname is chosen: another one is another one, and the one taken is said. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { memoryKeep } from '../src/lib/net/keep';
import { Session } from '../src/lib/state/session.svelte';
import { announcement } from '../src/lib/ui/announce.svelte';
import Nickname from '../src/participant/Nickname.svelte';
import type { Participant } from '../src/participant/participant.svelte';

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
    await chooseLocale('de');
});

async function show() {
    const session = new Session('ABC129', 'participant', memoryKeep());
    render(Nickname, { participant: { session } as Participant });
    await screen.findByRole('heading', { name: 'Dein Name für heute' });
    return { session, name: () => document.querySelector('strong')?.textContent };
}

it('is another one when another one is wanted', async () => {
    const drawn = [7, 7, 7, 7, 8, 7];
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
        (bytes as Uint8Array).set([drawn.shift() ?? 0, drawn.shift() ?? 0]);
        return bytes;
    });
    const { name } = await show();
    const before = name();
    await fireEvent.click(screen.getByRole('button', { name: /noch 3/ }));
    expect(name()).not.toBe(before);
    expect(announcement()).toContain(name());
});

it('is said when it is taken, and the focus is on it', async () => {
    const { session, name } = await show();
    let answer: (outcome: { ok: true; answer: never }) => void = () => undefined;
    const send = session.send.bind(session);
    vi.spyOn(session, 'send').mockImplementation((request) => {
        void send(request);
        return new Promise((resolve) => (answer = resolve));
    });
    const words = name();
    await fireEvent.click(screen.getByRole('button', { name: 'Den nehme ich' }));
    const line = screen.getByText(`Du bist ${words}.`).parentElement;
    expect(line).toHaveFocus();
    answer({ ok: true, answer: {} as never });
    await vi.waitFor(() => expect(announcement()).toContain(`Du bist ${words}.`));
});

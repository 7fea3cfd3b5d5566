/* A single ticket at the desk. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyMessage, emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { Answer } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import OneTicket from '../src/moderator/tickets/OneTicket.svelte';

const ticket = (redeemed: boolean): Answer => ({
    op: 'ticket',
    id: 'a'.repeat(32),
    ticket: '2',
    batch: '1',
    redeemed,
    void: false,
});

beforeEach(async () => {
    await startWords(de);
    await addWords('screens');
    await addWords('print');
    await chooseLocale('de');
});

describe('a ticket that was looked up', () => {
    it('is looked up again when somebody comes by one', async () => {
        const desk = new Desk();
        const session = new Session('ABC129', 'moderator', memoryKeep());
        session.line = 'open';
        session.hall = { ...emptyHall, pos: 1 };
        const send = vi.spyOn(session, 'send');
        send.mockResolvedValue({ ok: true, answer: ticket(false) });
        desk.session = session;
        render(OneTicket, { desk, session });
        await fireEvent.input(screen.getByRole('textbox'), { target: { value: '2' } });
        await fireEvent.click(screen.getAllByRole('button')[0] as HTMLElement);
        expect(await screen.findByText(/^Karte Nr. 2/)).toHaveTextContent('noch frei');
        send.mockResolvedValue({ ok: true, answer: ticket(true) });
        const live = { op: 'live', online: 1, joined: 1, redeemed: 1, voided: 0 } as const;
        session.hall = applyMessage(session.hall, live).hall;
        await vi.waitFor(() =>
            expect(screen.getByText(/^Karte Nr. 2/)).not.toHaveTextContent('noch frei'),
        );
    });
});

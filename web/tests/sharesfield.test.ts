/* Who decides how much, as it is set at the desk, and as a phone's home says it. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { emptyHall } from '../src/lib/net/hall';
import type { EventInfo } from '../src/lib/net/protocol';
import type { Session } from '../src/lib/state/session.svelte';
import type { Desk } from '../src/moderator/desk.svelte';
import { newPollDraft } from '../src/moderator/pollDraft';
import type { PollDraft } from '../src/moderator/pollDraft';
import SharesField from '../src/moderator/SharesField.svelte';
import PollCard from '../src/participant/PollCard.svelte';
import type { Participant } from '../src/participant/participant.svelte';
import { poll } from './samples';

beforeEach(async () => {
    await startWords(de);
    for (const part of ['more', 'screens', 'desk', 'shares'] as const) await addWords(part);
    await chooseLocale('de');
});

const groups = [{ label: '7', name: 'Jury', lang: 'de', ticket_only: true }];
const hall = { ...emptyHall, event: { event: 'ABC129', groups } as unknown as EventInfo };

describe('a poll where nobody votes for their own team', () => {
    const tick = async (draft: PollDraft): Promise<Partial<PollDraft>> => {
        const onchange = vi.fn();
        const session = { hall } as unknown as Session;
        const desk = { team: { may: () => true }, faults: new Map() } as unknown as Desk;
        render(SharesField, { desk, session, draft, onchange });
        const own = screen.getByLabelText('Niemand stimmt für die Idee des eigenen Teams');
        await userEvent.setup().click(own);
        return onchange.mock.lastCall?.[0] as Partial<PollDraft>;
    };
    const draft = newPollDraft('de', ['1', '2'], 30);

    it('promises no ballots: one that lacks an idea would tell whose it is', async () => {
        expect(await tick({ ...draft, publication: 'ballots', live: true })).toEqual({
            noOwn: true,
            live: false,
            publication: 'statistics',
        });
    });

    it('leaves a smaller promise as it is', async () => {
        expect(await tick({ ...draft, publication: 'order' })).toEqual({ noOwn: true });
    });
});

describe('the card of a poll', () => {
    const chips = async (group: string): Promise<string[]> => {
        const participant = {
            session: { hall: { ...hall, me: { person: '2', group } } },
        } as unknown as Participant;
        const jury = poll('1', { shares: [{ group: '7', percent: 100 }] });
        render(PollCard, { participant, poll: jury });
        const said = group === '7' ? 'Jetzt abstimmen' : 'Hier stimmen andere ab';
        await screen.findByText(said, {}, { timeout: 15_000 });
        return [...document.querySelectorAll('.chip')].map((chip) => chip.textContent.trim());
    };

    it('has one chip where others vote, and not that it is open too', async () => {
        expect(await chips('8')).toEqual(['Hier stimmen andere ab']);
    });

    it('says to those who vote that it is open', async () => {
        expect(await chips('7')).toEqual(['Jetzt abstimmen']);
    });
});

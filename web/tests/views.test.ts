/* Views as people meet them: by role and name, with keyboard and pointer. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import ResultView from '../src/lib/charts/ResultView.svelte';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { announcement } from '../src/lib/ui/announce.svelte';
import { emptyDraft } from '../src/lib/vote/draft';
import Join from '../src/participant/Join.svelte';
import OrderList from '../src/participant/OrderList.svelte';
import { Participant } from '../src/participant/participant.svelte';
import Review from '../src/participant/Review.svelte';
import { poll, result } from './samples';

beforeEach(async () => {
    localStorage.clear();
    await startWords(de);
    await addWords('more');
    await chooseLocale('de');
});

/** Everything asked of the server gets this answer; who runs it is not told. */
function serverSays(status: number, body: string) {
    const asked = vi.spyOn(globalThis, 'fetch');
    asked.mockImplementation((path) =>
        Promise.resolve(
            path === '/about'
                ? new Response('', { status: 404 })
                : new Response(body, { status }),
        ),
    );
    return () => asked.mock.calls.filter(([path]) => path !== '/about');
}

describe('the form to join', () => {
    it('says at once, without the server, that a code is mistyped', async () => {
        const asked = serverSays(200, '{}');
        render(Join, { participant: new Participant() });
        await userEvent.type(screen.getByLabelText('Code'), 'abc128{Enter}');
        expect(screen.getByRole('alert')).toHaveTextContent(/Tippfehler/);
        expect(screen.getByLabelText('Code')).toBeInvalid();
        expect(asked()).toEqual([]);
    });

    it('sends a right code, however it is spelled, and says what the server says', async () => {
        const asked = serverSays(403, '{"err":"code-unknown"}');
        render(Join, { participant: new Participant() });
        await userEvent.type(screen.getByLabelText('Code'), ' abc-129 {Enter}');
        expect(JSON.parse(String(asked()[0]?.[1]?.body))).toEqual({
            code: 'ABC129',
        });
        expect(await screen.findByText('Diesen Code gibt es hier nicht.')).toBeVisible();
    });

    it('asks for a ticket where one is needed', async () => {
        serverSays(403, '{"err":"ticket-needed","event":"ABC129"}');
        render(Join, { participant: new Participant() });
        await userEvent.type(screen.getByLabelText('Code'), 'ABC129{Enter}');
        expect(await screen.findByLabelText('Code von der Karte')).toHaveValue('');
    });

    it('says that there is no network', async () => {
        vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('network'));
        render(Join, { participant: new Participant() });
        await userEvent.type(screen.getByLabelText('Code'), 'ABC129{Enter}');
        expect(await screen.findByText(/nicht zu erreichen/)).toBeVisible();
    });
});

describe('the list of favourites', () => {
    const draft = { ...emptyDraft, ranking: [['1'], ['2'], ['3']] };
    const show = (more: Parameters<typeof poll>[1] = {}) => {
        const onchange = vi.fn();
        render(OrderList, { poll: poll('9', more), draft, onchange });
        return onchange;
    };

    it('moves by buttons and says where to', async () => {
        const onchange = show();
        await userEvent.click(screen.getByRole('button', { name: 'Idea 2 nach oben' }));
        expect(onchange).toHaveBeenCalledWith([['2'], ['1'], ['3']]);
        expect(announcement()).toContain('Idea 2: Platz 1 von 3');
    });

    it('moves by the keyboard, and the focus stays on the pressed button', async () => {
        const onchange = show();
        const down = screen.getByRole('button', { name: 'Idea 1 nach unten' });
        down.focus();
        await userEvent.keyboard('{Enter}');
        expect(onchange).toHaveBeenCalledWith([['2'], ['1'], ['3']]);
        expect(down).toHaveFocus();
    });

    it('moves to a place', async () => {
        const onchange = show();
        await userEvent.selectOptions(screen.getByLabelText('Idea 3 auf Platz'), 'Platz 1');
        expect(onchange).toHaveBeenCalledWith([['3'], ['1'], ['2']]);
    });

    it('takes away', async () => {
        const onchange = show();
        await userEvent.click(screen.getByRole('button', { name: 'Idea 2 wegnehmen' }));
        expect(onchange).toHaveBeenCalledWith([['1'], ['3']]);
    });

    it('keeps the ends reachable but idle', async () => {
        show();
        expect(screen.getByRole('button', { name: 'Idea 1 nach oben' })).toHaveAttribute(
            'aria-disabled',
            'true',
        );
        expect(screen.getByRole('button', { name: 'Idea 1 nach oben' })).not.toBeDisabled();
    });

    it('ties only where the poll allows it', async () => {
        show();
        expect(screen.queryByRole('button', { name: /Gleichauf/ })).toBeNull();
        document.body.replaceChildren();
        const onchange = show({ ties: true });
        await userEvent.click(
            screen.getAllByRole('button', { name: /Gleichauf/ })[0] as HTMLElement,
        );
        expect(onchange).toHaveBeenCalledWith([['1', '2'], ['3']]);
    });
});

describe('the review', () => {
    it('says how many are left out and what that means', () => {
        render(Review, { poll: poll('9'), ballot: { ranking: [['2'], ['1']] } });
        expect(
            within(screen.getByRole('list'))
                .getAllByRole('listitem')
                .map((item) => item.textContent?.replace(/\s+/g, ' ').trim()),
        ).toEqual(['Platz 1 Idea 2', 'Platz 2 Idea 1']);
        expect(screen.getByText(/2 Ideen hast du nicht eingeordnet/)).toBeVisible();
    });

    it('says what a blank ballot is', () => {
        render(Review, { poll: poll('9'), ballot: { ranking: [] } });
        expect(screen.getByText(/Leerer Stimmzettel/)).toBeVisible();
    });
});

describe('a result', () => {
    it('gives the answer first, then the order with ties', () => {
        render(ResultView, { poll: poll('9'), result: result('9') });
        expect(screen.getByText('Idea 2 hat gewonnen')).toBeVisible();
        const items = screen
            .getAllByRole('listitem')
            .map((item) => item.textContent?.replace(/\s+/g, ' ').trim());
        expect(items).toEqual([
            '1. Idea 2',
            '2. Idea 1 gleichauf',
            '2. Idea 3 gleichauf',
            '4. Idea 4',
        ]);
    });

    it('says when less is shown than was announced', () => {
        render(ResultView, { poll: poll('9'), result: result('9', { level: 'order' }) });
        expect(screen.getByText(/Weil nur wenige abgestimmt haben/)).toBeVisible();
    });
});

/* The event's settings at the desk: each box holds, however quickly the next is clicked. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { EventInfo, Request } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import type { Outcome } from '../src/lib/state/session.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import Settings from '../src/moderator/Settings.svelte';

beforeEach(async () => {
    await startWords(de);
    await addWords('screens');
    await chooseLocale('de');
});

/* A desk whose server answers when the test does. */
function show() {
    const event: EventInfo = {
        event: 'ABC129',
        title: 'Fest',
        lang: 'de',
        langs: ['de'],
        mode: 'open',
        call: true,
    };
    const desk = new Desk();
    const session = new Session('ABC129', 'moderator', memoryKeep());
    desk.session = session;
    const asked: { request: Request; answer: (outcome: Outcome) => void }[] = [];
    vi.spyOn(session, 'send').mockImplementation(
        (request) => new Promise((answer) => asked.push({ request, answer })),
    );
    const view = render(Settings, { desk, event });
    const become = (pos: number, more: Partial<EventInfo>) => {
        const now = { ...event, ...more };
        session.hall = { ...emptyHall, pos, event: now };
        return view.rerender({ desk, event: now });
    };
    const done = (at: number, pos: number) =>
        asked[at]?.answer({ ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos } });
    return { asked, become, done, close: () => view.unmount() };
}

const young = () => screen.getByLabelText(/Für junge Leute/);
const named = () => screen.getByLabelText(/Ausgedachte Namen/);
const isChecked = (box: HTMLElement) => (box as HTMLInputElement).checked;
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the settings', () => {
    it('take no wish back that is not answered yet', async () => {
        const { asked, done } = show();
        await fireEvent.click(young());
        await fireEvent.click(named());
        expect([young(), named()].map(isChecked)).toEqual([true, true]);
        done(0, 7);
        await settled();
        expect(asked[1]?.request).toMatchObject({ youth: true, nicknames: true });
    });

    it('are changed box by box: what somebody else has set meanwhile stays', async () => {
        const { asked, become, done } = show();
        await become(5, {});
        await fireEvent.click(young());
        expect(asked[0]?.request).toMatchObject({ youth: true, nicknames: false, seen: 5 });
        asked[0]?.answer({ ok: false, err: 'wrong-state' });
        await settled();
        expect(young()).toBeChecked();
        await become(6, { nicknames: true });
        await settled();
        expect(asked[1]?.request).toMatchObject({ youth: true, nicknames: true, seen: 6 });
        done(1, 7);
        await settled();
        expect(screen.queryByRole('alert')).toBeNull();
    });

    it('stand as wished until the event has come to it, and then as the event has it', async () => {
        const { asked, become, done } = show();
        await fireEvent.click(young());
        done(0, 7);
        await settled();
        expect(young()).toBeChecked();
        await fireEvent.click(named());
        expect(asked[1]?.request).toMatchObject({ youth: true, nicknames: true });
        done(1, 8);
        await settled();
        await become(7, { youth: true });
        expect(named()).toBeChecked();
        await become(9, { youth: false, nicknames: true });
        expect([young(), named()].map(isChecked)).toEqual([false, true]);
    });

    it('are changed box by box also where the view is closed meanwhile', async () => {
        const { asked, become, close } = show();
        await become(5, {});
        await fireEvent.click(young());
        close();
        await become(6, { nicknames: true }).catch(() => undefined);
        asked[0]?.answer({ ok: false, err: 'wrong-state' });
        await settled();
        expect(asked[1]?.request).toMatchObject({ youth: true, nicknames: true, seen: 6 });
    });

    it('go back when they are refused', async () => {
        const { asked } = show();
        await fireEvent.click(young());
        expect(young()).toBeChecked();
        asked[0]?.answer({ ok: false, err: 'not-allowed' });
        await settled();
        expect(young()).not.toBeChecked();
        expect(screen.getByRole('alert')).toBeVisible();
    });
});

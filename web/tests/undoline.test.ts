/* The line that offers a way back right after an act. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { emptyHall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { Act } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { announce, announcement } from '../src/lib/ui/announce.svelte';
import { Desk } from '../src/moderator/desk.svelte';
import UndoLine from '../src/moderator/UndoLine.svelte';

let desk: Desk;
let session: Session;
let send: ReturnType<typeof vi.spyOn>;

const act = (pos: number, undone?: string): Act => ({
    pos,
    act: 'idea.hide',
    at: Date.now(),
    by: '1',
    idea: '1',
    ...(undone ? { undone } : {}),
});
async function tell(from: number, acts: Act[], undoable: number[]): Promise<void> {
    const pos = Math.max(from, ...acts.map((one) => one.pos));
    desk.acts.hear({ op: 'change', from, pos, acts, undoable });
    await tick();
}
const press = (init: KeyboardEventInit = {}) =>
    fireEvent.keyDown(document.body, { key: 'z', code: 'KeyZ', ctrlKey: true, ...init });

beforeEach(async () => {
    await startWords(de);
    await addWords('more');
    await addWords('screens');
    await addWords('desk');
    await chooseLocale('de');
    desk = new Desk();
    session = new Session('ABC129', 'moderator', memoryKeep());
    session.hall = { ...emptyHall, me: { person: '1' } };
    send = vi.spyOn(session, 'send').mockResolvedValue({
        ok: true,
        answer: { op: 'done', id: 'a'.repeat(32), pos: 9 },
    });
    desk.session = session;
    vi.useFakeTimers();
    announce('');
    vi.advanceTimersByTime(10_000);
    render(UndoLine, { desk, session });
    desk.acts.hear({ op: 'change', from: 0, pos: 4, acts: [act(4)], undoable: [4] });
    await tick();
    return () => vi.useRealTimers();
});

describe('Ctrl+Z at the desk', () => {
    it('undoes what the line offers, once, however long it is held', async () => {
        await tell(4, [act(5)], [4, 5]);
        await press();
        await press();
        await press({ repeat: true });
        await tell(5, [act(5, '1')], [4]);
        await press({ repeat: true });
        await press();
        expect(send.mock.calls).toEqual([[{ op: 'undo', pos: 5 }]]);
    });

    it('does nothing when the line is gone, or for what cannot be undone', async () => {
        await press();
        await tell(4, [act(5)], [4]);
        await press();
        await tell(5, [act(6)], [4, 6]);
        expect(screen.getByRole('button', { name: 'Rückgängig machen' })).toBeVisible();
        vi.advanceTimersByTime(31_000);
        await tick();
        await press();
        expect(send).not.toHaveBeenCalled();
    });

    it('does nothing behind a dialog', async () => {
        await tell(4, [act(5)], [5]);
        const dialog = document.createElement('dialog');
        dialog.setAttribute('open', '');
        document.body.append(dialog);
        await press();
        expect(send).not.toHaveBeenCalled();
        dialog.remove();
    });

    it('is the same key on a keyboard of another script', async () => {
        await tell(4, [act(5)], [5]);
        await press({ key: 'я' });
        expect(send).toHaveBeenCalledTimes(1);
    });
});

describe('the hint', () => {
    it('is said after what was done, and only if there is a way back', async () => {
        announce('Verborgen');
        await tell(4, [act(5)], [5]);
        expect(announcement().trim()).toBe('Verborgen');
        vi.advanceTimersByTime(5000);
        expect(announcement().trim()).toBe('Rückgängig machen: Ctrl+Z');
        vi.advanceTimersByTime(5000);
        await tell(5, [act(6)], [5]);
        expect(announcement().trim()).toBe('');
    });

    it('is not said while many acts run', async () => {
        desk.queue.many.running = true;
        await tell(4, [act(5)], [5]);
        expect(announcement().trim()).toBe('');
    });
});

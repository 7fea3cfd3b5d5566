/* The agenda: what the next step is, what it says, and how the time runs. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tick } from 'svelte';
import { phaseOn } from '../src/lib/agenda/phases';
import { timeLeft, toldWith } from '../src/lib/agenda/time';
import TimeLeft from '../src/lib/agenda/TimeLeft.svelte';
import { addWords, chooseLocale, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { applyChange, emptyHall } from '../src/lib/net/hall';
import type { Hall } from '../src/lib/net/hall';
import { memoryKeep } from '../src/lib/net/keep';
import type { EventInfo, Phase, Poll, Request } from '../src/lib/net/protocol';
import { Session } from '../src/lib/state/session.svelte';
import { announce, announcement } from '../src/lib/ui/announce.svelte';
import {
    added,
    agendaOf,
    moved,
    removed,
    withMinutes,
    withPoll,
} from '../src/moderator/agenda/edit';
import AgendaEdit from '../src/moderator/agenda/AgendaEdit.svelte';
import { change } from '../src/moderator/agenda/change';
import NextStep from '../src/moderator/agenda/NextStep.svelte';
import PhaseTimer from '../src/moderator/agenda/PhaseTimer.svelte';
import { actsOf, goTo, neighbour, nextStep } from '../src/moderator/agenda/steps';
import { phasesOf, templateNames } from '../src/lib/agenda/templates';
import { Desk } from '../src/moderator/desk.svelte';
import { makeBest } from '../src/moderator/makeBest';
import PhaseLine from '../src/participant/PhaseLine.svelte';
import { sceneOf } from '../src/stage/scene';
import { idea, poll, result } from './samples';

const agenda: Phase[] = [
    { phase: '1', is: 'call', minutes: 5 },
    { phase: '2', is: 'collect', minutes: 15 },
    { phase: '3', is: 'rank', minutes: 0, poll: '1' },
    { phase: '4', is: 'award', minutes: 5 },
];

function hallOn(phase: string | null, polls: Poll[] = [], ideas = [idea('1')]): Hall {
    const event: EventInfo = {
        event: 'ABC129',
        title: 'Halle',
        lang: 'de',
        langs: ['de'],
        mode: 'open',
        call: phase === '2',
        agenda,
        ...(phase ? { phase } : {}),
    };
    return applyChange(emptyHall, { op: 'change', from: 0, pos: 5, event, polls, ideas }).hall;
}
const draft = poll('1', { state: 'draft' });
const open = poll('1');
const closed = poll('1', { state: 'closed' });
const shown = poll('1', { state: 'closed', published: true });

beforeEach(async () => {
    await startWords(de, ['more', 'screens']);
    await addWords('more');
    await addWords('screens');
    await addWords('desk');
    await chooseLocale('de');
});

describe('the next step', () => {
    const requests = (hall: Hall): string[] => {
        const step = nextStep(hall);
        return step ? actsOf(step).map((act) => act.request.op) : [];
    };

    it('begins the first phase, then the next, and ends with the last', () => {
        expect(nextStep(hallOn(null))).toMatchObject({ is: 'start', phase: { phase: '1' } });
        expect(nextStep(hallOn('1'))).toMatchObject({ is: 'start', phase: { phase: '2' } });
        expect(nextStep(hallOn('4'))).toBeNull();
        expect(nextStep(emptyHall)).toBeNull();
    });

    it('opens the poll of the phase with the same tap, once', () => {
        expect(requests(hallOn('2', [draft]))).toEqual(['phase.start', 'poll.open']);
        expect(requests(hallOn('2', [open]))).toEqual(['phase.start']);
        expect(requests(hallOn('2'))).toEqual(['phase.start']);
    });

    it('goes on where a refused act has stopped it', () => {
        expect(requests(hallOn('3', [draft]))).toEqual(['poll.open']);
        expect(requests(hallOn('3', [open]))).toEqual(['poll.close', 'poll.publish']);
        expect(requests(hallOn('3', [closed]))).toEqual(['poll.publish']);
        expect(requests(hallOn('3', [shown]))).toEqual(['phase.start']);
        expect(requests(hallOn('3', [{ ...open, annulled: true }]))).toEqual(['phase.start']);
    });

    it('opens no poll by a way around the button', () => {
        const hall = hallOn('2', [draft]);
        const go = goTo(neighbour(hall, 1));
        expect(go && actsOf(go).map((act) => act.request.op)).toEqual(['phase.start']);
        expect(goTo(undefined)).toBeNull();
    });

    it('has a neighbour on each side', () => {
        expect(neighbour(hallOn('3'), -1)?.phase).toBe('2');
        expect(neighbour(hallOn('3'), 1)?.phase).toBe('4');
        expect(neighbour(hallOn(null), -1)).toBeUndefined();
        expect(neighbour(hallOn('1'), -1)).toBeUndefined();
    });
});

function deskAt(hall: Hall): { desk: Desk; session: Session } {
    const session = new Session('ABC129', 'moderator', memoryKeep());
    session.hall = hall;
    session.line = 'open';
    const desk = new Desk();
    desk.session = session;
    return { desk, session };
}
const done = (pos: number) =>
    ({ ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos } }) as const;

describe('the large button', () => {
    it('says on the button and beside it what will happen', async () => {
        render(NextStep, deskAt(hallOn('2', [draft])));
        const button = await screen.findByRole('button', { name: 'Weiter: Abstimmung' });
        expect(button).toHaveAccessibleDescription(/Was zuerst.* beginnt/);
        expect(screen.getByRole('button', { name: 'Zurück: Auftakt' })).toBeVisible();
    });

    it('says of a way around it that no poll begins and which one goes on', () => {
        render(NextStep, deskAt(hallOn('4', [draft])));
        const back = screen.getByRole('button', { name: 'Zurück: Abstimmung' });
        expect(back).toHaveAccessibleDescription(/Was zuerst.* beginnt damit noch nicht/);
        render(NextStep, deskAt(hallOn('3', [open])));
        const skip = screen.getByRole('button', { name: /^Ohne das weiter/ });
        expect(skip).toHaveAccessibleDescription(/Was zuerst.* läuft weiter, bis/);
    });

    it('says that ideas are no longer taken, where the next phase ends that', () => {
        render(NextStep, deskAt(hallOn('2', [draft])));
        const button = screen.getByRole('button', { name: 'Weiter: Abstimmung' });
        expect(button).toHaveAccessibleDescription(/Neue Ideen werden nicht mehr angenommen/);
    });

    it('takes no press while the line is away', async () => {
        const props = deskAt(hallOn('2', [draft]));
        const send = vi.spyOn(props.session, 'send').mockResolvedValue(done(5));
        props.session.line = 'waiting';
        render(NextStep, props);
        const button = screen.getByRole('button', { name: 'Zurück: Auftakt' });
        await fireEvent.click(button);
        expect(button).toHaveAttribute('aria-disabled', 'true');
        expect(send).not.toHaveBeenCalled();
        props.session.line = 'open';
        await tick();
        await fireEvent.click(button);
        expect(send).toHaveBeenCalledTimes(1);
    });

    it('takes no press right after its poll has become another one', async () => {
        const props = deskAt(hallOn('2', [draft]));
        const send = vi.spyOn(props.session, 'send').mockResolvedValue(done(5));
        render(NextStep, props);
        props.session.hall = hallOn('2', [open]);
        await tick();
        await fireEvent.click(screen.getByRole('button', { name: 'Weiter: Abstimmung' }));
        expect(send).not.toHaveBeenCalled();
    });

    it('takes no press right after its poll was written anew', async () => {
        const props = deskAt(hallOn('3', [draft]));
        const send = vi.spyOn(props.session, 'send').mockResolvedValue(done(5));
        render(NextStep, props);
        props.session.hall = hallOn('3', [{ ...draft, question: 'Was nie?' }]);
        await tick();
        await fireEvent.click(screen.getByRole('button', { name: 'Abstimmung starten' }));
        expect(send).not.toHaveBeenCalled();
    });

    it('says which act was refused, and goes on from there with the next press', async () => {
        vi.useFakeTimers();
        const props = deskAt(hallOn('2', [draft]));
        const sent: Request[] = [];
        vi.spyOn(props.session, 'send').mockImplementation(async (request) => {
            sent.push(request);
            if (request.op !== 'poll.open' || sent.length > 2) return done(6);
            return { ok: false, err: 'no-space' };
        });
        render(NextStep, props);
        await fireEvent.click(screen.getByRole('button', { name: 'Weiter: Abstimmung' }));
        await vi.waitFor(() => expect(sent).toHaveLength(2));
        await vi.waitFor(() => expect(screen.getByRole('alert')).toBeVisible());
        expect(screen.getByRole('alert')).toHaveTextContent(/Abstimmung starten/);
        props.session.hall = { ...hallOn('3', [draft]), pos: 6 };
        await tick();
        const again = screen.getByRole('button', { name: 'Abstimmung starten' });
        await fireEvent.click(again);
        expect(sent, 'meant for what stood there before').toHaveLength(2);
        vi.advanceTimersByTime(1000);
        await tick();
        await fireEvent.click(again);
        await vi.waitFor(() => expect(sent).toHaveLength(3));
        expect(sent.map((one) => one.op)).toEqual(['phase.start', 'poll.open', 'poll.open']);
        expect(screen.queryByRole('alert')).toBeNull();
        vi.useRealTimers();
    });
});

describe('the poll of the best', () => {
    it('leaves the agenda as it is where somebody else was faster', async () => {
        const ideas = ['1', '2', '3', '4'].map((id) => idea(id));
        const final: Phase = { phase: '4', is: 'rank', minutes: 5 };
        const without = [...withPoll(agenda, 2, '').slice(0, 3), final];
        const known = hallOn('3', [closed], ideas);
        const hall = {
            ...known,
            event: { ...known.event, agenda: without } as EventInfo,
            results: new Map([['1', { ...result('1'), published_pos: 9 }]]),
        };
        const { desk, session } = deskAt(hall);
        const theirs = poll('5', { state: 'draft' });
        const sent: string[] = [];
        vi.spyOn(session, 'send').mockImplementation(async (request) => {
            sent.push(request.op);
            session.hall = {
                ...hall,
                event: { ...hall.event, agenda: withPoll(without, 2, '5') },
                polls: new Map([...hall.polls, ['5', theirs]]),
            };
            return { ok: true, answer: { op: 'done', id: 'a'.repeat(32), pos: 5, poll: '6' } };
        });
        await makeBest(desk, session, closed, 3, 'agenda');
        expect(sent).toEqual(['poll.create']);
    });
});

describe('an agenda is changed', () => {
    it('by moving, adding and removing, one at a time', () => {
        expect(moved(agenda, 1, -1).map((one) => one.phase)).toEqual(['2', '1', '3', '4']);
        expect(moved(agenda, 3, 1)).toEqual(agenda);
        expect(removed(agenda, 1).map((one) => one.phase)).toEqual(['1', '3', '4']);
        expect(added(agenda, 'merge')[4]).toEqual({ is: 'merge', minutes: 10 });
    });

    it('to whole minutes of at most a day', () => {
        expect(withMinutes(agenda, 0, '7')?.[0]?.minutes).toBe(7);
        expect(withMinutes(agenda, 0, '0')?.[0]?.minutes).toBe(0);
        for (const typed of ['', '-1', '1.5', '1441', 'zehn'])
            expect(withMinutes(agenda, 0, typed), typed).toBeNull();
    });

    it('to another poll, and never names one that is gone', () => {
        expect(withPoll(agenda, 2, '7')[2]?.poll).toBe('7');
        expect(withPoll(agenda, 2, '')[2]).not.toHaveProperty('poll');
        expect(agendaOf(hallOn('1', [draft]))[2]?.poll).toBe('1');
        expect(agendaOf(hallOn('1'))[2]).not.toHaveProperty('poll');
    });

    it('from what the change before has left, when two come at once', async () => {
        const { desk, session } = deskAt(hallOn('1', [draft]));
        const sent: Phase[][] = [];
        vi.spyOn(session, 'send').mockImplementation(async (request) => {
            if (request.op === 'agenda.set') sent.push(request.phases);
            return done(5 + sent.length);
        });
        const first = change(desk, session, (now) => withMinutes(now, 0, '7'));
        const second = change(desk, session, (now) => moved(now, 1, 1));
        await vi.waitFor(() => expect(sent).toHaveLength(1));
        const { hall } = session;
        const event = { ...(hall.event as EventInfo), agenda: sent[0] ?? [] };
        session.hall = { ...hall, pos: 6, event };
        expect(await first).toBe(true);
        await vi.waitFor(() => expect(sent).toHaveLength(2));
        expect(sent[1]?.map((one) => one.phase)).toEqual(['1', '3', '2', '4']);
        expect(sent[1]?.[0]?.minutes).toBe(7);
        session.hall = { ...session.hall, pos: 7 };
        expect(await second).toBe(true);
    });

    it('not while the line is away: the field shows what holds', async () => {
        const props = deskAt(hallOn('1', [draft]));
        const send = vi.spyOn(props.session, 'send');
        props.session.line = 'waiting';
        render(AgendaEdit, props);
        const minutes = screen.getByLabelText(/Minuten.*Auftakt/);
        await fireEvent.change(minutes, { target: { value: '9' } });
        await vi.waitFor(() => expect(minutes).toHaveValue(5));
        expect(send).not.toHaveBeenCalled();
        expect(props.desk.faults.get('agenda.set')).toBe('offline');
    });

    it.each(templateNames)('from the template %s, whose phases fit its time', (name) => {
        const minutes = phasesOf(name).reduce((sum, phase) => sum + phase.minutes, 0);
        const most = { hackathon: 480, workshop: 120, class: 45, quick: 5 }[name];
        expect(minutes).toBeLessThanOrEqual(most);
        if (name !== 'hackathon') expect(minutes).toBe(most);
    });
});

describe('the wall follows the phase', () => {
    const scene = (phase: string, polls: Poll[] = [], ideas = [idea('1')]) =>
        sceneOf(hallOn(phase, polls, ideas), 'auto').is;

    it('to the code, the ideas, the poll, the result', () => {
        expect(scene('1')).toBe('join');
        expect(scene('2')).toBe('ideas');
        expect(scene('2', [], [])).toBe('join');
        expect(scene('3', [open])).toBe('poll');
        expect(scene('3', [shown])).toBe('result');
        expect(scene('4', [shown])).toBe('result');
    });

    it('but shows a poll that runs whatever the phase, and never an old one in another', () => {
        expect(scene('2', [open])).toBe('poll');
        expect(scene('2', [shown])).toBe('ideas');
        expect(scene('3', [closed, poll('2', { state: 'closed', published: true })])).toBe(
            'poll',
        );
    });

    it('unless somebody drives it by hand', () => {
        expect(sceneOf(hallOn('1'), 'ideas').is).toBe('ideas');
        expect(sceneOf(hallOn('2', [shown]), 'poll').is).toBe('result');
    });
});

describe('the phone', () => {
    function line(hall: Hall, timer?: { left_ms: number; running: boolean }): void {
        const session = new Session('ABC129', 'participant', memoryKeep());
        const live = { op: 'live', online: 1, joined: 1, ...(timer ? { timer } : {}) } as const;
        session.hall = { ...hall, live };
        render(PhaseLine, { session });
    }

    it('says what can be done in each phase', () => {
        line(hallOn('1'));
        expect(screen.getByText('Gleich geht es los.')).toBeVisible();
        line(hallOn('2'), { left_ms: 90_000, running: true });
        expect(screen.getByText('Du kannst Ideen einreichen.')).toBeVisible();
        expect(screen.getByRole('timer')).toHaveTextContent('noch 2 Minuten');
    });

    it('says of a poll what is true of it', () => {
        line(hallOn('3'));
        expect(screen.getByText('Gleich kannst du abstimmen.')).toBeVisible();
        line(hallOn('3', [open]));
        expect(screen.getByText('Du kannst abstimmen.')).toBeVisible();
        line(hallOn('3', [closed]));
        expect(screen.getByText('Die Abstimmung ist beendet.')).toBeVisible();
    });

    it('does not promise a form that a moderator has closed', () => {
        const hall = hallOn('2');
        line({ ...hall, event: { ...(hall.event as EventInfo), call: false } });
        expect(screen.getByText('Gleich geht es weiter.')).toBeVisible();
    });

    it('knows no phase where there is none', () => {
        expect(phaseOn(hallOn(null).event)).toBeUndefined();
        expect(phaseOn(null)).toBeUndefined();
    });
});

describe('the time', () => {
    /* Nothing is being said any more, by the test's clock. */
    function quiet(): void {
        vi.useFakeTimers();
        announce('');
        vi.advanceTimersByTime(10_000);
    }

    it('is told in minutes, in the last one in seconds', () => {
        const told = [300_000, 240_001, 60_001, 60_000, 1, 0, -5].map(timeLeft);
        expect(told).toEqual([
            'noch 5 Minuten',
            'noch 5 Minuten',
            'noch 2 Minuten',
            'noch 60 Sekunden',
            'noch 1 Sekunde',
            'Die Zeit ist um',
            'Die Zeit ist um',
        ]);
    });

    it('is said aloud at five minutes, at one and at the end, each once', () => {
        const said = (...left: number[]): number[] => {
            let told = Infinity;
            return left.filter((one) => {
                const before = told;
                told = toldWith(told, one);
                return told < before;
            });
        };
        expect(said(300_001, 300_000, 299_000, 60_200, 59_900, 10, 0, 0)).toEqual([
            300_000, 59_900, 0,
        ]);
        expect(said(300_000, 300_400, 299_900), 'a late message').toEqual([300_000]);
        expect(said(50_000, 350_000, 300_000), 'more was given').toEqual([50_000, 300_000]);
        expect(said(0, 60_000, 30_000, 0), 'a minute more').toEqual([0, 0]);
    });

    it('waits with its words until what one did is said', async () => {
        quiet();
        render(TimeLeft, { timer: { left_ms: 61_000, running: true } });
        await tick();
        announce('Gesendet');
        vi.advanceTimersByTime(1500);
        expect(announcement().trim()).toBe('Gesendet');
        vi.advanceTimersByTime(4000);
        expect(announcement().trim()).toBe('noch 56 Sekunden');
        vi.useRealTimers();
    });

    it('offers no pause any more at the desk when it is over, before a message says so', async () => {
        quiet();
        render(PhaseTimer, { desk: new Desk(), timer: { left_ms: 900, running: true } });
        await tick();
        expect(screen.getByRole('button', { name: /anhalten/ })).toBeVisible();
        vi.advanceTimersByTime(1000);
        await tick();
        expect(screen.queryByRole('button', { name: /anhalten/ })).toBeNull();
        vi.useRealTimers();
    });

    it('runs by a clock of its own, and stands where the server says so', async () => {
        quiet();
        const { rerender } = render(TimeLeft, { timer: { left_ms: 61_000, running: true } });
        await tick();
        expect(screen.getByRole('timer')).toHaveTextContent('noch 2 Minuten');
        vi.advanceTimersByTime(1000);
        await tick();
        expect(announcement().trim()).toBe('noch 60 Sekunden');
        vi.advanceTimersByTime(30_000);
        await tick();
        expect(screen.getByRole('timer')).toHaveTextContent('noch 30 Sekunden');
        await rerender({ timer: { left_ms: 29_000, running: false } });
        await tick();
        vi.advanceTimersByTime(60_000);
        await tick();
        expect(screen.getByRole('timer')).toHaveTextContent(/noch 29 Sekunden.*angehalten/);
        await rerender({ timer: { left_ms: 500, running: true } });
        await tick();
        vi.advanceTimersByTime(1000);
        await tick();
        expect(screen.getByRole('timer')).toHaveTextContent('Die Zeit ist um');
        expect(announcement().trim()).toBe('Die Zeit ist um');
        vi.useRealTimers();
    });
});

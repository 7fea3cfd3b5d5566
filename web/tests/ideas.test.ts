/* One's own ideas with their pictures: nothing filled in is lost, and only what changed is sent. */
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryKeep } from '../src/lib/net/keep';
import type { Keep } from '../src/lib/net/keep';
import { Session } from '../src/lib/state/session.svelte';
import { emptyDraft, Ideas } from '../src/participant/ideas.svelte';
import { idea } from './samples';

const DRAWING = 'a2M120 40l5 6';
const PHOTO = 'data:image/jpeg;base64,aGFsbG8=';
const settle = () => new Promise((resolve) => setTimeout(resolve));
const full = { ...emptyDraft, title: 'Kino', drawing: DRAWING, photo: PHOTO };

let keep: Keep;
let session: Session;
let ideas: Ideas;
beforeEach(() => {
    keep = memoryKeep();
    session = new Session('ABC129', 'participant', keep);
    ideas = new Ideas(session, keep);
});

async function reloaded(): Promise<Ideas> {
    await settle();
    const later = new Ideas(session, keep);
    await later.load();
    return later;
}

describe('a draft', () => {
    it('has its pictures after a reload', async () => {
        ideas.setDraft(full);
        expect((await reloaded()).draft).toEqual(full);
        expect(ideas.begun).toBe(true);
    });

    it('writes its photograph once, however much is typed', async () => {
        const written: string[] = [];
        const { set } = keep;
        keep.set = (key, value) => (written.push(key), set(key, value));
        ideas.setDraft(full);
        for (const title of ['Kin', 'Ki', 'Kiosk']) ideas.setDraft({ ...ideas.draft, title });
        expect(written.filter((key) => key.endsWith(':photo'))).toHaveLength(1);
        expect((await reloaded()).draft).toEqual({ ...full, title: 'Kiosk' });
    });

    it('leaves nothing behind when it is thrown away, nor for another idea', async () => {
        ideas.setDraft(full);
        ideas.setDraft({ idea: '7', title: 'Park', text: '' });
        expect((await reloaded()).draft).toEqual({ idea: '7', title: 'Park', text: '' });
        ideas.setDraft(emptyDraft);
        await settle();
        expect(await keep.entries('draft-idea')).toEqual([]);
    });
});

describe('an idea of one’s own that is changed', () => {
    it('leaves a new one that was begun, which comes back when it is sent', async () => {
        ideas.setDraft(full);
        ideas.edit(idea('7', { title: 'Park', text: '' }));
        expect(ideas.draft).toEqual({ idea: '7', title: 'Park', text: '' });
        expect((await reloaded()).aside).toEqual([{ err: '', draft: full }]);
        ideas.edit(idea('8', { title: 'Bad', text: '' }));
        expect(ideas.aside).toHaveLength(1);
    });

    it('goes on where somebody had gone back', () => {
        ideas.edit(idea('7', { title: 'Park', text: '' }));
        ideas.setDraft({ ...ideas.draft, title: 'Stadtp' });
        ideas.edit(idea('7', { title: 'Park', text: '' }));
        expect(ideas.draft.title).toBe('Stadtp');
    });

    it('begins with what was sent last, though the server has not answered', async () => {
        ideas.edit(idea('7', { title: 'Park', text: '' }));
        ideas.setDraft({ ...ideas.draft, title: 'Stadtpark' });
        void session.send({
            op: 'idea.edit',
            idea: '7',
            title: 'Stadtpark',
            text: '',
            lang: 'de',
        });
        await settle();
        ideas.setDraft(emptyDraft);
        ideas.edit(idea('7', { title: 'Park', text: '' }));
        expect(ideas.draft.title).toBe('Stadtpark');
    });
});

describe('what is sent', () => {
    it('is written before the draft is gone', async () => {
        const order: string[] = [];
        const { set, remove } = keep;
        keep.set = (key, value) => (order.push(`+${key.split(':')[0]}`), set(key, value));
        ideas.setDraft(full);
        keep.remove = (key) => (order.push(`-${key.split(':')[0]}`), remove(key));
        order.length = 0;
        ideas.submit('de');
        await settle();
        expect(order).toEqual(['+out', '-draft-idea', '-draft-idea']);
        expect(session.letters[0]).toMatchObject({
            request: { op: 'idea.submit', title: 'Kino', drawing: DRAWING },
            photo: PHOTO,
        });
        expect(ideas.onTheirWay[0]).toMatchObject({ drawing: DRAWING, photo: PHOTO });
    });

    it('says nothing of pictures that were left out of a new idea', async () => {
        ideas.setDraft({ ...full, drawing: '', photo: '' });
        ideas.submit('de');
        await settle();
        const words = { op: 'idea.submit', title: 'Kino', text: '', lang: 'de' };
        expect(session.letters[0]?.request).toEqual(words);
        expect(session.letters[0]?.photo).toBeUndefined();
    });

    it('takes away from an old one what was left out, and nothing that was not touched', async () => {
        ideas.setDraft({ idea: '7', title: 'Kino', text: '', photo: '' });
        ideas.submit('de');
        await settle();
        const edit = {
            op: 'idea.edit',
            idea: '7',
            title: 'Kino',
            text: '',
            lang: 'de',
            photo: '',
        };
        expect(session.letters[0]?.request).toEqual(edit);
        expect(ideas.isChanging('7')).toBe(true);
        expect(ideas.isChanging('8')).toBe(false);
    });

    it('comes back whole when it is refused', async () => {
        ideas.setDraft({ ...full, idea: '7' });
        ideas.submit('de');
        await settle();
        const [letter] = session.letters;
        if (!letter) throw new Error('no letter');
        ideas.answered(letter, { op: 'refused', id: letter.id, err: 'not-a-picture' });
        expect(ideas.refusal?.draft).toEqual({ ...full, idea: '7' });
    });

    async function refused(title: string): Promise<void> {
        ideas.setDraft({ ...full, title });
        ideas.submit('de');
        await settle();
        const letter = session.letters.at(-1);
        if (!letter) throw new Error('no letter');
        ideas.answered(letter, { op: 'refused', id: letter.id, err: 'call-closed' });
    }

    it('is there after a reload, each of several, until it is taken back into the form', async () => {
        await refused('Kino');
        await refused('Park');
        ideas = await reloaded();
        expect(ideas.refusal).toEqual({ err: 'call-closed', draft: full });
        ideas.correct();
        expect(ideas.draft).toEqual(full);
        expect(ideas.refusal?.draft?.title).toBe('Park');
        ideas.submit('de');
        expect((await reloaded()).refusal?.draft?.title).toBe('Park');
    });

    it('does not push out what was begun meanwhile: that comes back when it is sent', async () => {
        await refused('Kino');
        ideas.setDraft({ ...emptyDraft, title: 'Bänke' });
        ideas.correct();
        ideas = await reloaded();
        expect(ideas.draft.title).toBe('Kino');
        expect(ideas.refusal).toBeNull();
        ideas.submit('de');
        expect(ideas.draft.title).toBe('Bänke');
    });
});

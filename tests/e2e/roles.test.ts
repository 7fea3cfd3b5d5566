/* Several people at the desk: an owner lets a helper and an auditor in, each finds what is theirs
 * and no button that does nothing, and who is revoked is gone at once. */
import type { Page } from '@playwright/test';
import { both, clean } from './axe';
import { expect, test } from './fixtures';
import type { Place } from './fixtures';

const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 360, height: 740 } };

const asOwner = async ({ hall, event, open }: Place): Promise<Page> =>
    open(`/m#${await hall.newLink(event.code, 'owner')}`, wide);

/* By keyboard only: opens the panel, chooses a role, names somebody, makes the link. */
async function invite(owner: Page, role: RegExp, name: string): Promise<string> {
    const team = owner.getByRole('region', { name: 'Wer hier moderiert' });
    await team.getByRole('radio', { name: role }).focus();
    await owner.keyboard.press('Space');
    await team.getByLabel(/^Für wen/).focus();
    await owner.keyboard.type(name);
    await owner.keyboard.press('Enter');
    await expect(team.getByRole('heading', { name: `Link für ${name}` })).toBeFocused();
    return team.getByLabel('Link', { exact: true }).inputValue();
}

const pathOf = (link: string): string => link.slice(link.indexOf('/m#'));

test('an owner lets a helper in, sees what they do, and takes the place away', async ({
    place,
}) => {
    await place.poll('Was zuerst?', ['Kino', 'Park']);
    const author = await place.person();
    await author.submit('Radweg', 'am Weiher');
    const owner = await asOwner(place);
    await owner.getByRole('button', { name: 'Wer hier moderiert' }).focus();
    await owner.keyboard.press('Enter');
    await both(owner, 'team');
    const link = await invite(owner, /^Mithilfe/, 'Tür');
    await both(owner, 'team link');
    await owner.setViewportSize(narrow.viewport);
    await both(owner, 'team link narrow');
    await owner.setViewportSize(wide.viewport);

    /* the helper: the ideas, and what is going on */
    const helper = await place.open(pathOf(link), narrow);
    await expect(helper.getByText('Mithilfe', { exact: true }).first()).toBeVisible();
    await expect(owner.getByText('Der Link wurde benutzt.')).toBeVisible();
    const poll = helper.getByRole('article').filter({ hasText: 'Was zuerst?' });
    await expect(poll).toContainText('Läuft');
    await expect(poll.getByRole('button')).toHaveCount(0);
    for (const name of [
        'Einstellungen',
        'Daten mitnehmen',
        'Neue Abstimmung',
        'Ablauf anlegen',
    ])
        await expect(helper.getByRole('button', { name })).toHaveCount(0);
    await expect(helper.getByRole('switch')).toHaveCount(0);
    await both(helper, 'helper narrow');
    await helper.getByRole('button', { name: 'Freigeben Radweg' }).focus();
    await helper.keyboard.press('Enter');
    await expect(helper.getByText('Idee freigegeben: Radweg').last()).toBeVisible();

    /* the owner sees who it was, the helper takes back what was done with ideas */
    await owner.getByRole('button', { name: 'Was getan wurde' }).click();
    const done = owner.getByRole('region', { name: 'Was getan wurde' });
    const released = done.getByRole('listitem').filter({ hasText: 'Idee freigegeben: Radweg' });
    await expect(released).toContainText('Tür ·');
    await clean(owner, 'what was done, and by whom');
    await helper.getByRole('button', { name: 'Was getan wurde' }).click();
    const seen = helper.getByRole('region', { name: 'Was getan wurde' });
    await expect(seen.getByRole('button', { name: /Radweg$/ })).toHaveCount(1);
    await expect(seen.getByText(/^Abstimmung gestartet/).first()).toBeVisible();
    await expect(seen.getByRole('button', { name: /Abstimmung/ })).toHaveCount(0);
    await helper.setViewportSize(wide.viewport);
    await both(helper, 'helper wide');

    /* revoked */
    const team = owner.getByRole('region', { name: 'Wer hier moderiert' });
    await team.getByRole('button', { name: 'Platz entziehen Tür' }).focus();
    await owner.keyboard.press('Enter');
    await clean(owner, 'revoking is asked');
    await team.getByRole('button', { name: 'Platz entziehen Tür' }).click();
    await expect(helper.getByRole('alert')).toContainText('wurde dir entzogen');
    await clean(helper, 'revoked');
    await helper.reload();
    await expect(helper.getByLabel(/link/i)).toBeVisible();
    await expect(team.getByText(/^Mithilfe \d+ · Platz entzogen/)).toBeVisible();
});

test('an auditor sees everything, gets the export and has nothing to press', async ({
    place,
}) => {
    const { poll } = await place.poll('Was zuerst?', ['Kino', 'Park']);
    await place.lead('collect', 'rank');
    const author = await place.person();
    await author.submit('Radweg', 'am Weiher');
    await place.desk.ask({ op: 'poll.close', poll });
    const link = await place.hall.newLink(place.event.code, 'auditor');
    const auditor = await place.open(`/m#${link}`, wide);
    await expect(auditor.getByText('Prüfung', { exact: true }).first()).toBeVisible();
    const waiting = auditor.getByRole('article').filter({ hasText: 'Radweg' });
    await expect(waiting).toBeVisible();
    await expect(waiting.getByRole('button')).toHaveCount(0);
    await expect(auditor.getByRole('checkbox')).toHaveCount(0);
    const closed = auditor.getByRole('article').filter({ hasText: 'Was zuerst?' });
    await expect(closed.getByRole('button')).toHaveCount(1); // the result
    await closed.getByRole('button').click();
    await auditor.getByRole('button', { name: 'Was getan wurde' }).click();
    const done = auditor.getByRole('region', { name: 'Was getan wurde' });
    await expect(done.getByText(/^Abstimmung beendet/)).toBeVisible();
    await expect(done.getByRole('button')).toHaveCount(0);
    await auditor.getByRole('button', { name: 'Wer hier moderiert' }).click();
    const team = auditor.getByRole('region', { name: 'Wer hier moderiert' });
    await expect(team.getByText(/^Leitung 1/)).toBeVisible();
    await expect(team.getByRole('button')).toHaveCount(0);
    await auditor.getByRole('button', { name: 'Daten mitnehmen' }).click();
    const load = auditor.waitForEvent('download');
    await auditor.getByRole('link', { name: 'Herunterladen' }).click();
    expect((await load).suggestedFilename()).toMatch(/\.zip$/);
    await both(auditor, 'auditor');
});

/* Who has a link to a desk, as the office's page shows it. */
import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { addWords, startWords } from '../src/lib/i18n/index.svelte';
import de from '../src/lib/i18n/locales/de.json';
import { Office } from '../src/office/office.svelte';
import Places from '../src/office/Places.svelte';
import type { OfficeEvent, OfficePlace } from '../src/office/requests';

afterEach(() => vi.unstubAllGlobals());

it('is read anew each time that it is shown, and only then', async () => {
    await startWords(de);
    await addWords('office');
    const place = { role: 'owner', sat_at_ms: 1, until_ms: 0, revoked_at_ms: 0 };
    let links = [{ ...place, person: '1', name: 'Ada' }] as OfficePlace[];
    const asks = vi.fn(async () => new Response(JSON.stringify({ ok: true, links })));
    vi.stubGlobal('fetch', asks);
    const event = { event: 'ABC129', title: 'Fest', langs: ['de'] } as unknown as OfficeEvent;
    const { rerender } = render(Places, { office: new Office(), event, open: true });
    await waitFor(() => expect(screen.getAllByText('Ada')[0]).toBeVisible());
    links = [...links, { ...place, person: '2', name: 'Bo' }] as OfficePlace[];
    await rerender({ open: false });
    expect(asks).toHaveBeenCalledTimes(1);
    await rerender({ open: true });
    await waitFor(() => expect(screen.getAllByText('Bo')[0]).toBeVisible());
});

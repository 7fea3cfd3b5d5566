/* How the event is for its people, as the desk sends it: whole. */
import type { Amendment, EventInfo } from '../lib/net/protocol';
import type { Support } from '../lib/net/support';

export interface Settings {
    youth: boolean;
    nicknames: boolean;
    support: Support | 'off';
}

export const settingsOf = (event: EventInfo | null | undefined): Settings => ({
    youth: event?.youth ?? false,
    nicknames: event?.nicknames ?? false,
    support: event?.support ?? 'off',
});

export const settingsRequest = ({ support, ...flags }: Settings): Amendment => ({
    op: 'settings',
    ...flags,
    ...(support === 'off' ? {} : { support }),
});

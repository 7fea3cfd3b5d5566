/* Who sits at the desk, and what one may do and see there oneself: as the server says it. */
import { t } from '../../lib/i18n/index.svelte';
import type { Act, DeskRole, Message, Place, Request, Sight } from '../../lib/net/protocol';

type Op = Request['op'];

/* An act has a request's name, but for these. */
const ops: Partial<Record<Act['act'], Op>> = {
    'event.call': 'call',
    'event.set': 'settings',
    'event.words': 'words',
    'event.wifi': 'wifi',
};

export class Team {
    role = $state<DeskRole | null>(null);
    places = $state.raw<readonly Place[]>([]);
    #may = $state.raw<ReadonlySet<string> | null>(null);
    #sees = $state.raw<ReadonlySet<Sight> | null>(null);
    /* The event is archived: only what became of its ideas is still told. */
    #over = $state(false);

    forget(): void {
        this.role = this.#may = this.#sees = null;
        this.places = [];
        this.#over = false;
    }

    hear(message: Message): void {
        if (message.op === 'welcome' && message.may) {
            this.role = message.role as DeskRole;
            this.#may = new Set(message.may);
            this.#sees = new Set(message.sees ?? []);
        } else if (message.op === 'change') {
            if (message.event) this.#over = message.event.archived !== undefined;
            if (message.desk) this.places = message.desk;
            else if (message.from === 0) this.places = [];
        }
    }

    /** Until the server has said so everything may be tried: it decides anyway. */
    may(op: Op): boolean {
        return (!this.#over || op === 'idea.follow') && (this.#may?.has(op) ?? true);
    }

    sees(what: Sight): boolean {
        return this.#sees?.has(what) ?? true;
    }

    /** Whoever may do such a thing may take it back. */
    mayTakeBack(act: Act): boolean {
        return this.may('undo') && this.may(ops[act.act] ?? (act.act as Op));
    }

    /** Is this somebody who has, or had, a place here? */
    sits(person: string | undefined): boolean {
        return person === undefined || this.places.some((one) => one.person === person);
    }

    /** What the owner calls them, or “Moderation 2”. */
    who(person: string): string {
        const place = this.places.find((one) => one.person === person);
        if (!place) return t('undo.by', { n: person });
        return place.name || roleAndNumber(place);
    }
}

export function roleAndNumber(place: Place): string {
    return t('team.who', { role: t(`role.${place.role}`), n: String(place.number) });
}

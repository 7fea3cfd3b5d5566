/* The address of a public page, and its short form to be read. */
export const followPath = (event: string, idea?: string): string =>
    idea ? `/i/${event}/${idea}` : `/i/${event}`;

/* On a tablet that is many people's no link leads out of the page: none would lead back. */
let stays = false;

/** From now on. */
export function leaveByNoLink(): void {
    stays = true;
}

export const leadsOut = (): boolean => !stays;

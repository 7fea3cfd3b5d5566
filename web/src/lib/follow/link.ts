/* The address of a public page, and its short form to be read. */
export const followPath = (event: string, idea?: string): string =>
    idea ? `/i/${event}/${idea}` : `/i/${event}`;

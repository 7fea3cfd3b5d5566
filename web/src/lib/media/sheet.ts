/* The sheet that is drawn on, in the units of a drawing. */
export const SHEET = { width: 1000, height: 750 } as const;

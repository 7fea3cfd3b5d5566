/* Lengths that PROTOCOL.md sets, in Unicode code points after NFC. */
export const limits = { title: 120, text: 2000, question: 300, note: 300 } as const;

/* What PROTOCOL.md sets: lengths in Unicode code points after NFC, and how many tags of an
 * idea a participant may choose, or a moderator. */
export const limits = {
    title: 120,
    text: 2000,
    question: 300,
    note: 300,
    label: 40,
    tags: 3,
    deskTags: 5,
} as const;

/* The shapes of answers over HTTP. */
import { count, flag, hex32, object, optional, text } from './shape';

/** The answer to POST /media. */
export const uploadShape = object({ photo: hex32, width: count, height: count });
export const aboutShape = object({
    name: text,
    contact: text,
    imprint: text,
    privacy: text,
    delete_after_days: count,
    version: text,
    demo: flag,
    join: optional(text),
});

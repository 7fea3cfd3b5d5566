/* Whose pictures are shown: the page's event, for the views within. */
import { getContext, setContext } from 'svelte';

const PLACE = 'pictures of';

/** While the page is made: `event` tells its code whenever it is asked. */
export function showPicturesOf(event: () => string | undefined): void {
    setContext(PLACE, event);
}

/** While a view is made: the address of a picture, by the name that the server gave it. */
export function addresses(): (name: string) => string {
    const event = getContext<(() => string | undefined) | undefined>(PLACE);
    return (name) => `/picture/${event?.() ?? ''}/${name}`;
}

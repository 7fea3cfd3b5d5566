/** For `{@attach}`: what comes is where one goes on, by keyboard and for screen readers too. */
export function focused(element: HTMLElement): void {
    element.focus();
}

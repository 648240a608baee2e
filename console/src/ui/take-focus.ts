/** Begins at an element when a step of several shows it: what had the focus is gone with the step before. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}

let isAnew = false

/** Loads the page anew without asking, whatever is unsaved on it: whoever is here by now is not whose work that is. */
export function beginAnew(): void {
  isAnew = true
  location.reload()
}

/** Whether whoever leaves the page now is to be asked what they mean to do with what is unsaved. */
export function isAsked(): boolean {
  return !isAnew
}

/** A part of the console itself that could not be fetched. */
const missingPart = 'MissingPart'

export function isMissingPart(error: unknown): boolean {
  return error instanceof Error && error.name === missingPart
}

/**
 * Gives a fault that comes of a part which could not be fetched this name. Under the one that browsers give it, the router loads the whole page anew,
 * which without a network leaves nothing.
 */
export function nameMissingParts(): void {
  addEventListener('vite:preloadError', (event) => {
    const { payload } = event as Event & { payload?: unknown }
    if (!(payload instanceof Error)) return
    payload.name = missingPart
    payload.message = 'a part of the console could not be fetched'
  })
}

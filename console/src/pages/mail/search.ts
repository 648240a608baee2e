import type { Mail } from '@sudigital/client'

export const states = ['waiting', 'sent', 'dead'] as const satisfies readonly Mail['state'][]

/** What the address of the mail page says. */
export interface MailSearch {
  readonly state?: Mail['state']
  /** From 1. */
  readonly page?: number
}

/** Takes from an address what makes sense, and leaves the rest. */
export function readMailSearch({ state, page }: Record<string, unknown>): MailSearch {
  const known = states.find((one) => one === state)
  return {
    ...(known === undefined ? {} : { state: known }),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 && page < 1_000_000 ? { page } : {}),
  }
}

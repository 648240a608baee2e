import { forgetSent } from '../client/journal.ts'
import { queries } from '../client/queries.ts'

/** Leaves nothing of whoever was here for whoever comes next: neither what was asked and answered, nor what was typed. */
export function forgetEverything(): void {
  queries.clear()
  forgetSent()
}

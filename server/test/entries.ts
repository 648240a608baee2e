import { form } from '../src/core/form.ts'
import type { ImportedUserValues } from '../src/core/users/arrival.ts'
import type { ImportEntry } from '../src/core/users/import-users.ts'

/** A line of a file that says this of a user. */
export function entryOf(values: Partial<ImportedUserValues>): ImportEntry {
  return { kind: 'user', form: form(values) }
}

import { type Form, form } from '../core/form.ts'
import { limits } from '../core/limits.ts'
import type { Fault } from '../core/refusals.ts'
import type { Query } from './contract.ts'

/** The query string as a form of strings: a key that is not among `names`, or comes twice, is a fault. */
export function readQuery<const Name extends string>(
  query: Query,
  names: readonly Name[],
): Form<{ [Key in Name]: string }> {
  const values: Partial<Record<Name, string>> = {}
  const faults = new Map<string, Fault>()
  for (const [key, value] of query) {
    const name = names.find((known) => known === key)
    if (name !== undefined && values[name] === undefined) values[name] = value
    else if (faults.size < limits.formFaultsMax) {
      const field = key.slice(0, limits.faultFieldLengthMax)
      faults.set(field, { field, flaw: name === undefined ? 'unknown_field' : 'repeated' })
    }
  }
  for (const name of names) if (faults.has(name)) delete values[name]
  return form<{ [Key in Name]: string }>(values, [...faults.values()])
}

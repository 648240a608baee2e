import { type Form, form } from '../core/form.ts'
import type { Fault } from '../core/refusals.ts'

/** The query string as a form of strings: a key that is not among `names`, or comes twice, is a fault. */
export function readQuery<const Name extends string>(
  query: URLSearchParams,
  names: readonly Name[],
): Form<{ [Key in Name]: string }> {
  const values: Partial<Record<Name, string>> = {}
  const faults: Fault[] = []
  for (const key of new Set(query.keys())) {
    const name = names.find((known) => known === key)
    const [value, ...more] = query.getAll(key)
    if (name === undefined) faults.push({ field: key, flaw: 'unknown_field' })
    else if (more.length > 0) faults.push({ field: key, flaw: 'repeated' })
    else if (value !== undefined) values[name] = value
  }
  return form<{ [Key in Name]: string }>(values, faults)
}

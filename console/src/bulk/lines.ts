/** What a line says of somebody, by the names of columns. What it does not say is absent. */
export type Cells = Readonly<Partial<Record<string, string>>>

/** A line of a list or a table, as far as it was understood. */
export interface Line {
  /** Where it stands in what was given, from 1. */
  readonly line: number
  readonly cells: Cells
  /** Why nothing can come of it, in words; null for a good one. */
  readonly problem: string | null
}

/** The parts of a full name: what stands before its last blank and what stands behind it, or the other way round with a comma. */
export function namesIn(fullName: string): Cells {
  const name = fullName.replace(/\s+/g, ' ').trim()
  const [last = '', first = ''] = name.split(/\s*,\s*/, 2)
  if (first !== '') return present({ firstName: first, lastName: last })
  const seam = name.lastIndexOf(' ')
  return present(seam < 0 ? { firstName: name } : { firstName: name.slice(0, seam), lastName: name.slice(seam + 1) })
}

/** Without what is empty. */
export function present(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== undefined && text !== ''))
}

/** What no address is: the server knows the rest. */
const address = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+$/

/** Tells what is wrong with an address at a glance; null if it may be one. */
export function problemWithAddress(email: string | undefined): string | null {
  if (email === undefined) return 'No e-mail address.'
  return address.test(email) ? null : 'This is no e-mail address.'
}

/** What is wrong with anybody who has to have an address. */
export function problemWithLine({ cells }: Line): string | null {
  return problemWithAddress(cells.email)
}

/** Marks every line but the first with one and the same name, since only one person can have it. */
export function markRepeated(lines: readonly Line[], column = 'email'): Line[] {
  const seen = new Map<string, number>()
  return lines.map((line) => {
    const name = line.cells[column]?.toLowerCase()
    if (name === undefined || line.problem !== null) return line
    const first = seen.get(name)
    if (first === undefined) seen.set(name, line.line)
    return first === undefined ? line : { ...line, problem: `The same as in line ${first}.` }
  })
}

import type { Role } from '../src/core/permissions.ts'
import type { ListKey, ListOrder, Position } from '../src/core/ports.ts'
import type { NewUser, Status } from '../src/core/users/user.ts'

/** What a list can be asked to leave out; null leaves out nobody. */
export interface ModelledFilter {
  readonly role: Role | null
  readonly status: Status | null
  readonly emailVerified: boolean | null
  readonly createdFromMs: number | null
  readonly createdToMs: number | null
  readonly updatedFromMs: number | null
  readonly updatedToMs: number | null
  readonly lastLoginFromMs: number | null
  readonly lastLoginToMs: number | null
  readonly words: readonly string[]
}

/** A list as one would write it down without an index: everybody is looked at, and sorted. */
export function modelledList(people: readonly NewUser[], filter: Partial<ModelledFilter>, order: ListOrder): NewUser[] {
  const turn = order.direction === 'asc' ? 1 : -1
  return people
    .filter((user) => user.deletion === null && isAmong(user, filter))
    .sort((one, other) => {
      const [a, b] = [keyOf(one, order.by), keyOf(other, order.by)]
      if (a === null || b === null) {
        if (a !== b) return a === null ? 1 : -1
        return turn * byCodePoint(one.id, other.id)
      }
      return turn * (byValue(a, b) || byCodePoint(one.id, other.id))
    })
}

export function modelledPosition(user: NewUser, order: ListOrder): Position {
  return { key: keyOf(user, order.by), id: user.id }
}

function isAmong(user: NewUser, filter: Partial<ModelledFilter>): boolean {
  const { role = null, status = null, emailVerified = null, words = [] } = filter
  return (
    (role === null || user.role === role) &&
    (status === null || user.status === status) &&
    (emailVerified === null || user.emailVerified === emailVerified) &&
    isWithin(user.createdAtMs, filter.createdFromMs, filter.createdToMs) &&
    isWithin(user.updatedAtMs, filter.updatedFromMs, filter.updatedToMs) &&
    isWithin(user.lastLoginAtMs, filter.lastLoginFromMs, filter.lastLoginToMs) &&
    words.every((word) => isFoundBy(user, fold(word)))
  )
}

function isWithin(at: number | null, fromMs: number | null = null, toMs: number | null = null): boolean {
  if (fromMs === null && toMs === null) return true
  return at !== null && (fromMs === null || at >= fromMs) && (toMs === null || at < toMs)
}

function keyOf(user: NewUser, by: ListKey): Position['key'] {
  switch (by) {
    case 'createdAt':
      return user.createdAtMs
    case 'updatedAt':
      return user.updatedAtMs
    case 'lastLoginAt':
      return user.lastLoginAtMs
    case 'email':
    case 'firstName':
    case 'lastName':
      return user[by] === null ? null : sortedBy(user[by])
    case 'number':
      throw new Error('numbers are assigned by the directory')
  }
}

/** The first 100 code points without case: full case folding as far as the names of these tests have need of it. */
function sortedBy(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss').normalize('NFKC')
  return [...folded].slice(0, 100).join('')
}

function byValue(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byCodePoint(String(a), String(b))
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

// ── searching ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Three code points or more anywhere; fewer where a word begins, and anywhere in scripts that are written without spaces. */
function isFoundBy({ email, username, firstName, lastName }: NewUser, word: string): boolean {
  const full = firstName !== null && lastName !== null ? `${firstName} ${lastName}` : null
  const texts = [email, username, firstName, lastName, full].flatMap((text) => (text === null ? [] : [fold(text)]))
  if ([...word].length >= 3) return texts.some((text) => text.includes(word))
  return texts.some((text) => beginnings(text).some((beginning) => beginning.startsWith(word)))
}

/** What of the text is left from each beginning of a word: at a letter after none, at what is no letter, and at each unspaced one. */
function beginnings(text: string): string[] {
  const points = [...text]
  return points.flatMap((point, at) => {
    const before = points[at - 1]
    const begins = before === undefined || !isSpacedLetter(point) || !isSpacedLetter(before)
    return begins ? [points.slice(at).join('')] : []
  })
}

const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

function isSpacedLetter(point: string): boolean {
  return /[\p{L}\p{M}\p{N}]/u.test(point) && !unspaced.test(point)
}

/** Without case; the final sigma and the dotted I are the letters that readers take them for. */
function fold(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss')
  return folded.normalize('NFKC').replaceAll('i\u0307', 'i')
}

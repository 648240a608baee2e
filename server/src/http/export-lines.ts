import { avatarSizes } from '../core/avatars/avatar.ts'
import type { KeptFactor } from '../core/factors/factor.ts'
import type { ExportedLine, ExportedPictures, ExportedUser } from '../core/users/export-users.ts'
import { defused } from './cells.ts'
import { type Column, columns } from './import-shapes.ts'

export type ExportFormat = 'ndjson' | 'csv'

/** Columns that hold what lets somebody sign in. */
const credentialColumns: readonly string[] = ['passwordHash', 'passwordChangedAt'] satisfies Column[]

/** The text of a file, piece by piece; what it says is what an import reads. CSV has people only, and of them what has a column. */
export async function* writeExport(
  lines: AsyncIterable<readonly ExportedLine[]>,
  format: ExportFormat,
  { credentials }: { readonly credentials: boolean },
): AsyncGenerator<string> {
  const shown = (Object.keys(columns) as Column[]).filter((name) => credentials || !credentialColumns.includes(name))
  if (format === 'csv') yield `${shown.join(',')}\r\n`
  for await (const some of lines) {
    const text = some.map((line) => (format === 'csv' ? recordOf(line, shown) : `${JSON.stringify(lineOf(line))}\n`))
    yield text.join('')
  }
}

// ── NDJSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Written = Readonly<Record<string, unknown>>

function lineOf(line: ExportedLine): Written {
  if (line.kind === 'user') return userLine(line.exported, line.pictures)
  const { id, number, version, name, slug, createdAtMs, updatedAtMs } = line.organization
  const instants = { createdAt: instant(createdAtMs), updatedAt: instant(updatedAtMs) }
  return { kind: 'organization', id, number, version, name, slug, ...instants }
}

function userLine(exported: ExportedUser, pictures: ExportedPictures | null): Written {
  const { profile, preferences, attributes } = exported.user.particulars
  const { avatar, ...flat } = flatValues(exported)
  return present({
    kind: 'user',
    ...flat,
    version: exported.user.version,
    // A picture that is in the file has another address wherever it goes.
    avatar: pictures === null ? avatar : null,
    picture: pictures && Object.fromEntries(avatarSizes.map((size) => [size, base64(pictures[size])])),
    profile: orNone(profile),
    preferences,
    attributes: orNone(attributes),
    organizations: orNone(exported.memberships.map(({ sinceMs, ...of }) => ({ ...of, since: instant(sinceMs) }))),
    factors: orNone(exported.factors.map(factorLine)),
  })
}

function factorLine(kept: KeptFactor): Written {
  const { id, kind, name, createdAtMs, lastUsedAtMs } = kept.factor
  const shared = { id, kind, name, createdAt: instant(createdAtMs), lastUsedAt: instant(lastUsedAtMs) }
  return present({ ...shared, ...(kept.kind === 'totp' ? { secret: kept.secret } : kept.passkey) })
}

function present(values: Written): Written {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))
}

function orNone<T extends object>(value: T): T | null {
  return Object.keys(value).length === 0 ? null : value
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

// ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

function recordOf(line: ExportedLine, shown: readonly Column[]): string {
  if (line.kind === 'organization') return ''
  const values = flatValues(line.exported)
  return `${shown.map((name) => cellOf(values[name])).join(',')}\r\n`
}

/** RFC 4180, section 2: what holds a comma, a quote or a line break stands in quotes, and a quote in it twice. */
function cellOf(value: string | number | boolean | null): string {
  const cell = value === null ? '' : defused(String(value))
  return /[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

// ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What both formats hold, under the names of both. */
function flatValues({ user, password }: ExportedUser): Readonly<Record<Column, string | number | boolean | null>> {
  const { id, number, email, username, firstName, lastName, role, status, emailVerified, particulars } = user
  return {
    ...{ id, number, email, username, firstName, lastName, role, status, emailVerified },
    createdAt: instant(user.createdAtMs),
    updatedAt: instant(user.updatedAtMs),
    lastLoginAt: instant(user.lastLoginAtMs),
    avatar: particulars.avatar,
    redirectUri: particulars.redirectUri,
    passwordHash: password?.hash ?? null,
    passwordChangedAt: instant(password?.changedAtMs ?? null),
  }
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

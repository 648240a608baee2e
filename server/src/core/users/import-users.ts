import type { Actor } from '../actor.ts'
import { houseRule } from '../credentials/password-rule.ts'
import { type Form, form, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Name, TakenCode } from '../ports.ts'
import type { OperationRefusal, RefusalOf } from '../refusals.ts'
import { applyChanges } from './changes.ts'
import { type Creation, type NewUserValues, readNewUser } from './create-user.ts'
import { readChanges, type UserChangeValues } from './read-changes.ts'
import { canonical } from './text.ts'
import type { NewUser } from './user.ts'

/** What somebody may bring along who was kept elsewhere: never a password, only what was made of it. */
export interface ImportedUserValues
  extends Omit<NewUserValues, 'password' | 'notifiedByEmail'>,
    Pick<UserChangeValues, 'profile' | 'preferences' | 'attributes'> {
  emailVerified: boolean
  passwordHash: string
}

/** `place` is the entry's in its list, from 0. */
export interface RefusedEntry {
  readonly place: number
  readonly refusal: RefusalOf<'invalid' | TakenCode>
}

type ImportCore = Pick<Core, 'commit' | 'directory' | 'passwords' | 'clock' | 'ids' | 'policy'>

/**
 * Adds people who were kept elsewhere, in one transaction, and leaves out whoever cannot be added. They are active unless an entry says otherwise:
 * they had their accounts before. Of two who want one name the first gets it.
 */
export async function importUsers(
  core: ImportCore,
  actor: Actor,
  entries: readonly Form<ImportedUserValues>[],
): Promise<Outcome<{ added: number; refused: readonly RefusedEntry[] }, 'not_allowed'>> {
  const tried = await tryImport(core, actor, entries, new Set())
  if (!tried.ok) return tried
  const { refused } = tried.value
  let { candidates } = tried.value
  // Between the look and the transaction somebody else may have taken a name. Each time round at least one is left out.
  while (candidates.length > 0) {
    const steps = candidates.map(({ creation }) => ({ name: 'create-user' as const, input: creation }))
    const added = await core.commit('run-batch', { steps })
    if (added.ok) break
    const late = added.refusal.refusals.map(({ place, refusal }) => ({
      place: candidates[place]?.place ?? -1,
      refusal: taken(refusal),
    }))
    refused.push(...late)
    candidates = candidates.filter((candidate) => late.every(({ place }) => place !== candidate.place))
  }
  return grant({ added: candidates.length, refused: inOrder(refused) })
}

/**
 * Finds out what an import would do, and does nothing. `names` are those that entries before these would get; what these get is added, up to the
 * limit, beyond which only an import tells who comes twice.
 */
export async function tryImport(
  core: Omit<ImportCore, 'commit'>,
  actor: Actor,
  entries: readonly Form<ImportedUserValues>[],
  names: Set<string>,
): Promise<Outcome<{ candidates: Candidate[]; refused: RefusedEntry[] }, 'not_allowed'>> {
  // Whoever chooses a hash knows the password.
  if (actor.kind !== 'system') return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const refused: RefusedEntry[] = []
  const read: Candidate[] = []
  for (const [place, entry] of entries.entries()) {
    const creation = readEntry(core, actor, entry)
    if (creation.ok) read.push({ place, creation: creation.value })
    else refused.push({ place, refusal: creation.refusal })
  }
  const held = await core.directory.users.heldAmong(read.flatMap(({ creation }) => namesOf(creation.user)))
  const before = new Set(held.map(keyOf))
  const candidates = read.filter(({ place, creation }) => {
    const wanted = namesOf(creation.user)
    const lost = wanted.find((name) => before.has(keyOf(name)) || names.has(keyOf(name)))
    if (lost !== undefined) refused.push({ place, refusal: { code: `${lost.kind}_taken` } })
    else if (names.size < limits.importNamesRememberedMax) for (const name of wanted) names.add(keyOf(name))
    return lost === undefined
  })
  return grant({ candidates, refused: inOrder(refused) })
}

interface Candidate {
  readonly place: number
  readonly creation: Creation
}

function readEntry(
  core: Pick<Core, 'passwords' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  { values, faults }: Form<ImportedUserValues>,
): Outcome<Creation, 'invalid'> {
  const reading = startReading(faults)
  const { emailVerified = false, passwordHash: sent, ...facts } = values
  const { user } = readNewUser(core, { status: 'active', ...facts }, reading, houseRule, () => false)
  const passwordHash = reading.read('passwordHash', sent, core.passwords.readForeign) ?? null
  const { changes, faults: all } = readChanges(form(particularsOf(values), reading.faults), 'admin')
  if (all.length > 0) return refuse({ code: 'invalid', faults: all })
  const verified = { ...user, number: 0, emailVerified: emailVerified && user.email !== null }
  const whole = applyChanges(verified, changes)
  if (!whole.ok) return whole
  const { number: _, ...newUser } = whole.value
  return grant({ actor, user: newUser, passwordHash })
}

function particularsOf(values: Partial<ImportedUserValues>): Partial<UserChangeValues> {
  const { profile = null, preferences = null, attributes = null } = values
  return { profile, preferences, attributes }
}

function namesOf({ email, username }: NewUser): Name[] {
  const names: Name[] = []
  if (email !== null) names.push({ kind: 'email', value: email })
  if (username !== null) names.push({ kind: 'username', value: username })
  return names
}

function keyOf({ kind, value }: Name): string {
  return `${kind}:${canonical(value)}`
}

function taken(refusal: OperationRefusal): RefusalOf<TakenCode> {
  if (refusal.code === 'email_taken' || refusal.code === 'username_taken') return refusal
  throw new Error(`somebody who was read could not be added: ${refusal.code}`)
}

function inOrder(refused: RefusedEntry[]): RefusedEntry[] {
  return refused.sort((one, other) => one.place - other.place)
}

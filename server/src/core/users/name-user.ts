import { limits } from '../limits.ts'
import { type Outcome, refuse } from '../outcome.ts'
import type { Core, Store, TakenCode, Transaction } from '../ports.ts'
import type { NewUser, User, Username } from './user.ts'

/** How a user gets a username who came without one. Plain data. */
export interface NamePlan {
  /** What it begins with; null when nothing of their name or address can be spelled. */
  readonly stem: string | null
  /** Names that nobody is given. */
  readonly reserved: readonly string[]
}

/** `first_last` in lower-case ASCII; the local part of the e-mail address where nothing is left of the name. */
export async function planName(
  { toAscii }: Pick<Core, 'toAscii'>,
  { firstName, lastName, email }: Pick<NewUser, 'firstName' | 'lastName' | 'email'>,
  reserved: readonly string[],
): Promise<NamePlan> {
  const names = [firstName, lastName].filter((name) => name !== null)
  const stem = stemOf(await toAscii(names.join(' '))) ?? stemOf(await toAscii(email?.split('@')[0] ?? ''))
  return { stem, reserved }
}

/** Digits alone would look like the number of a user. */
function stemOf(ascii: string): string | null {
  const words =
    ascii
      .toLowerCase()
      .replaceAll("'", '')
      .match(/[a-z0-9]+/g) ?? []
  const stem = words.join('_').slice(0, limits.usernameLengthMax)
  return /[a-z_]/.test(stem) ? stem : null
}

type Refusals = TakenCode | 'busy'

/**
 * Adds the user by the first of `stem`, `stem_2`, `stem_3` … that nobody has, or by their number. If somebody else takes that name in the same moment,
 * the next one is theirs.
 */
export async function addNamed(
  { store }: Pick<Transaction, 'store'>,
  user: NewUser,
  { stem, reserved }: NamePlan,
): Promise<Outcome<User, Refusals>> {
  if (stem === null) return addNumbered(store, user, reserved)
  await store.users.holdStem(stem)
  const named = await tryNames(store, { stem, reserved }, (store, username) => store.users.add({ ...user, username }))
  return named ?? addNumbered(store, user, reserved)
}

/** Nobody knows the number before the user is there. */
async function addNumbered(store: Store, user: NewUser, reserved: readonly string[]): Promise<Outcome<User, Refusals>> {
  const added = await store.users.add({ ...user, username: null })
  if (!added.ok) return added
  const stem = `user_${added.value.number}`
  const named = await tryNames(store, { stem, reserved }, async (store, username) => {
    const saved = await store.users.save(added.value, { ...added.value, username })
    if (!saved.ok && saved.refusal.code === 'last_admin') throw new Error('a name bars no admin')
    return saved as Outcome<User, TakenCode>
  })
  return named ?? busy
}

const busy = refuse({ code: 'busy', retryAfterSeconds: 1 })

type Naming = (store: Store, username: Username) => Promise<Outcome<User, TakenCode>>

/** Null where so many have the name that none of them is free. */
async function tryNames(
  store: Store,
  { stem, reserved }: { stem: string; reserved: readonly string[] },
  name: Naming,
): Promise<Outcome<User, Refusals> | null> {
  for (let tries = 0; tries < limits.usernameAttemptsMax; tries += 1) {
    const username = await firstFree(store, stem, reserved)
    if (username === null) return null
    const named = await orNothing(store, (store) => name(store, username))
    if (named.ok || named.refusal.code !== 'username_taken') return named
  }
  return busy
}

/** What is refused leaves nothing behind: the transaction goes on. */
async function orNothing(store: Store, work: (store: Store) => ReturnType<Naming>): ReturnType<Naming> {
  const done: Awaited<ReturnType<Naming>>[] = []
  await store.attempt(async (store) => {
    const outcome = await work(store)
    done.push(outcome)
    return outcome.ok
  })
  const [outcome] = done
  if (outcome === undefined) throw new Error('work that was attempted came to nothing')
  return outcome
}

/** In ever larger steps, so that the thousandth of one name takes few of them. */
async function firstFree(store: Store, stem: string, reserved: readonly string[]): Promise<Username | null> {
  for (let from = 1, some = 4; from <= limits.usernameNumberMax; from += some, some = nextStep(some)) {
    const names = Array.from({ length: some }, (_, at) => numbered(stem, from + at))
    const held = await store.users.heldAmong(names.map((value) => ({ kind: 'username', value })))
    const taken = new Set([...reserved, ...held.map(({ value }) => value)])
    const free = names.find((name) => !taken.has(name))
    if (free !== undefined) return free as Username
  }
  return null
}

function nextStep(some: number): number {
  return Math.min(some * 4, limits.usernamesAtOnceMax)
}

/** `john_doe`, `john_doe_2`; a long stem gives way. */
function numbered(stem: string, number: number): string {
  const end = number === 1 ? '' : `_${number}`
  return stem.slice(0, limits.usernameLengthMax - end.length) + end
}

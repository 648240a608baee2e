import { openDirectoryFor } from '../app/directory.ts'
import { seedTestUsers, testUsers } from '../app/first-users.ts'
import type { Environment } from '../app/settings.ts'
import { system } from '../core/actor.ts'
import type { Core, TakenCode } from '../core/ports.ts'
import type { Newcomer } from '../core/users/add-people.ts'
import { noParticulars } from '../core/users/create-user.ts'
import { nobodyLeftOut } from '../core/users/list-users.ts'
import { defaultPreferences, type Email, type UserId, type Username } from '../core/users/user.ts'
import {
  CommandFailure,
  counted,
  type ExitCode,
  exitCodes,
  logAside,
  sayJson,
  settingsFrom,
  UsageError,
} from './command.ts'
import { type DemoPerson, demoPeople } from './demo-people.ts'
import { type Progress, showProgress } from './progress.ts'

export interface DemoOptions {
  readonly users: number
  readonly seed?: number
  readonly json?: boolean
}

/** Small enough that a server which adds them for us is never busy with them for long. */
const peoplePerChunk = 100
/** So that the writer always finds the next one waiting. */
const chunksUnderWayMax = 4

/**
 * Adds plausible people, a chunk to a transaction. A demo after another adds other people than the first: their names are numbered on from how
 * many are there. When a name is taken all the same, it stops, having added whole chunks only.
 */
export async function demo(environment: Environment, { users, seed, json = false }: DemoOptions): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  if (settings.production) throw new UsageError('Made-up people have no place in production: unset NODE_ENV.')
  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
  const { core } = directory
  await seedTestUsers(core)
  const last = await lastNumber(core)
  const isFirst = last <= testUsers.length
  const people = demoPeople({
    seed: seed ?? (isFirst ? 0 : last),
    count: users,
    startAtMs: core.clock(),
    firstNamesake: isFirst ? 1 : last + 1,
  })

  const startedAtMs = performance.now()
  const inWords = (done: number) => `${counted(done)} of ${counted(users)} people`
  const progress = await showProgress({ total: users, quiet: json, inWords })
  const { added, taken, fault } = await addAll(core, people, progress)
  const seconds = (performance.now() - startedAtMs) / 1000
  const perSecond = Math.round(added / seconds)
  const words = `Added ${counted(added)} people in ${seconds.toFixed(1)} s, ${counted(perSecond)} a second.`
  progress.end(words, taken === null && fault === null)
  if (fault !== null) throw fault
  await core.commit('fold-counts', {})
  if (json) sayJson({ added, seconds: Number(seconds.toFixed(3)), perSecond })
  if (taken === null) return exitCodes.ok
  const what = taken === 'email_taken' ? 'e-mail address' : 'username'
  throw new CommandFailure(
    `Stopped: somebody in the directory has the ${what} of one of them already. Another --seed gives other people.`,
    {
      exitCode: exitCodes.conflict,
      code: taken === 'email_taken' ? 'EMAIL_ALREADY_EXISTS' : 'USERNAME_ALREADY_EXISTS',
    },
  )
}

/** The number of whoever came last: nobody's namesake has a higher one. */
async function lastNumber({ directory }: Pick<Core, 'directory'>): Promise<number> {
  const { users } = await directory.users.page({
    filter: nobodyLeftOut,
    order: { by: 'number', direction: 'desc' },
    from: { offset: 0 },
    limit: 1,
    count: false,
  })
  return users[0]?.number ?? 0
}

interface Sum {
  added: number
  taken: TakenCode | null
  fault: Error | null
}

/** Several chunks at a time, until all are added or one is not. */
async function addAll(core: Core, people: Generator<DemoPerson>, progress: Progress): Promise<Sum> {
  const underWay = new Set<Promise<void>>()
  const sum: Sum = { added: 0, taken: null, fault: null }

  async function add(chunk: readonly Newcomer[]): Promise<void> {
    try {
      const outcome = await core.commit('add-people', { actor: system, people: chunk, onlyIfEmpty: false })
      if (outcome.ok) sum.added += outcome.value.added
      else sum.taken ??= outcome.refusal.code
      progress.reach(sum.added)
    } catch (thrown) {
      sum.fault ??= thrown as Error
    }
  }

  for (const chunk of chunksOf(people, peoplePerChunk)) {
    if (sum.taken !== null || sum.fault !== null) break
    const newcomers = chunk.map((person) => newcomer(core, person))
    const adding: Promise<void> = add(newcomers).finally(() => underWay.delete(adding))
    underWay.add(adding)
    if (underWay.size >= chunksUnderWayMax) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  return sum
}

function* chunksOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = []
  for (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

function newcomer({ ids }: Pick<Core, 'ids'>, person: DemoPerson): Newcomer {
  const { email, username, profile, preferences, ...facts } = person
  return {
    passwordHash: null,
    user: {
      ...facts,
      id: ids.next() as UserId,
      email: email as Email,
      username: username as Username,
      version: 1,
      updatedAtMs: person.createdAtMs,
      deletion: null,
      particulars: { ...noParticulars, profile, preferences: { ...defaultPreferences, ...preferences } },
    },
  }
}

import type { Activity, Role, SelectedUser, Session, SUDIGITALClient, UserChanges, UserField, UserQuery } from '#client'
import type { Environment } from '../app/settings.ts'
import { complain, counted, type ExitCode, exitCodes, say, sayJson, UsageError } from './command.ts'
import { connect, idOf, isId, remotely } from './remote.ts'
import { type Column, factLines, minuteOf, tableLines } from './table.ts'
import { confirm, newPassword } from './terminal.ts'

export interface ListOptions extends UserQuery {
  readonly limit: number
  readonly all?: boolean
  readonly json?: boolean
}

type Answering = { readonly json?: boolean }

const listed = [
  ...['id', 'number', 'email', 'username', 'firstName', 'lastName', 'role', 'status'],
  ...['emailVerified', 'lastLoginAt', 'createdAt', 'updatedAt'],
] as UserField[]

/** As many as fill a page of the server's. */
const pageMax = 100

export async function listUsers(environment: Environment, options: ListOptions): Promise<ExitCode> {
  const { all = false, json = false, limit, ...query } = options
  const most = all ? Number.POSITIVE_INFINITY : limit
  return remotely(async () => {
    const client = await connect(environment, { quiet: json })
    const users = client.users.all({ ...query, fields: listed, count: false, limit: Math.min(most, pageMax) })
    const shown = await showList(first(users, most), userColumns, json)
    if (json || shown < most) return exitCodes.ok
    const { meta } = await client.users.list({ ...query, limit: 1 })
    const total = meta.total ?? 0
    if (total > shown) complain(`${counted(shown)} of ${counted(total)} people; --limit or --all shows more.`)
    return exitCodes.ok
  })
}

const userColumns: readonly Column<SelectedUser>[] = [
  { title: 'ID', of: ({ id }) => id ?? null, least: 36 },
  { title: 'E-MAIL', of: ({ email }) => email ?? null, least: 12 },
  { title: 'USERNAME', of: ({ username }) => username ?? null, least: 8 },
  { title: 'NAME', of: nameOf, least: 8 },
  { title: 'ROLE', of: ({ role }) => role ?? null, least: 6 },
  { title: 'STATUS', of: ({ status }) => status ?? null, least: 8 },
  { title: 'LAST SIGN-IN', of: ({ lastLoginAt }) => minuteOf(lastLoginAt), least: 16 },
]

function nameOf({ firstName, lastName }: SelectedUser): string | null {
  return [firstName, lastName].filter((name) => name).join(' ') || null
}

/** Lines of JSON as they come, or a table. */
async function showList<Row extends object>(
  rows: AsyncIterable<Row>,
  columns: readonly Column<Row>[],
  json: boolean,
): Promise<number> {
  let count = 0
  async function* counting() {
    for await (const row of rows) {
      count += 1
      if (json) await sayInTime(JSON.stringify(row))
      else yield row
    }
  }
  for await (const line of tableLines(counting(), columns)) await sayInTime(line)
  if (count === 0 && !json) complain('There is none.')
  return count
}

/** No faster than it is read. */
async function sayInTime(line: string): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve))
}

async function* first<Item>(items: AsyncIterable<Item>, most: number): AsyncGenerator<Item> {
  let count = 0
  for await (const item of items) {
    yield item
    count += 1
    if (count === most) return
  }
}

// ── one person ────────────────────────────────────────────────────────────────────────────────────────────────────────

const shown = [...listed, 'avatar', 'profile', 'preferences', 'attributes'] as UserField[]

export async function showUser(environment: Environment, who: string, { json = false }: Answering): Promise<ExitCode> {
  return remotely(async () => {
    const client = await connect(environment, { quiet: json })
    const user = await client.users.get(await idOf(client, who), { fields: shown })
    if (json) sayJson(user)
    else for (const line of factLines(Object.entries(user).flatMap(([name, value]) => factsOf(name, value)))) say(line)
    return exitCodes.ok
  })
}

/** `profile.bio`, a line each. */
function factsOf(name: string, value: unknown): (readonly [string, string | null])[] {
  if (Array.isArray(value)) return [[name, JSON.stringify(value)]]
  if (typeof value !== 'object' || value === null)
    return [[name, value === null ? null : String(value).replaceAll(/\s*[\r\n]+\s*/g, ' ')]]
  return Object.entries(value).flatMap(([inner, one]) => factsOf(`${name}.${inner}`, one))
}

/** Everything that is kept of somebody, in one document: JSON in any case. */
export async function exportUser(
  environment: Environment,
  who: string,
  { json = false }: Answering,
): Promise<ExitCode> {
  return remotely(async () => {
    const client = await connect(environment, { quiet: json, inPerson: true })
    const held = await client.users.export(await idOf(client, who))
    say(JSON.stringify(held, null, json ? 0 : 2))
    return exitCodes.ok
  })
}

export interface CreateOptions extends Answering {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly username?: string
  readonly role?: Role
  readonly status?: 'active' | 'inactive' | 'pending'
  readonly passwordStdin?: boolean
}

export async function createUser(environment: Environment, options: CreateOptions): Promise<ExitCode> {
  const { json = false, passwordStdin = false, ...values } = options
  return remotely(async () => {
    const client = await connect(environment, { quiet: json })
    const user = await client.users.create({ ...values, password: await newPassword(passwordStdin) })
    if (json) sayJson(user)
    else say(`${user.email} is ${user.status}, as ${user.role}: ${user.id}`)
    if (user.status === 'pending' && !json) complain('A link to prove their address is on its way to them.')
    return exitCodes.ok
  })
}

export interface UpdateOptions extends Answering {
  readonly email?: string
  readonly username?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly avatar?: string
  /** A JSON merge patch (RFC 7396). */
  readonly merge?: string
}

export async function updateUser(environment: Environment, who: string, options: UpdateOptions): Promise<ExitCode> {
  const { json = false, merge, ...values } = options
  const named = Object.entries(values).map(([name, value]) => [name, value === '' ? null : value])
  const changes: UserChanges = { ...(merge !== undefined && patchOf(merge)), ...Object.fromEntries(named) }
  if (Object.keys(changes).length === 0)
    throw new UsageError('Say what is to change: `roster help users update` lists the options.')
  return change(environment, who, json, (client, id) => client.users.update(id, changes), 'is changed')
}

function patchOf(text: string): UserChanges {
  try {
    const patch: unknown = JSON.parse(text)
    if (typeof patch === 'object' && patch !== null && !Array.isArray(patch)) return patch
  } catch {
    // Told below.
  }
  throw new UsageError('--merge takes a JSON object.')
}

export async function setRole(
  env: Environment,
  who: string,
  role: Role,
  { json = false }: Answering,
): Promise<ExitCode> {
  return change(env, who, json, (client, id) => client.users.update(id, { role }), `is ${role} now`)
}

export async function setStatus(
  environment: Environment,
  who: string,
  status: 'active' | 'inactive',
  { json = false }: Answering,
): Promise<ExitCode> {
  return change(environment, who, json, (client, id) => client.users.update(id, { status }), `is ${status} now`)
}

/** What was deleted has neither e-mail address nor username any more, so it goes by id. */
export async function restoreUser(
  environment: Environment,
  id: string,
  { json = false }: Answering,
): Promise<ExitCode> {
  if (!isId(id)) throw new UsageError('Restoring takes the id that `users delete` told: the names were given up.')
  return change(environment, id, json, (client) => client.users.restore(id), 'is back')
}

async function change(
  environment: Environment,
  who: string,
  json: boolean,
  work: (client: SUDIGITALClient, id: string) => PromiseLike<{ id: string; email: string | null }>,
  words: string,
): Promise<ExitCode> {
  return remotely(async () => {
    const client = await connect(environment, { quiet: json })
    const user = await work(client, await idOf(client, who))
    if (json) sayJson(user)
    else say(`${user.email ?? user.id} ${words}.`)
    return exitCodes.ok
  })
}

// ── what answers with something else than a person ────────────────────────────────────────────────────────────────────

interface SureOptions extends Answering {
  readonly yes?: boolean
}

export async function deleteUser(environment: Environment, who: string, options: SureOptions): Promise<ExitCode> {
  const question = `Delete ${who}? They cannot sign in any more, and can be restored for a while.`
  return act(environment, who, options, {
    question,
    work: (client, id) => client.users.delete(id),
    words: (id) => `Deleted. \`npx roster users restore ${id}\` takes it back, as long as they are kept.`,
  })
}

export async function eraseUser(environment: Environment, who: string, options: SureOptions): Promise<ExitCode> {
  return act(environment, who, options, {
    question: `Erase ${who}? Nothing that is kept of them stays, and nothing brings them back.`,
    inPerson: true,
    work: (client, id) => client.users.erase(id),
    words: (id) => `What was kept of ${id} is erased.`,
  })
}

export async function unlockUser(environment: Environment, who: string, options: Answering): Promise<ExitCode> {
  return act(environment, who, options, {
    work: (client, id) => client.users.unlock(id),
    words: (_, { wasLocked }) => (wasLocked ? 'They can try again to sign in.' : 'They were not locked.'),
  })
}

export async function setPassword(
  environment: Environment,
  who: string,
  { passwordStdin = false, ...options }: Answering & { passwordStdin?: boolean },
): Promise<ExitCode> {
  return act(environment, who, options, {
    inPerson: true,
    work: async (client, id) => client.users.setPassword(id, { newPassword: await newPassword(passwordStdin) }),
    words: () => 'They have a new password, and their sessions are over.',
  })
}

export async function resetPassword(environment: Environment, who: string, options: Answering): Promise<ExitCode> {
  return act(environment, who, options, {
    async work(client, id) {
      const { email } = await client.users.get(id, { fields: ['email'] })
      if (!email) throw new UsageError('They have no e-mail address that a link could go to.')
      return client.auth.forgotPassword({ email })
    },
    words: () => 'A link to choose a password is on its way to them, if they can sign in.',
  })
}

export async function verifyEmail(environment: Environment, who: string, options: Answering): Promise<ExitCode> {
  return act(environment, who, options, {
    work: (client, id) => client.users.sendVerification(id),
    words: () => 'A link to prove their address is on its way to them.',
  })
}

export async function signOut(
  environment: Environment,
  who: string,
  { session, ...options }: SureOptions & { session?: string },
): Promise<ExitCode> {
  return act(environment, who, options, {
    inPerson: true,
    work: async (client, id) =>
      session === undefined
        ? client.users.sessions.revokeAll(id)
        : client.users.sessions.revoke(id, session).then(() => ({ revoked: 1 })),
    words: (_, { revoked }) => `${counted(revoked)} ${revoked === 1 ? 'session is' : 'sessions are'} over.`,
  })
}

interface Act<Result extends object> {
  /** Asked before anything is done. */
  readonly question?: string
  readonly inPerson?: boolean
  work(client: SUDIGITALClient, id: string): PromiseLike<Result>
  words(id: string, result: Result): string
}

async function act<Result extends object>(
  environment: Environment,
  who: string,
  { json = false, yes = false }: SureOptions,
  { question, inPerson = false, work, words }: Act<Result>,
): Promise<ExitCode> {
  return remotely(async () => {
    const client = await connect(environment, { quiet: json, inPerson })
    const id = await idOf(client, who)
    if (question !== undefined && !yes) await confirm(question)
    const result = await work(client, id)
    if (json) sayJson({ id, ...result })
    else say(words(id, result))
    return exitCodes.ok
  })
}

// ── what belongs to a person ──────────────────────────────────────────────────────────────────────────────────────────

export async function listSessions(
  environment: Environment,
  who: string,
  { json = false }: Answering,
): Promise<ExitCode> {
  return remotely(async () => {
    const client = await connect(environment, { quiet: json, inPerson: true })
    await showList(client.users.sessions.all(await idOf(client, who)), sessionColumns, json)
    return exitCodes.ok
  })
}

const sessionColumns: readonly Column<Session>[] = [
  { title: 'ID', of: ({ id }) => id, least: 36 },
  { title: 'DEVICE', of: ({ device }) => device, least: 10 },
  { title: 'ADDRESS', of: ({ ip }) => ip, least: 15 },
  { title: 'LAST USED', of: ({ lastUsedAt }) => minuteOf(lastUsedAt), least: 16 },
  { title: 'SINCE', of: ({ createdAt }) => minuteOf(createdAt), least: 16 },
]

export async function listActivity(
  environment: Environment,
  who: string,
  { json = false, all = false, limit, type }: Answering & { all?: boolean; limit: number; type?: Activity['type'] },
): Promise<ExitCode> {
  const most = all ? Number.POSITIVE_INFINITY : limit
  return remotely(async () => {
    const client = await connect(environment, { quiet: json })
    const entries = client.users.activity.all(await idOf(client, who), {
      limit: Math.min(most, pageMax),
      ...(type && { type }),
    })
    await showList(first(entries, most), activityColumns, json)
    return exitCodes.ok
  })
}

const activityColumns: readonly Column<Activity>[] = [
  { title: 'WHEN', of: (entry) => minuteOf(entry.createdAt), least: 16 },
  { title: 'WHAT', of: ({ type }) => type, least: 10 },
  { title: 'IN WORDS', of: inWords, least: 10 },
  { title: 'ADDRESS', of: ({ metadata }) => metadata.ip, least: 15 },
]

/** Of what was changed to something else it is told from what to what. */
function inWords({ description, metadata: { from, to } }: Activity): string {
  return typeof from === 'string' && typeof to === 'string' ? `${description}: ${from} → ${to}` : description
}

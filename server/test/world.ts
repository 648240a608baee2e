import { openRoster, type Roster } from '../src/app/assemble.ts'
import type { OpenDirectory } from '../src/app/directory.ts'
import { openLog } from '../src/app/log.ts'
import type { Settings } from '../src/app/settings.ts'
import type { Passwords } from '../src/core/credentials/ports.ts'
import type { Core } from '../src/core/ports.ts'
import type { Session, SessionId } from '../src/core/sessions/session.ts'
import { signTokens } from '../src/core/sessions/sign-tokens.ts'
import type { UserId } from '../src/core/users/user.ts'
import { type CastName, cast, startedAtMs } from './cast.ts'
import { checkDescribed } from './described.ts'
import { type EngineName, openPlace, openSettledPlace, settingsFrom, settle } from './place.ts'

export interface WorldOptions {
  readonly engine?: EngineName
  /** Settings besides those that every world has. */
  readonly settings?: Readonly<Record<string, string>>
  /** A second node on the same database; PostgreSQL only. */
  readonly beside?: World
  /** The cast, unless the world is to begin as a development directory does. */
  readonly populate?: 'with the cast' | 'as in development' | 'with nobody'
  /** By default a world's clock stands still; `tick` moves it. */
  readonly realClock?: boolean
  /** By default a password is hashed, and held against a hash, once in each process of tests: most are about something else than how long that takes. */
  readonly hashing?: 'each time'
}

/** A running Roster with the cast in it, on loopback, with everything it keeps in a place of its own. */
export interface World extends AsyncDisposable {
  readonly engine: EngineName
  readonly url: string
  readonly roster: Roster
  readonly core: Core
  readonly directory: OpenDirectory
  readonly settings: Settings
  readonly environment: Readonly<Record<string, string>>
  /** Everything that was logged. */
  readonly logged: string[]
  tick(ms: number): void
  /** An access token of a member of the cast, who signs in once. */
  token(name: CastName): Promise<string>
  /** Every answer is held against the API description. */
  fetch(path: string, init?: RequestInit & { as?: CastName; json?: unknown }): Promise<Response>
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { engine = 'sqlite' } = options
  const place = await placeFor(engine, options)
  const environment = { PUBLIC_URL: 'http://127.0.0.1:0', ...place.environment, ...options.settings }
  const settings = settingsFrom({ ...environment, PORT: '0' })
  let tickedMs = 0
  const clock = () => (options.realClock ? Date.now() : startedAtMs) + tickedMs
  const logged: string[] = []
  const log = openLog(settings, { out: { write: (line: string) => logged.push(line) } })
  const roster = await openRoster(settings, { log, clock, ...place.populating })
  if (options.hashing !== 'each time') hashOnce(roster.directory.core)
  const url = `http://127.0.0.1:${roster.port}`
  const tokens = new Map<CastName, Promise<string>>()
  const token = (name: CastName) => {
    const known = tokens.get(name) ?? signInById(roster.directory.core, cast[name].user.id)
    tokens.set(name, known)
    return known
  }
  return {
    engine,
    url,
    roster,
    core: roster.directory.core,
    directory: roster.directory,
    settings,
    environment,
    logged,
    tick: (ms) => {
      tickedMs += ms
    },
    token,
    async fetch(path, { as, json, headers, ...init } = {}) {
      const sent = new Headers(headers)
      if (as !== undefined) sent.set('authorization', `Bearer ${await token(as)}`)
      if (json !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json')
      const body = json === undefined ? {} : { body: JSON.stringify(json) }
      const answer = await fetch(`${url}${path}`, { ...init, headers: sent, ...body })
      const { method = 'GET' } = init
      checkDescribed(settings, {
        method,
        path,
        sent: body.body ?? null,
        status: answer.status,
        headers: answer.headers,
        body: await answer.clone().text(),
      })
      return answer
    },
    async [Symbol.asyncDispose]() {
      await roster.close()
      await place.leave()
    },
  }
}

/** Where the directory is, and who is put into it. One that has a master key of its own, or comes to be now, is made for this world alone. */
async function placeFor(engine: EngineName, { beside, populate, realClock, settings }: WorldOptions) {
  const nobody = async () => {}
  if (beside !== undefined) return { environment: beside.environment, leave: nobody, populating: { populate: nobody } }
  if (populate === 'as in development') return { ...(await openPlace(engine)), populating: {} }
  if (populate === 'with nobody') return { ...(await openPlace(engine)), populating: { populate: nobody } }
  const isOfItsOwn = realClock === true || settings?.MASTER_KEY !== undefined
  if (isOfItsOwn) return { ...(await openPlace(engine)), populating: { populate: settle } }
  return { ...(await openSettledPlace(engine)), populating: { populate: nobody } }
}

/** A sign-in as the house has it, but for the password, which takes as long to verify as everything else together. Answers an access token. */
export async function signInById(core: Core, id: UserId): Promise<string> {
  const verifiedHash = await core.directory.credentials.passwordHash(id)
  if (verifiedHash === null) throw new Error(`${id} has no password`)
  const nowMs = core.clock()
  const refresh = core.tokens.newRefreshToken()
  const session: Session = {
    id: core.ids.next() as SessionId,
    userId: id,
    createdAtMs: nowMs,
    lastUsedAtMs: nowMs,
    expiresAtMs: nowMs + core.policy.refreshTokenTtlMs,
    endedAtMs: null,
    origin,
  }
  const actor = { kind: 'stranger', origin } as const
  const opened = await core.commit('sign-in', { actor, session, refreshTokenDigest: refresh.digest, verifiedHash })
  if (!opened.ok) throw new Error(`${id} could not sign in: ${opened.refusal.code}`)
  return (await signTokens(core, session, refresh.token)).accessToken
}

const hashes = new Map<string, ReturnType<Passwords['hash']>>()
const verdicts = new Map<string, ReturnType<Passwords['verify']>>()

function hashOnce(core: Core): void {
  const { passwords } = core
  Object.assign(core, {
    passwords: {
      ...passwords,
      hash: (password) => once(hashes, password, () => passwords.hash(password)),
      verify: (hash, password) => once(verdicts, `${hash}\n${password}`, () => passwords.verify(hash, password)),
    } satisfies Passwords,
  })
}

/** Remembers what succeeds. */
function once<T extends { readonly ok: boolean }>(
  known: Map<string, Promise<T>>,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  const before = known.get(key)
  if (before !== undefined) return before
  const found = find()
  known.set(key, found)
  const forget = () => known.delete(key)
  found.then(({ ok }) => ok || forget(), forget)
  return found
}

const origin = { ip: '127.0.0.1', userAgent: 'node' }

import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { tellOwner } from '../mail/tell-owner.ts'
import type { MemberReads } from '../organizations/ports.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { grantableBy, type Permission } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, inPerson, stillInPerson } from '../sessions/in-person.ts'
import { type Parsed, parseText } from '../users/text.ts'
import type { UserId } from '../users/user.ts'
import { parseInstant } from '../users/values.ts'
import type { ApiToken, ApiTokenId } from './api-token.ts'

export interface NewApiTokenValues {
  name: string
  permissions: readonly string[]
  /** So many days from now unless said. */
  expiresAt: string
}

const day = 24 * 3600 * 1000

type CommitRefusal = 'unauthenticated' | 'not_allowed' | 'too_many_api_tokens'

/** Makes a token that may do some of what its maker may, for a while. Its text is in this answer and nowhere else. */
export async function makeApiToken(
  core: Pick<Core, 'commit' | 'directory' | 'apiTokens' | 'clock' | 'ids'>,
  actor: Actor,
  form: Form<NewApiTokenValues>,
): Promise<Outcome<{ made: ApiToken; token: string }, 'not_in_person' | 'invalid' | CommitRefusal>> {
  const maker = inPerson(actor)
  if (maker === null) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  const { values } = form
  const nowMs = core.clock()
  reading.need('name', values.name)
  reading.need('permissions', values.permissions)
  const name = reading.read('name', values.name, parseName)
  const grantable = grantableBy(maker.actor.role, await administered(core.directory, maker.id))
  const permissions = reading.read('permissions', values.permissions, (sent) => parsePermissions(sent, grantable))
  const expiresAtMs = reading.read('expiresAt', values.expiresAt, (sent) => parseExpiry(sent, nowMs))
  if (reading.faults.length > 0 || name === undefined || permissions === undefined) return invalid(reading.faults)

  const { token, digest } = core.apiTokens.newToken()
  const made: ApiToken = {
    id: core.ids.next() as ApiTokenId,
    userId: maker.id,
    name,
    permissions,
    createdAtMs: nowMs,
    expiresAtMs: expiresAtMs ?? nowMs + limits.apiTokenDaysDefault * day,
    lastUsedAtMs: null,
  }
  const kept = await core.commit('make-api-token', { maker, made, digest })
  return kept.ok ? grant({ made, token }) : kept
}

/** Keeps the token unless its maker lost the session, or the right, in the meantime. Tokens that have expired make room for it. */
export async function commitMakeApiToken(
  transaction: Transaction,
  { maker, made, digest }: { maker: InPerson; made: ApiToken; digest: string },
): Promise<Outcome<null, CommitRefusal>> {
  const { store, nowMs } = transaction
  const stands = await stillInPerson(transaction, maker)
  if (!stands.ok) return stands
  const { user } = stands.value
  const grantable = grantableBy(user.role, await administered(store, user.id))
  const beyond = made.permissions.find((permission) => !grantable.includes(permission))
  if (beyond !== undefined) return refuse({ code: 'not_allowed', needs: beyond })
  await store.apiTokens.forgetExpired(user.id, nowMs)
  const max = limits.apiTokensPerUserMax
  if ((await store.apiTokens.count(user.id)) >= max) return refuse({ code: 'too_many_api_tokens', max })
  await store.apiTokens.add(made, digest)
  await record(transaction, maker.actor, user.id, 'token_created', { name: made.name })
  await tellOwner(transaction, user, { kind: 'api_token_made', ip: maker.actor.origin.ip })
  return grant(null)
}

/** An admin of an organization may lend what they may there. */
async function administered({ members }: { members: Pick<MemberReads, 'ofUser'> }, id: UserId) {
  const own = await members.ofUser(id)
  return own.some(({ role }) => role === 'admin') ? 'administers some' : 'none'
}

function parseName(sent: string): Parsed<string> {
  const text = parseText(sent, limits.apiTokenNameLengthMax)
  return 'value' in text && text.value === '' ? { flaw: { flaw: 'blank' } } : text
}

/** In the order in which contracts show them, each once; a token for nothing is a mistake. */
function parsePermissions(sent: readonly string[], grantable: readonly Permission[]): Parsed<readonly Permission[]> {
  if (sent.length === 0) return { flaw: { flaw: 'blank' } }
  const isKnown = sent.every((name) => grantable.some((permission) => permission === name))
  if (!isKnown) return { flaw: { flaw: 'not_one_of', values: grantable } }
  return { value: grantable.filter((permission) => sent.includes(permission)) }
}

function parseExpiry(sent: string, nowMs: number): Parsed<number> {
  const parsed = parseInstant(sent)
  if ('flaw' in parsed) return parsed
  const max = limits.apiTokenDaysMax
  const isWithin = parsed.value > nowMs && parsed.value <= nowMs + max * day
  return isWithin ? parsed : { flaw: { flaw: 'not_within_days', max } }
}

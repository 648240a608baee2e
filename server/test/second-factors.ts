import { generate } from 'otplib'
import { siteAt } from '../src/adapters/passkeys.ts'
import { addPasskey, offerPasskey } from '../src/core/factors/add-passkey.ts'
import { confirmTotp, enrolTotp } from '../src/core/factors/enrol-totp.ts'
import { form } from '../src/core/form.ts'
import { beginSignIn } from '../src/core/sessions/begin-sign-in.ts'
import type { AccessClaims } from '../src/core/sessions/session.ts'
import { type CastName, cast } from './cast.ts'
import { newSoftPasskey, type SoftPasskey } from './soft-passkey.ts'
import type { World } from './world.ts'

export interface SetUpApp {
  readonly id: string
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

/** The code that an app shows at this moment, or so many steps later. */
export function codeOf(world: World, secret: string, steps = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(world.core.clock() / 1000) + 30 * steps })
}

/** Sets up an authenticator app for a member of the cast, in their usual session; the clock goes on by a step, to a code that was not used yet. */
export async function setUpApp(world: World, name: CastName): Promise<SetUpApp> {
  const actor = await actorOf(world, name)
  const enrolled = await enrolTotp(world.core, actor, form({}))
  if (!enrolled.ok) throw new Error(`no app for ${name}: ${enrolled.refusal.code}`)
  const { factor, secret } = enrolled.value
  const confirmed = await confirmTotp(world.core, actor, form({ code: await codeOf(world, secret) }))
  if (!confirmed.ok) throw new Error(`no app for ${name}: ${confirmed.refusal.code}`)
  world.tick(30_000)
  return { id: factor.id, secret, recoveryCodes: confirmed.value.recoveryCodes ?? [] }
}

/** Gives a member of the cast a passkey without a device. */
export async function setUpPasskey(world: World, name: CastName): Promise<SoftPasskey & { readonly factorId: string }> {
  const actor = await actorOf(world, name)
  const offered = await offerPasskey(world.core, actor, form({}))
  if (!offered.ok) throw new Error(`no passkey for ${name}: ${offered.refusal.code}`)
  const passkey = newSoftPasskey(originOf(world))
  const added = await addPasskey(world.core, actor, form({ credential: passkey.create(offered.value) }))
  if (!added.ok) throw new Error(`no passkey for ${name}: ${added.refusal.code}`)
  return { ...passkey, factorId: added.value.factor.id }
}

/** Where browsers have to be for passkeys of this world. */
export function originOf({ roster }: World): string {
  return siteAt(roster.publicUrl).origin
}

/** A member of the cast in their usual session. */
export async function actorOf(world: World, name: CastName) {
  const { id, role } = cast[name].user
  const claims = (await world.directory.tokens.verify(
    await world.token(name),
    Math.floor(world.core.clock() / 1000),
  )) as AccessClaims
  const origin = { ip: '127.0.0.1', userAgent: 'node' }
  return { kind: 'user', id, role, means: { kind: 'session', sessionId: claims.sid }, origin } as const
}

/** A sign-in whose password was right, without the time that it takes to verify one. */
export async function halfSignIn(world: World, name: CastName): Promise<string> {
  const { id } = cast[name].user
  const verifiedHash = await world.core.directory.credentials.passwordHash(id)
  if (verifiedHash === null) throw new Error(`${name} has no password`)
  const begun = await beginSignIn(world.core, id, { verifiedHash, renewedHash: null })
  if (!begun.ok) throw new Error(`${name} did not get half-way: ${begun.refusal.code}`)
  return begun.value.id
}

export function finishByCode(world: World, challengeId: string, code: string): Promise<Response> {
  return world.fetch('/api/auth/mfa', { method: 'POST', json: { challengeId, code } })
}

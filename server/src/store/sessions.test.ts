import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast, startedAtMs } from '../../test/cast.ts'
import { engines, openStoreWorld } from '../../test/place.ts'
import { nowhere, system } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import type { Session, SessionId } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'

const { grace } = cast
const day = 24 * 3600 * 1000
const many = limits.sessionsForgottenAtOnce + 5

for (const engine of engines) {
  test(`${engine}: what is over is forgotten bit by bit, and a token of what stands ends its family as before`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const hash = (await core.directory.credentials.passwordHash(grace.user.id)) ?? ''
    const expired: SessionId[] = []
    for (let n = 0; n < many; n += 1) expired.push(await open(core, hash, { place: n, expiresAtMs: startedAtMs - day }))
    const justExpired = await open(core, hash, { place: 500, expiresAtMs: startedAtMs - day + 1 })
    const ended = await open(core, hash, { place: 501, expiresAtMs: startedAtMs + day })
    const standing = await open(core, hash, { place: 502, expiresAtMs: startedAtMs + day })
    await endAt(world, ended, startedAtMs - day)
    await core.commit('refresh-session', { digest: `first of ${standing}`, nextDigest: 'second', origin: nowhere })

    let turns = 0
    for (let forgotten = 1; forgotten > 0; turns += 1) {
      const done = await core.commit('forget-sessions', {})
      forgotten = done.ok ? done.value.forgotten : 0
    }

    assert.ok(turns > 2, 'not all at once')
    const { here } = world.engine
    const kept = await here.query(here.sql.selectFrom('sessions').select('id').orderBy('id'))
    assert.deepEqual(
      kept.map(({ id }) => id),
      [justExpired, standing],
    )
    const tokens = await here.query(here.sql.selectFrom('refresh_tokens').select('session_id').distinct())
    assert.equal(tokens.length, 2)
    assert.equal(await refreshWith(core, `first of ${expired[0]}`), 'session_over')
    assert.equal(await refreshWith(core, `first of ${standing}`), 'reused')
    assert.equal(await refreshWith(core, 'second'), 'session_over')
  })

  test(`${engine}: a use is noted of a session that stands, and never takes one back`, async () => {
    await using world = await openStoreWorld(engine)
    const { core } = world
    const hash = (await core.directory.credentials.passwordHash(grace.user.id)) ?? ''
    const id = await open(core, hash, { place: 1, expiresAtMs: startedAtMs + day })
    const note = (atMs: number, ip: string) =>
      world.engine.commit('note-session-use', { id, origin: { ip, userAgent: null } }, atMs)
    const shown = async () => {
      const question = { userId: grace.user.id, atMs: startedAtMs, offset: 0, limit: 10 }
      const { sessions } = await core.directory.sessions.page(question)
      return sessions.map(({ lastUsedAtMs, origin }) => [lastUsedAtMs - startedAtMs, origin.ip])
    }

    await note(startedAtMs + 2, '192.0.2.2')
    await note(startedAtMs + 1, '192.0.2.1')
    assert.deepEqual(await shown(), [[2, '192.0.2.2']])

    await core.commit('revoke-session', { actor: system, id: grace.user.id, sessionId: id })
    await note(startedAtMs + 3, '192.0.2.3')
    const { here } = world.engine
    const rows = await here.query(here.sql.selectFrom('sessions').select('last_used_at').where('id', '=', id))
    assert.deepEqual(rows, [{ last_used_at: startedAtMs + 2 }])
    assert.equal((await core.directory.standing(grace.user.id, id))?.stands, false)
  })
}

async function open(
  core: Core,
  verifiedHash: string,
  { place, expiresAtMs }: { place: number; expiresAtMs: number },
): Promise<SessionId> {
  const id = `01900000-0000-7000-8000-${place.toString(16).padStart(12, 'f')}` as SessionId
  const times = { createdAtMs: startedAtMs, lastUsedAtMs: startedAtMs, expiresAtMs, endedAtMs: null }
  const session: Session = { id, userId: grace.user.id as UserId, ...times, origin: nowhere }
  const question = { actor: system, session, refreshTokenDigest: `first of ${id}`, verifiedHash }
  assert.ok((await core.commit('sign-in', question)).ok)
  return id
}

/** As of a day ago: no clock stands still for that long. */
async function endAt({ engine }: Awaited<ReturnType<typeof openStoreWorld>>, sessionId: SessionId, atMs: number) {
  await engine.commit('revoke-session', { actor: system, id: grace.user.id, sessionId }, atMs)
}

async function refreshWith(core: Core, digest: string): Promise<string> {
  const done = await core.commit('refresh-session', { digest, nextDigest: `after ${digest}`, origin: nowhere })
  return done.ok ? done.value.kind : done.refusal.code
}

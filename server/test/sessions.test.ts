import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActivityType } from '../src/core/activity/activity.ts'
import { apiTokenOf } from './api-tokens.ts'
import { everythingSaid, logIn, type Pair, pairOf, refresh, withToken } from './attacks/doors.ts'
import { type CastName, cast } from './cast.ts'
import { impersonationOf } from './nodes.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const { id, email } = cast.grace.user
const unknown = '01900000-0000-7000-8000-0000000000ff'
const minute = 60_000
/** So that callers may say where they are. */
const settings = { TRUST_PROXY: '127.0.0.1', DEVELOPMENT_ON_NETWORK: 'yes' }

interface Row {
  readonly id: string
  readonly impersonator?: string
  readonly device: string | null
  readonly userAgent: string | null
  readonly ip: string | null
  readonly lastUsedAt: string
  readonly expiresAt: string
  readonly current: boolean
}

for (const engine of engines) {
  test(`${engine}: sessions are listed by their last use, which is noted once a minute, and told to nobody`, async () => {
    await using world = await openWorld({ engine, settings })
    const notes = countNotes(world)
    const phone = await signIn(world, { 'user-agent': 'Roster-App/1.0 (iPhone)', 'x-forwarded-for': '192.0.2.1' })
    world.tick(1_000)
    const desk = await signIn(world, { 'user-agent': 'curl/8.5.0', 'x-forwarded-for': '192.0.2.2' })
    assert.deepEqual(
      (await listAs(world, desk)).map(({ device, ip, current }) => [device, ip, current]),
      [
        ['curl', '192.0.2.2', true],
        ['Roster-App on iOS', '192.0.2.1', false],
      ],
    )

    world.tick(minute)
    const moved = { 'user-agent': 'Roster-App/1.1 (iPhone)', 'x-forwarded-for': '2001:db8::7' }
    let touched = 0
    world.directory.engine.onTouched(() => {
      touched += 1
    })
    await Promise.all(Array.from({ length: 30 }, () => me(world, phone, moved)))
    await notes.written()

    assert.equal(notes.count(), 1)
    assert.equal(touched, 0)
    assert.deepEqual(
      (await listAs(world, phone, moved)).map(({ device, ip, lastUsedAt, current }) => [
        device,
        ip,
        lastUsedAt,
        current,
      ]),
      [
        ['Roster-App on iOS', '2001:db8::7', '2026-01-05T09:01:01.000Z', true],
        ['curl', '192.0.2.2', '2026-01-05T09:00:01.000Z', false],
      ],
    )
    world.tick(10_000)
    assert.equal((await refresh(world, desk.refreshToken)).status, 200)
    const [newest] = await listAs(world, phone)
    assert.deepEqual([newest?.userAgent, newest?.lastUsedAt], ['node', '2026-01-05T09:01:11.000Z'])
  })

  test(`${engine}: a session ends by itself, with the others, or with all but the one that asks`, async () => {
    await using world = await openWorld({ engine, settings })
    const [own, one, two, three] = [await signIn(world), await signIn(world), await signIn(world), await signIn(world)]
    const stand = async () => Promise.all([own, one, two, three].map(async (pair) => (await me(world, pair)) === 200))

    const ended = await Promise.all(Array.from({ length: 20 }, () => revoke(world, `me/sessions/${sidIn(one)}`, own)))
    assert.deepEqual(ended.map(({ status }) => status).sort(), [200, ...new Array(19).fill(404)])
    assert.deepEqual(await stand(), [true, false, true, true])
    assert.equal((await refresh(world, one.refreshToken)).status, 401)

    assert.equal((await asAdmin(world, `${id.toUpperCase()}/sessions/${sidIn(two).toUpperCase()}`)).status, 200)
    assert.deepEqual(await stand(), [true, false, false, true])

    const others = await revoke(world, `me/sessions?keep=current`, own)
    assert.deepEqual([others.status, ((await others.json()) as { revoked: number }).revoked], [200, 1])
    assert.deepEqual(await stand(), [true, false, false, false])
    assert.equal((await refresh(world, three.refreshToken)).status, 401)

    assert.equal((await revoke(world, `${id}/sessions`, own)).status, 200)
    assert.deepEqual(await stand(), [false, false, false, false])
    assert.equal((await asAdmin(world, `${id}/sessions`)).status, 200, 'though none was left')
    assert.deepEqual(await revocationsOf(world, id), [id, cast.ada.user.id, id, id])
  })

  test(`${engine}: a session that nobody can prolong is over with its access token`, async () => {
    await using world = await openWorld({ engine, settings })
    const own = await signIn(world)
    const json = { email, password: cast.grace.password }
    const answer = await world.fetch('/service-module/api/auth/token', { method: 'POST', json })
    const brief = (await answer.json()) as { accessToken: string; expiresIn: number }

    const standing = await listAs(world, own)
    assert.deepEqual(
      standing.find((session) => session.id === sidIn(brief))?.expiresAt,
      new Date(world.core.clock() + brief.expiresIn * 1000).toISOString(),
    )
    world.tick(brief.expiresIn * 1000)
    const later = await listAs(world, await pairOf(await refresh(world, own.refreshToken)))
    assert.deepEqual(
      later.map((session) => session.id),
      [sidIn(own)],
    )
  })

  test(`${engine}: nobody but an admin sees or ends the sessions of others, and each only among those of its user`, async () => {
    await using world = await openWorld({ engine, settings })
    const pair = await signIn(world)
    const sid = sidIn(pair)
    const admins = sidIn({ accessToken: await world.token('ada') })

    for (const as of ['linus', 'grace'] as const) {
      const of = as === 'linus' ? [id, cast.ada.user.id, unknown] : [cast.linus.user.id, cast.ada.user.id, unknown]
      for (const [method, below] of [
        ['GET', ''],
        ['DELETE', ''],
        ['DELETE', `/${sid}`],
        ['DELETE', `/${admins}`],
        ['DELETE', `/${unknown}`],
      ] as const) {
        const told = new Set<string>()
        for (const user of of) told.add(await said(world, method, `${user}/sessions${below}`, as))
        assert.equal(told.size, 1, [...told].join('\n'))
        assert.match([...told][0] ?? '', /^403\n/)
      }
    }
    const notFound = new Set<string>()
    for (const [user, session, as] of [
      ['me', sid, 'linus'],
      [cast.linus.user.id, sid, 'linus'],
      [cast.linus.user.id, sid, 'ada'],
      [cast.ada.user.id, sid, 'ada'],
      [id, admins, 'ada'],
      [id, unknown, 'ada'],
      ['me', admins, 'grace'],
    ] as const) {
      notFound.add(await said(world, 'DELETE', `${user}/sessions/${session}`, as))
    }
    assert.equal(notFound.size, 1, [...notFound].join('\n'))
    assert.match([...notFound][0] ?? '', /^404\n.*SESSION_NOT_FOUND/s)
    assert.match(await said(world, 'DELETE', `${unknown}/sessions/${sid}`, 'ada'), /USER_NOT_FOUND/)

    const script = withToken((await apiTokenOf(world, 'grace', ['users:read', 'users:update'])).token)
    assert.equal((await world.fetch(`/api/users/${id}/sessions`, script)).status, 200)
    for (const path of ['me/sessions', `${id}/sessions`, `me/sessions/${sid}`, `${id}/sessions/${sid}`]) {
      assert.equal((await world.fetch(`/api/users/${path}`, { method: 'DELETE', ...script })).status, 403, path)
    }
    assert.equal(await me(world, pair), 200)
    assert.equal((await world.fetch('/api/users/me', { as: 'ada' })).status, 200)
    world.tick(world.core.policy.refreshTokenTtlMs)
    const { sessions } = await world.core.directory.sessions.page({
      userId: id,
      atMs: world.core.clock(),
      offset: 0,
      limit: 10,
    })
    assert.deepEqual(sessions, [], 'none that is over is shown')
  })

  test(`${engine}: a session in somebody's stead names who has it, is theirs to end, and ends none`, async () => {
    await using world = await openWorld({ engine, settings })
    const pair = await signIn(world)
    const played = { ...pair, accessToken: await impersonationOf(world, await world.token('ada'), id) }
    const seenBy = async (accessToken: string) => {
      const answer = await world.fetch(`/api/users/${id}/sessions`, withToken(accessToken))
      const { data } = (await answer.json()) as { data: Row[] }
      return data.map(({ impersonator, ip, current }) => [impersonator ?? 'themselves', ip, current].join(' ')).sort()
    }

    assert.deepEqual(await seenBy(pair.accessToken), [`${cast.ada.user.id}  false`, 'themselves 127.0.0.1 true'])
    assert.deepEqual(await seenBy(played.accessToken), [`${cast.ada.user.id}  true`, 'themselves 127.0.0.1 false'])
    assert.deepEqual(await seenBy(await world.token('ada')), [
      `${cast.ada.user.id} 127.0.0.1 false`,
      'themselves 127.0.0.1 false',
    ])
    assert.equal((await revoke(world, `me/sessions/${sidIn(pair)}`, played)).status, 403)
    assert.equal((await revoke(world, 'me/sessions', played)).status, 403)
    assert.equal((await revoke(world, `me/sessions/${sidIn(played)}`, pair)).status, 200)
    assert.equal(await me(world, played), 401)
    assert.equal(await me(world, pair), 200)
  })
}

async function signIn(world: World, headers: Record<string, string> = {}): Promise<Pair> {
  return pairOf(await logIn(world, { email, password: cast.grace.password }, headers))
}

async function listAs(world: World, { accessToken }: Pair, headers = {}): Promise<readonly Row[]> {
  const own = { headers: { ...headers, ...withToken(accessToken).headers } }
  const answer = await world.fetch('/api/users/me/sessions', own)
  assert.equal(answer.status, 200)
  return ((await answer.json()) as { data: Row[] }).data
}

async function me(world: World, { accessToken }: Pair, headers = {}): Promise<number> {
  const answer = await world.fetch('/api/users/me', { headers: { ...headers, ...withToken(accessToken).headers } })
  await answer.text()
  return answer.status
}

function revoke(world: World, path: string, { accessToken }: Pair): Promise<Response> {
  return world.fetch(`/api/users/${path}`, { method: 'DELETE', ...withToken(accessToken) })
}

function asAdmin(world: World, path: string): Promise<Response> {
  return world.fetch(`/api/users/${path}`, { method: 'DELETE', as: 'ada' })
}

async function said(world: World, method: string, path: string, as: CastName): Promise<string> {
  return everythingSaid(await world.fetch(`/api/users/${path}`, { method, as }))
}

function sidIn({ accessToken }: Pick<Pair, 'accessToken'>): string {
  return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).sid
}

/** Who ended sessions, one entry after the other. */
async function revocationsOf({ core }: World, userId: typeof id): Promise<(string | null)[]> {
  const type: ActivityType = 'session_revoked'
  const { entries } = await core.directory.activity.page({
    userId,
    type,
    fromMs: null,
    toMs: null,
    offset: 0,
    limit: 100,
  })
  return entries.toReversed().map(({ detail }) => detail.actor)
}

/** How often a use was written down, and when all that were begun are. */
function countNotes({ core }: World): { count: () => number; written: () => Promise<void> } {
  const { commit } = core
  const notes: Promise<unknown>[] = []
  const counting: typeof commit = (name, input, part) => {
    const done = commit(name, input, part)
    if (name === 'note-session-use') notes.push(done)
    return done
  }
  Object.assign(core, { commit: counting })
  return {
    count: () => notes.length,
    async written() {
      await Promise.all(notes)
    },
  }
}

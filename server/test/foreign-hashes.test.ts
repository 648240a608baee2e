import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnHash } from '../src/adapters/password-hash.ts'
import { system } from '../src/core/actor.ts'
import { refuse } from '../src/core/outcome.ts'
import type { SessionId } from '../src/core/sessions/session.ts'
import { signTokens } from '../src/core/sessions/sign-tokens.ts'
import { importUsers } from '../src/core/users/import-users.ts'
import type { UserId } from '../src/core/users/user.ts'
import { logIn, withToken } from './attacks/doors.ts'
import { cast } from './cast.ts'
import { entryOf } from './entries.ts'
import { vectors } from './foreign-hashes.ts'
import { engines } from './place.ts'
import { codeOf, finishByCode, setUpApp } from './second-factors.ts'
import { until } from './timing.ts'
import { openWorld, type World } from './world.ts'

/** One of each form, of those that were published. */
const forms = {
  bcrypt: vectors['PHP manual, password_verify'][0],
  argon2i: vectors['Django, tests/auth_tests/test_hashers.py, argon2'][0],
  argon2id: vectors['phc-winner-argon2, src/test.c'][1],
  scrypt: vectors['RFC 7914, section 12'][0],
  firebase: vectors['github.com/firebase/scrypt, README'][0],
  pbkdf2: vectors['passlib, test_handlers_pbkdf2'][1],
  django: vectors['Django, tests/auth_tests/test_hashers.py, pbkdf2'][0],
  keycloak: vectors['dev.to/oskarspakers, a user for Keycloak'][0],
  phpass: vectors['John the Ripper 1.7.9, phpass'][2],
  ssha: vectors['passlib, SSHA'][0],
} as const

for (const engine of engines) {
  test(`${engine}: whoever brought a hash along signs in with their password, and is kept by a hash of ours from then on`, async () => {
    await using world = await openWorld({ engine })
    const some = engine === 'sqlite' ? Object.entries(forms) : [['bcrypt', forms.bcrypt] as const]
    for (const [name, [password, hash]] of some) {
      const email = `${name}@example.org`
      const id = await bring(world, email, hash)
      const session = await openSession(world, id)

      assert.equal((await logIn(world, { email, password: `x${password}` })).status, 401, name)
      assert.equal(await keptHash(world, id), hash, name)
      assert.equal((await logIn(world, { email, password })).status, 200, name)

      assert.ok(isOwnHash(await keptHash(world, id)), name)
      assert.equal((await logIn(world, { email, password })).status, 200, name)
      assert.equal((await logIn(world, { email, password: `x${password}` })).status, 401, name)
      const me = await world.fetch('/api/users/me', withToken(session))
      assert.equal(me.status, 200, 'no session ended')
      assert.match(me.headers.get('etag') ?? '', /^"1-/)
    }
    const expected = ['created', 'login', 'login', 'login', 'login_failed', 'login_failed']
    let done: string[] = []
    await until(async () => {
      done = await activityOf(world, 'bcrypt@example.org')
      return done.length >= expected.length
    })
    assert.deepEqual(done.toSorted(), expected)
  })

  test(`${engine}: a password that is changed at the moment of a sign-in stays changed`, async () => {
    await using world = await openWorld({ engine })
    const [password, hash] = forms.ssha
    const id = await bring(world, 'grete@example.org', hash)
    const changed = await world.core.passwords.hash('Kohlenstoff-14-C')
    assert.ok(changed.ok)
    const { passwords } = world.core
    const change = { actor: system, id, passwordHash: changed.value }
    Object.assign(world.core, {
      passwords: {
        ...passwords,
        hash: async (of: string) => {
          const made = await passwords.hash(of)
          await world.core.commit('set-password', change)
          return made
        },
      },
    })

    const late = await logIn(world, { email: 'grete@example.org', password })

    assert.equal(late.status, 401)
    assert.equal(await keptHash(world, id), changed.value)
    const current = await logIn(world, { email: 'grete@example.org', password: 'Kohlenstoff-14-C' })
    assert.equal(current.status, 200)
  })

  test(`${engine}: of several who sign in at once with a hash from elsewhere all get in`, async () => {
    await using world = await openWorld({ engine })
    const [password, hash] = forms.pbkdf2
    const id = await bring(world, 'otto@example.org', hash)

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => logIn(world, { email: 'otto@example.org', password })),
    )

    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
    assert.ok(isOwnHash(await keptHash(world, id)))
  })
}

test('whoever has a second factor finishes the sign-in in which their hash from elsewhere was replaced', async () => {
  await using world = await openWorld()
  const { id, email } = cast.grace.user
  const [password, hash] = forms.ssha
  await world.core.commit('set-password', { actor: system, id, passwordHash: hash })
  const { secret } = await setUpApp(world, 'grace')

  const begun = await logIn(world, { email, password })
  const { data } = (await begun.json()) as { data: { challenge: { id: string } } }

  assert.ok(isOwnHash(await keptHash(world, id)))
  assert.equal((await finishByCode(world, data.challenge.id, await codeOf(world, secret))).status, 200)
})

test('every door that takes a password takes that of a hash from elsewhere', async () => {
  await using world = await openWorld()
  const [password, hash] = forms.bcrypt
  const post = (path: string, json: object) => world.fetch(path, { method: 'POST', json })
  const doors: Record<string, (email: string, id: UserId) => Promise<Response>> = {
    house: (email) => logIn(world, { username: email, password }),
    'service-module': (email) => post('/service-module/api/auth/token', { email, password }),
    racknap: (email) => post('/racknap/api/auth/login', { email, password }),
    'redirect-manager': (email) => post('/redirect-manager/auth/login', { username: email, password }),
    'own password': async (_, id) =>
      world.fetch('/api/users/me/password', {
        method: 'PUT',
        json: { currentPassword: password, newPassword: 'Kohlenstoff-14-C' },
        ...withToken(await openSession(world, id)),
      }),
  }

  for (const [name, door] of Object.entries(doors)) {
    const email = `${name.replace(' ', '-')}@example.org`
    const id = await bring(world, email, hash)
    assert.equal((await door(email, id)).status, 200, name)
    assert.ok(isOwnHash(await keptHash(world, id)), name)
  }
})

test('a password that bcrypt had cut counts as a whole from the first sign-in on', async () => {
  await using world = await openWorld()
  const [long, hash] = vectors['crypt_blowfish 1.3, wrapper.c'][3]
  await bring(world, 'lang@example.org', hash)
  const door = (password: string) => logIn(world, { email: 'lang@example.org', password })
  const typed = `${long.slice(0, 72)}, and what somebody typed`

  assert.equal((await door(typed)).status, 200)

  assert.equal((await door(typed)).status, 200)
  assert.equal((await door(long)).status, 401)
})

test('where there is no room to hash, whoever knows the password gets in, and their hash stays what it was', async () => {
  await using world = await openWorld()
  const [password, hash] = forms.ssha
  const id = await bring(world, 'eng@example.org', hash)
  const { passwords } = world.core
  const full = async () => refuse({ code: 'busy', retryAfterSeconds: 1 })
  Object.assign(world.core, { passwords: { ...passwords, hash: full } })

  assert.equal((await logIn(world, { email: 'eng@example.org', password })).status, 200)

  assert.equal(await keptHash(world, id), hash)
})

async function bring({ core }: World, email: string, passwordHash: string): Promise<UserId> {
  const brought = await importUsers(core, system, [entryOf({ email, passwordHash })])
  assert.deepEqual(brought, { ok: true, value: { added: 1, mailed: 0, organizations: 0, refused: [] } })
  const user = await core.directory.users.byClaim('email', email)
  assert.ok(user)
  return user.id
}

async function keptHash({ core }: World, id: UserId): Promise<string> {
  return (await core.directory.credentials.passwordHash(id)) ?? ''
}

/** An access token from before the password was ever asked for. */
async function openSession({ core }: World, userId: UserId): Promise<string> {
  const verifiedHash = (await core.directory.credentials.passwordHash(userId)) ?? ''
  const nowMs = core.clock()
  const id = core.ids.next() as SessionId
  const origin = { ip: null, userAgent: null }
  const times = { createdAtMs: nowMs, lastUsedAtMs: nowMs, expiresAtMs: nowMs + 60_000, endedAtMs: null }
  const session = { id, userId, origin, ...times }
  const opened = await core.commit('sign-in', { actor: system, session, refreshTokenDigest: id, verifiedHash })
  assert.ok(opened.ok)
  return (await signTokens(core, session, id)).accessToken
}

async function activityOf({ core }: World, email: string): Promise<string[]> {
  const user = await core.directory.users.byClaim('email', email)
  assert.ok(user)
  const question = { userId: user.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 50 }
  const { entries } = await core.directory.activity.page(question)
  return entries.map(({ type }) => type)
}

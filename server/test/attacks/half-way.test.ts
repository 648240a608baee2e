import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { engines } from '../place.ts'
import { msOf, takes, until } from '../timing.ts'
import { openWorld, type World } from '../world.ts'
import { logIn, type Pair, pairOf, refresh, withToken } from './doors.ts'

const { id, email } = cast.grace.user
const { password } = cast.grace
const next = 'Another-Secret-1955!'

/** What somebody can lose while their password is being looked at. */
const losses: { does: string; lose: (world: World, pair: Pair) => Promise<Response> }[] = [
  { does: 'deactivated', lose: (world) => change(world, { status: 'inactive' }) },
  { does: 'deleted', lose: (world) => world.fetch(`/api/users/${id}`, { method: 'DELETE', as: 'ada' }) },
  {
    does: 'deactivated and activated again',
    lose: async (world) => {
      await change(world, { status: 'inactive' })
      return change(world, { status: 'active' })
    },
  },
  {
    does: 'signed out',
    lose: (world, { accessToken }) => world.fetch('/api/auth/logout', { method: 'POST', ...withToken(accessToken) }),
  },
]

for (const engine of engines) {
  for (const { does, lose } of losses) {
    test(`${engine}: who is ${does} while their password is looked at does not change it any more`, {
      timeout: 30_000,
    }, async () => {
      await using world = await openWorld({ engine })
      await world.token('ada')
      const pair = await pairOf(await logIn(world, { email, password }))
      const before = await world.core.directory.credentials.passwordHash(id)
      const gate = holdLooks(world)

      const changing = changePassword(world, pair)
      await gate.reached
      assert.ok((await lose(world, pair)).ok)
      gate.open()

      assert.equal((await changing).status, 401)
      assert.equal(await world.core.directory.credentials.passwordHash(id), before)
    })
  }

  test(`${engine}: who is deactivated or changes their password meanwhile is not signed in by the old one`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine })
    await world.token('ada')
    const pair = await pairOf(await logIn(world, { email, password }))
    const ways: [() => Promise<Response>, number][] = [
      [() => change(world, { status: 'inactive' }), 403],
      [() => changePassword(world, pair), 401],
      [() => world.fetch(`/api/users/${id}`, { method: 'DELETE', as: 'ada' }), 401],
    ]

    for (const [lose, told] of ways) {
      const gate = holdLooks(world, 1)
      const signingIn = logIn(world, { email, password })
      await gate.reached
      assert.ok((await lose()).ok)
      gate.open()

      assert.equal((await signingIn).status, told)
      if (told === 403) await change(world, { status: 'active' })
      if (told === 403) Object.assign(pair, await pairOf(await logIn(world, { email, password })))
    }
  })

  test(`${engine}: of many who change one password at once one is served, and the others' sessions end`, async () => {
    await using world = await openWorld({ engine, settings: { GUESSES_PER_ACCOUNT: '100' } })
    const pairs = await Promise.all(
      Array.from({ length: 5 }, async () => pairOf(await logIn(world, { email, password }))),
    )

    const answers = await Promise.all(pairs.map((pair, n) => changePassword(world, pair, `${next}${n}`)))

    const served = answers.findIndex(({ status }) => status === 200)
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const [n, pair] of pairs.entries()) {
      const { status } = await world.fetch('/api/users/me', withToken(pair.accessToken))
      assert.equal(status, n === served ? 200 : 401)
    }
    assert.equal((await logIn(world, { email, password: `${next}${served}` })).status, 200)
    assert.equal((await logIn(world, { email, password })).status, 401)
  })

  /** Where the two held the session and the user in different orders, the database had to break them apart, mostly for the worse. */
  test(`${engine}: refreshing without end keeps no deactivation from getting through`, {
    timeout: 30_000,
  }, async () => {
    await using world = await openWorld({ engine })
    await world.token('ada')

    await takes({ msMax: 900 }, async () => {
      await change(world, { status: 'active' })
      const pairs = await Promise.all(
        Array.from({ length: 8 }, async () => pairOf(await logIn(world, { email, password }))),
      )
      let refreshed = 0
      const loops = pairs.map(async (pair) => {
        let { refreshToken } = pair
        for (;;) {
          const answer = await refresh(world, refreshToken)
          if (answer.status !== 200) return answer.status
          refreshToken = (await pairOf(answer)).refreshToken
          refreshed += 1
        }
      })
      await until(() => refreshed > pairs.length)

      const tookMs = await msOf(async () => {
        assert.equal((await change(world, { status: 'inactive' })).status, 200)
      })

      assert.deepEqual(new Set(await Promise.all(loops)), new Set([401]))
      return tookMs
    })
  })
}

/** Passwords are looked at, and then their verdict is held back until the gate opens; `only` so many. */
function holdLooks({ core }: World, only = Number.POSITIVE_INFINITY): { reached: Promise<void>; open: () => void } {
  const { passwords } = core
  const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let held = 0
  const verify: typeof passwords.verify = async (hash, typed) => {
    const verdict = await passwords.verify(hash, typed)
    held += 1
    if (held > only) return verdict
    reached.resolve()
    await gate.promise
    return verdict
  }
  Object.assign(core, { passwords: { ...passwords, verify } })
  return {
    reached: reached.promise,
    open() {
      Object.assign(core, { passwords })
      gate.resolve()
    },
  }
}

function change(world: World, json: object): Promise<Response> {
  return world.fetch(`/api/users/${id}`, { method: 'PUT', as: 'ada', json })
}

function changePassword(world: World, { accessToken }: Pair, newPassword = next): Promise<Response> {
  return world.fetch('/api/users/me/password', {
    method: 'PUT',
    json: { currentPassword: password, newPassword },
    ...withToken(accessToken),
  })
}

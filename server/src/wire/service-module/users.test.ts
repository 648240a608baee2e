import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../../test/cast.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'

const mount = '/service-module/api'
const samples = ['testpassword', 'userspassword', 'newpassword']

for (const engine of engines) {
  test(`${engine}: a new password ends all sessions of the user, whoever sets it and wherever they began`, async () => {
    await using world = await openWorld({ engine })
    const sessions = [await logIn(world, 'grace'), await logIn(world, 'grace'), await logIn(world, 'ada')]
    const stands = async () => Promise.all(sessions.map(({ accessToken }) => me(world, accessToken)))
    assert.deepEqual(await stands(), [200, 200, 200])

    assert.equal(await setPassword(world, 'grace', 'gracespassword'), 204)
    assert.deepEqual(await stands(), [401, 401, 200])
    assert.equal(await setPassword(world, 'ada', 'adasownpassword'), 204)

    assert.deepEqual(await stands(), [401, 401, 401])
    for (const { refreshToken } of sessions) {
      const refreshed = await world.fetch('/api/auth/refresh', { method: 'POST', json: { refreshToken } })
      assert.equal(refreshed.status, 401)
    }
  })

  test(`${engine}: of many who create one e-mail at once, in whatever case, one does`, async () => {
    await using world = await openWorld({ engine })
    const spellings = ['new@example.com', 'New@example.com', 'NEW@EXAMPLE.COM', 'new@Example.Com', ' new@example.com']

    const answers = await Promise.all(spellings.map((email) => create(world, email)))

    assert.deepEqual(answers.sort(), [201, 409, 409, 409, 409])
  })

  test(`${engine}: of the last two admins, who are demoted, deactivated and deleted at once, one stays`, async () => {
    await using world = await openWorld({ engine })
    const oustings = [
      { method: 'PUT', json: { type: 'User' } },
      { method: 'PUT', json: { status: 'Inactive' } },
      { method: 'DELETE' },
      { method: 'PUT', json: { type: 'User', status: 'Inactive' } },
    ]
    await world.token('ada')
    await world.token('grace')
    await world.fetch(`${mount}/users/grace@example.com`, { method: 'PUT', as: 'ada', json: { type: 'Admin' } })

    const statuses = await Promise.all(
      oustings.flatMap((ousting) => [
        world.fetch(`${mount}/users/grace@example.com`, { as: 'ada', ...ousting }),
        world.fetch(`${mount}/users/ada@example.com`, { as: 'grace', ...ousting }),
      ]),
    ).then((answers) => answers.map(({ status }) => status))

    assert.equal(await world.core.directory.users.activeAdmins(), 1)
    for (const status of statuses) assert.ok([204, 401, 403, 404, 409].includes(status), statuses.join())
  })
}

test('the document’s passwords pass, unless the floor of the house holds everywhere: then the stricter of both rules', async () => {
  await using world = await openWorld()
  await using floored = await openWorld({ settings: { PASSWORD_FLOOR: 'house' } })

  for (const [place, password] of samples.entries()) {
    assert.equal(await create(world, `sample${place}@example.com`, password), 201, password)
    assert.equal(await create(floored, `sample${place}@example.com`, password), 400, password)
  }
  assert.equal(await create(floored, 'good@example.com', 'Correct-Horse-9'), 201)
  const json = { newPassword: 'Short-1!x' }
  const short = await floored.fetch(`${mount}/users/grace@example.com`, { method: 'PATCH', as: 'ada', json })
  assert.deepEqual(await errors(short), [
    "The length of 'Password' must be at least 10 characters. You entered 9 characters.",
  ])
  const common = { newPassword: 'password12' }
  const weak = await floored.fetch(`${mount}/users/grace@example.com`, { method: 'PATCH', as: 'ada', json: common })
  assert.deepEqual(await errors(weak), [
    "'Password' must contain an upper-case letter, contain a symbol, not be a common password.",
  ])
})

test('passwords cannot be guessed here, nor here and at the house in turn', async () => {
  await using world = await openWorld({ settings: { GUESSES_PER_ACCOUNT: '4' } })
  const { email, password } = { email: cast.grace.user.email, password: cast.grace.password }
  const doors = [`${mount}/auth/token`, '/api/auth/login']
  for (let n = 0; n < 4; n += 1) {
    const json = { email: n < 2 ? email : email?.toUpperCase(), password: `wrong-password-${n}` }
    assert.equal((await world.fetch(doors[n % 2] ?? '', { method: 'POST', json })).status, 401)
  }

  const [here, there] = [
    await world.fetch(`${mount}/auth/token`, { method: 'POST', json: { email, password } }),
    await world.fetch('/api/auth/login', { method: 'POST', json: { email, password } }),
  ]

  assert.deepEqual([here.status, await here.text(), there.status], [429, '', 429])
  const seconds = Number(here.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 900, `Retry-After: ${seconds}`)
})

test('SERVICE_MODULE=false takes the contract away, whatever its mount', async () => {
  const settings = { SERVICE_MODULE: 'false', MOUNTS: 'service-module=/people' }
  await using without = await openWorld({ settings })
  await using moved = await openWorld({ settings: { MOUNTS: 'service-module=/people' } })
  const ask = async (world: World, at: string) => {
    const answer = await world.fetch(`${at}/api/users/linus@example.com`, { method: 'DELETE', as: 'ada' })
    return answer.status
  }

  assert.deepEqual([await ask(without, '/people'), await ask(without, '/service-module')], [404, 404])
  assert.deepEqual([await ask(moved, '/service-module'), await ask(moved, '/people')], [404, 204])
})

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
}

async function create(world: World, email: string, password = 'userspassword'): Promise<number> {
  return (await world.fetch(`${mount}/users`, { method: 'POST', as: 'ada', json: { email, password } })).status
}

async function setPassword(world: World, name: 'ada' | 'grace', newPassword: string): Promise<number> {
  const path = `${mount}/users/${cast[name].user.email}`
  return (await world.fetch(path, { method: 'PATCH', as: 'ada', json: { newPassword } })).status
}

async function logIn(world: World, name: 'ada' | 'grace'): Promise<Tokens> {
  const json = { email: cast[name].user.email, password: cast[name].password }
  const answer = await world.fetch('/api/auth/login', { method: 'POST', json })
  return ((await answer.json()) as { data: Tokens }).data
}

async function me(world: World, token: string): Promise<number> {
  return (await world.fetch('/api/users/me', { headers: { authorization: `Bearer ${token}` } })).status
}

async function errors(answer: Response): Promise<readonly string[]> {
  return ((await answer.json()) as { errors: string[] }).errors
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/postgres.ts'
import { openHouse, signIn } from './testing/house.ts'

const ada = { email: 'ada@example.com', password: 'Analytical-Engine-1843!' }
const words = ['create-admin', '--email', ada.email, '--password-stdin']

test('an admin added beside a running server can sign in to it at once', async () => {
  await using house = await openHouse()
  const server = await house.serve()

  const { code, out, errors } = await house.run([...words, '--first-name', 'Augusta'], { input: `${ada.password}\n` })

  assert.deepEqual(
    { code, out, errors },
    { code: 0, out: 'ada@example.com is an admin and can sign in.\n', errors: '' },
  )
  const answer = await fetch(`${server.url}/api/users/me`, { headers: await signIn(server, ada) })
  const { data } = (await answer.json()) as { data: Record<string, unknown> }
  assert.partialDeepStrictEqual(data, { email: ada.email, role: 'admin', status: 'active', firstName: 'Augusta' })
})

test('an admin added to PostgreSQL beside a running node can sign in to it at once', async () => {
  await using database = await freshDatabase()
  await using house = await openHouse({ DATABASE_URL: database.url })
  const server = await house.serve()

  const { code } = await house.run(words, { input: ada.password })

  assert.equal(code, 0)
  const answer = await fetch(`${server.url}/api/users/me`, { headers: await signIn(server, ada) })
  assert.equal(answer.status, 200)
})

test('an admin can be added where no server has ever run', async () => {
  await using house = await openHouse()

  const { code, out } = await house.run([...words, '--json'], { input: ada.password })

  assert.equal(code, 0)
  assert.partialDeepStrictEqual(JSON.parse(out), { email: ada.email, role: 'admin' })
  const server = await house.serve()
  assert.ok(await signIn(server, ada))
})

test('everything that is wrong with a new admin is told at once, in words that repeat nothing', async () => {
  await using house = await openHouse()
  const email = ['create-admin', '--password-stdin', '--email']

  for (const [address, password, told] of [
    [
      'ada@@example',
      'short',
      ['The e-mail address is not a valid one.', 'The password is too short: 5 characters, where 8 are the least.'],
    ],
    [
      'lovelace@example.com',
      'lovelace-1815',
      ['The password is too weak: it has no upper-case letter, contains a part of the name or the e-mail address.'],
    ],
    ['ada@example.com', '', ['The password is too short: 0 characters, where 8 are the least.']],
    [
      'ada@example.com',
      `Aa1!${'x'.repeat(300)}`,
      ['The password is too long: 304 characters, where 256 are the most.'],
    ],
  ] as const) {
    const { code, out, errors } = await house.run([...email, address], { input: password })
    assert.deepEqual(errors.trimEnd().split('\n'), told)
    assert.deepEqual({ code, out }, { code: 1, out: '' })
  }
})

test('an address that somebody has already is refused', async () => {
  await using house = await openHouse()
  await house.run(words, { input: ada.password })

  const { code, errors } = await house.run(words, { input: ada.password })

  assert.equal(code, 5)
  assert.match(errors, /^Somebody in the directory has this e-mail address already: .+\.\n$/)
})

test('without a terminal to ask at, the command says how to hand the password over', async () => {
  await using house = await openHouse()

  const noPassword = await house.run(['create-admin', '--email', ada.email])
  const nobody = await house.run(['create-admin', '--password-stdin'], { input: ada.password })

  assert.match(noPassword.errors, /--password-stdin\.\n$/)
  assert.match(nobody.errors, /--email\.\n$/)
  assert.deepEqual([noPassword.code, nobody.code], [2, 2])
})

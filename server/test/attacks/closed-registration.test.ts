import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { accept, invite } from '../invited.ts'
import { mailedToken, outbox } from '../outbox.ts'
import { openWorld } from '../world.ts'
import { everythingSaid } from './doors.ts'
import { everythingStored } from './stored.ts'

const newcomer = { firstName: 'New', lastName: 'Comer', password: 'Lighthouse-Keeper-77!' }

test('where registration is closed it is so at the door: nobody registers, known or not, and nothing is written', async () => {
  await using world = await openWorld({ settings: { REGISTRATION: 'off' } })
  const before = await everythingStored(world)

  const told = new Set<string>()
  for (const json of [
    { ...newcomer, email: 'new@example.com' },
    { ...newcomer, email: cast.grace.user.email },
    { ...newcomer, email: 'nope', password: 'short' },
    {},
  ]) {
    for (const door of ['/api/auth/register', '/racknap/api/users/signup'])
      told.add(`${door} ${await everythingSaid(await world.fetch(door, { method: 'POST', json }))}`)
  }

  assert.equal(told.size, 2, [...told].join('\n\n'))
  for (const said of told) assert.match(said, / 403\n[\s\S]*REGISTRATION_CLOSED/)
  assert.deepEqual(await everythingStored(world), before)
  assert.deepEqual(await outbox(world), [])
})

test('where registration is closed an invitation that has expired lets nobody in, by whatever door', async () => {
  await using world = await openWorld({ settings: { REGISTRATION: 'off' } })
  const email = 'late@example.com'
  const ask = (path: string) => world.fetch(`/api/auth/${path}`, { method: 'POST', json: { email } })
  await invite(world, { email, expiresInDays: 1 })
  const token = await mailedToken(world, email, 'invitation')
  await ask('forgot-password')
  world.tick(24 * 3600 * 1000)

  const told = [await accept(world, token), await ask('forgot-password'), await ask('resend-verification')]

  assert.deepEqual(
    told.map(({ status }) => status),
    [400, 202, 202],
  )
  assert.deepEqual(
    (await outbox(world)).map(({ kind }) => kind),
    ['invitation', 'reset_password'],
  )
})

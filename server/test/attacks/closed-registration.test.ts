import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { outbox } from '../outbox.ts'
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
    told.add(await everythingSaid(await world.fetch('/api/auth/register', { method: 'POST', json })))
  }

  assert.equal(told.size, 1, [...told].join('\n\n'))
  assert.match([...told][0] ?? '', /^403\n[\s\S]*REGISTRATION_CLOSED/)
  assert.deepEqual(await everythingStored(world), before)
  assert.deepEqual(await outbox(world), [])
})

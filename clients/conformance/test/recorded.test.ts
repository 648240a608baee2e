import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../../../server/test/world.ts'
import { readExchanges } from './exchange.ts'
import { openNames } from './names.ts'
import { ask } from './server.ts'

const files = await readExchanges()

for (const [name, { says, recorded, cases }] of files) {
  if (!recorded) continue
  test(`a server answers as it was recorded: ${says} (${name})`, async () => {
    await using world = await openWorld()
    const names = await openNames(world)

    for (const { says: inCase, http } of cases) {
      for (const { request, response } of http) {
        const place = `${name}: ${inCase}: ${request.method} ${request.path}`
        assert.deepEqual(await ask(world, names, request), response, place)
      }
    }
  })
}

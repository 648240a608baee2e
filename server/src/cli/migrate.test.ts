import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EngineName, engines, openPlace } from '../../test/place.ts'
import { openHouse } from './testing/house.ts'

for (const engine of engines) {
  test(`migrating tells the steps it took, and then that there is nothing to do (${engine})`, async () => {
    await using house = await houseOn(engine)

    const first = await house.run(['migrate'])
    const second = await house.run(['migrate'])
    const third = await house.run(['migrate', '--json'])

    assert.deepEqual([first.code, second.code, third.code], [0, 0, 0])
    assert.match(first.out, /^The schema is up to date\. Steps taken:\n {2}001 {2}directory\n( {2}\d{3} {2}\S+\n)*$/)
    assert.equal(second.out, 'The schema was up to date: there was nothing to do.\n')
    assert.deepEqual(JSON.parse(third.out), { applied: [] })
  })
}

test('beside a running server there is nothing to migrate', async () => {
  await using house = await openHouse()
  await house.serve()

  const { code, out } = await house.run(['migrate', '--json'])

  assert.deepEqual({ code, answer: JSON.parse(out) }, { code: 0, answer: { applied: [] } })
})

async function houseOn(engine: EngineName) {
  const { environment, leave } = await openPlace(engine)
  const house = await openHouse(environment)
  return {
    ...house,
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]()
      await leave()
    },
  }
}

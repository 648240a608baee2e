import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import type { MatchQuestion } from '../src/core/ports.ts'
import type { UserId } from '../src/core/users/user.ts'
import { type Bounds, usualBounds } from '../src/store/matching-walk.ts'
import { cast, person } from './cast.ts'
import { organize } from './organized.ts'
import { engines, openStoreWorld } from './place.ts'

const ways: readonly Partial<Bounds>[] = [
  {},
  { entriesFirst: 0, entries: 0, entriesAtWorst: 0, sorted: 0 },
  { entriesFirst: 0, entries: 0, walkedFirst: 0, sorted: 0, passed: 0 },
]
const [ada, grace, linus] = [cast.ada.user.id, cast.grace.user.id, cast.linus.user.id]

for (const engine of engines) {
  test(`${engine}: somebody's fellows are themself and whoever shares an organization with them, and nobody who was deleted`, async () => {
    await using world = await openStoreWorld(engine)
    const people = Array.from({ length: 40 }, (_, at) =>
      person({ place: 100 + at, firstName: at % 2 === 0 ? 'Even' : 'Odd' }),
    )
    const newcomers = people.map((user) => ({ user, passwordHash: null }))
    assert.ok((await world.core.commit('add-people', { actor: system, people: newcomers, onlyIfEmpty: false })).ok)
    const ids = people.map(({ id }) => id)
    const asMembers = (some: readonly UserId[]) => some.map((id) => [id, 'member'] as const)
    await organize(world, 'Acme', asMembers([grace, ...ids.slice(0, 10)]))
    await organize(world, 'Bolt', asMembers([grace, ...ids.slice(5, 15)]))
    await organize(world, 'Cord', asMembers([linus, ...ids.slice(14, 30)]))
    const gone = ids[3] ?? assert.fail()
    assert.ok(
      (await world.core.commit('delete-user', { actor: system, id: gone, versions: null, finality: 'restorable' })).ok,
    )

    const found = async (question: Partial<MatchQuestion>, bounds: Partial<Bounds> = {}) => {
      const whole = { among: 'everybody', where: null, order: [], skip: 0, top: 100, count: true, ...question } as const
      const answer = await world.engine.aside('matching-users', { ...whole, bounds: { ...usualBounds, ...bounds } })
      assert.ok(answer.ok)
      const shown = answer.value.users.map(({ id }) => id)
      if (question.skip === undefined) assert.equal(answer.value.total, shown.length)
      return shown
    }

    const hers = [grace, ...ids.slice(0, 15).filter((id) => id !== gone)]
    const odd = new Set(people.filter(({ firstName }) => firstName === 'Odd').map(({ id }) => id))
    for (const bounds of ways) {
      assert.deepEqual(await found({ among: { fellowsOf: grace } }, bounds), hers)
      assert.deepEqual(await found({ among: { fellowsOf: linus } }, bounds), [linus, ...ids.slice(14, 30)])
      assert.deepEqual(await found({ among: { fellowsOf: ada } }, bounds), [ada])
      assert.deepEqual(await found({ among: { fellowsOf: ids[39] ?? assert.fail() } }, bounds), [ids[39]])
      const where = { kind: 'compare', field: 'firstName', by: 'eq', value: 'Odd' } as const
      assert.deepEqual(
        await found({ among: { fellowsOf: grace }, where }, bounds),
        hers.filter((id) => odd.has(id)),
      )
      const order = [{ by: 'number', direction: 'desc' }] as const
      assert.deepEqual(
        await found({ among: { fellowsOf: grace }, order, skip: 2, top: 3 }, bounds),
        hers.toReversed().slice(2, 5),
      )
      const byName = [{ by: 'firstName', direction: 'desc' }] as const
      const sorted = await found({ among: { fellowsOf: grace }, order: byName }, bounds)
      assert.deepEqual(sorted, [
        ...hers.filter((id) => odd.has(id)),
        grace,
        ...hers.filter((id) => id !== grace && !odd.has(id)),
      ])
    }
  })
}

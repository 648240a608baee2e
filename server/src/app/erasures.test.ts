import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../test/cast.ts'
import { openStoreWorld } from '../../test/place.ts'
import { eraseAgain } from '../core/erasures/erase-again.ts'
import type { UserId } from '../core/users/user.ts'
import type { Cleanliness } from '../store/engines/engine.ts'
import { openFinisher } from './erasures.ts'

const [grace, linus] = [cast.grace.user.id, cast.linus.user.id]

/** Cleans as it is told, and says how often it was asked to begin. */
function cleaner(answers: Cleanliness[]) {
  const said = { begun: 0, cleaned: 0 }
  const beginCleaning = () => {
    said.begun += 1
    return async () => {
      said.cleaned += 1
      return answers.shift() ?? 'clean'
    }
  }
  return { said, beginCleaning }
}

test('whoever is erased while files wait for somebody is swept at once, and finished by a cleaning of their own', async () => {
  await using world = await openStoreWorld('sqlite')
  const { core, engine } = world
  const { said, beginCleaning } = cleaner(['still_seen', 'still_seen'])
  const finish = openFinisher({ core, engine: { ...engine, beginCleaning } })
  const standing = async (id: UserId) => {
    const erasure = await core.directory.erasures.ofUser(id)
    return [erasure?.sweptAtMs !== null, erasure?.finishedAtMs !== null]
  }

  await eraseAgain(core, [grace])
  const first = await finish(core.clock())
  await eraseAgain(core, [linus])
  const second = await finish(core.clock())
  const between = [await standing(grace), await standing(linus), said.begun]
  const third = await finish(core.clock())

  assert.deepEqual([first, second, third], [false, false, true])
  assert.deepEqual(between, [[true, false], [true, false], 1])
  assert.deepEqual(
    [await standing(grace), await standing(linus)],
    [
      [true, true],
      [true, true],
    ],
  )
  assert.deepEqual(said, { begun: 2, cleaned: 4 })
})

test('of two nodes that clean one finds that the other has, and cleans nothing once more', async () => {
  await using world = await openStoreWorld('sqlite')
  const { core, engine } = world
  const [one, other] = [cleaner([]), cleaner(['not_now'])]
  const [finish, finishToo] = [one, other].map(({ beginCleaning }) =>
    openFinisher({ core, engine: { ...engine, beginCleaning } }),
  )
  await eraseAgain(core, [grace])

  const answers = [await finishToo?.(core.clock()), await finish?.(core.clock()), await finishToo?.(core.clock())]

  assert.deepEqual(answers, [false, true, true])
  assert.deepEqual([one.said.cleaned, other.said.cleaned], [1, 1])
})

test('what was cleaned is written down by the next try where the database was away', async () => {
  await using world = await openStoreWorld('sqlite')
  const { core, engine } = world
  const { said, beginCleaning } = cleaner([])
  let isAway = true
  const commit: typeof core.commit = (name, input) => {
    if (name === 'finish-erasures' && isAway) return Promise.reject(new Error('away'))
    return core.commit(name, input)
  }
  const finish = openFinisher({ core: { ...core, commit }, engine: { ...engine, beginCleaning } })
  await eraseAgain(core, [grace])

  await assert.rejects(finish(core.clock()), /away/)
  isAway = false
  const finished = await finish(core.clock())

  assert.deepEqual([finished, said.begun], [true, 1])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engines, openStoreWorld } from '../../test/place.ts'
import type { Guess } from '../core/ports.ts'
import { openGuesses } from './guesses.ts'

const allowed = { perAccount: 5, perAddress: 20 }
const address = '192.0.2.1'

for (const engine of engines) {
  test(`${engine}: of all who use up an account exactly one is told, and what is taken back reopens nothing`, async () => {
    await using world = await openStoreWorld(engine)
    const guesses = openGuesses(world.engine, allowed)
    const begin = async () => {
      const begun = await guesses.begin(['called ada', 'ada'], address)
      return begun.ok ? begun.value : null
    }

    const first = await begin()
    const all = await Promise.all(Array.from({ length: 12 }, begin))
    const others = all.filter((guess): guess is Guess => guess !== null)
    assert.equal(others.length, allowed.perAccount - 1)
    await first?.withdraw()
    const again = await begin()
    const told = await Promise.all([...others, again].map((guess) => guess?.lock()))
    assert.equal(told.filter((lock) => (lock?.forMs ?? 0) > 0).length, 1)

    await others[0]?.withdraw()
    assert.equal((await begin())?.isSpent ?? true, true)
    assert.equal(await guesses.areSpent(['ada']), true)
    assert.equal(await guesses.areSpent(['called grace', 'grace']), false)
  })

  test(`${engine}: whoever is the last under a name and whoever is the last at its account shut one lock`, async () => {
    await using world = await openStoreWorld(engine)
    const guesses = openGuesses(world.engine, { perAccount: 2, perAddress: 20 })
    const guess = async (...guessedAt: string[]) => {
      const begun = await guesses.begin(guessedAt, address)
      return begun.ok ? begun.value : assert.fail('turned away')
    }
    await guess('called a', 'nobody')

    const attempts = [await guess('called a', 'ada'), await guess('called b', 'ada')]
    const told = await Promise.all(attempts.map((attempt) => attempt.lock()))

    assert.equal(told.filter((lock) => lock !== null).length, 1)
  })

  test(`${engine}: what is forgotten cannot be taken back once more, and an address is not forgiven with an account`, async () => {
    await using world = await openStoreWorld(engine)
    const guesses = openGuesses(world.engine, allowed)
    const begun = await Promise.all(Array.from({ length: 5 }, () => guesses.begin(['ada'], address)))
    const attempts = begun.map((each) => (each.ok ? each.value : assert.fail()))

    await guesses.forget(['ada'])
    for (const attempt of attempts) {
      assert.equal(await attempt.lock(), null)
      await attempt.withdraw()
    }

    let passed = 0
    for (let n = 0; n < 10; n += 1) passed += (await guesses.begin(['ada'], address)).ok ? 1 : 0
    assert.equal(passed, allowed.perAccount)
    for (let n = 0; n < allowed.perAddress; n += 1) {
      const other = await guesses.begin([`called ${n}`, `nobody ${n}`], address)
      assert.equal(other.ok, n < allowed.perAddress - allowed.perAccount)
    }
  })

  test(`${engine}: the right password forgives an account by all its names, and its own attempt at the address`, async () => {
    await using world = await openStoreWorld(engine)
    const guesses = openGuesses(world.engine, { perAccount: 3, perAddress: 4 })
    const guess = async (name: string) => {
      const begun = await guesses.begin([name, 'id'], address)
      return begun.ok ? begun.value : assert.fail('turned away')
    }
    for (const name of ['called a', 'called a']) await guess(name)

    await (await guess('called b')).forgive(['called a', 'called b', 'id'])

    assert.equal(await guesses.areSpent(['called a', 'called b', 'id']), false)
    assert.equal((await guess('called a')).isSpent, false)
    assert.equal((await guess('called a')).isSpent, false)
    assert.equal((await guesses.begin(['called a', 'id'], address)).ok, false, 'two before and two after')
  })
}

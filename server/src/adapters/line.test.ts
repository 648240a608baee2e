import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine } from './line.ts'

test('whoever needs more memory than is free waits, and nobody overtakes them', async () => {
  const line = openLine(3, 10, 100)
  const begun: string[] = []
  const work = Object.fromEntries(
    ['small', 'large', 'late'].map((name) => [name, Promise.withResolvers<void>()] as const),
  )
  const take = (name: string, bytes: number) =>
    line.take(bytes, () => {
      begun.push(name)
      return work[name]?.promise ?? Promise.resolve()
    })

  const taken = [take('small', 10), take('large', 100), take('late', 10)]
  await turn()
  assert.deepEqual(begun, ['small'])

  work.small?.resolve()
  await turn()
  assert.deepEqual(begun, ['small', 'large'])

  work.large?.resolve()
  work.late?.resolve()
  await Promise.all(taken)
  assert.deepEqual(begun, ['small', 'large', 'late'])
})

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

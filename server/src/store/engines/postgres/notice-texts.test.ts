import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { UserId } from '../../../core/users/user.ts'
import {
  readAcknowledgement,
  readBeat,
  readChange,
  writeAcknowledgements,
  writeBeat,
  writeChanges,
} from './notice-texts.ts'

const node = '0123456789abcdef'

test('every notice is shorter than PostgreSQL takes', () => {
  const heard = Array.from({ length: 1_000 }, (_, at) => ({ node, notice: 1_000_000_000 + at }))
  const payloads = [...writeChanges(node, 1_000_000_000, people(2_000)), ...writeAcknowledgements(node, heard)]

  for (const payload of payloads) assert.ok(Buffer.byteLength(payload) < 8_000)
})

test('what is written of a change is read again, the last part marked', () => {
  const ids = people(450)

  const parts = writeChanges(node, 7, ids).map(readChange)

  assert.deepEqual(
    parts.flatMap<unknown>((part) => part?.who),
    ids,
  )
  assert.deepEqual(
    parts.map((part) => part?.remaining),
    [2, 1, 0],
  )
  assert.ok(parts.every((part) => part?.node === node && part.notice === 7))
})

test('a change of more people than can be named is one of everybody', () => {
  assert.deepEqual(writeChanges(node, 7, people(2_001)).map(readChange), [
    { node, notice: 7, remaining: 0, who: 'everybody' },
  ])
})

test('beats, farewells and acknowledgements are read as they were written', () => {
  const heard = [
    { node: 'aaaa', notice: 1 },
    { node: 'bbbb', notice: 2 },
    { node: 'aaaa', notice: 3 },
  ]

  for (const beat of [12, 'farewell'] as const) assert.deepEqual(readBeat(writeBeat({ node, beat })), { node, beat })
  assert.deepEqual(
    writeAcknowledgements(node, heard).map((payload) => readAcknowledgement(payload, 'aaaa')),
    [{ node, notices: [1, 3] }],
  )
})

test('what other programs say on the same channels is passed over', () => {
  for (const bad of ['', 'hello', 'a:b', 'a:1:2', 'a:1:0:', 'a:1:0:DROP', 'a=b c', `${node}:1:0:*,*`]) {
    assert.equal(readChange(bad), null)
    assert.equal(readBeat(bad), null)
    assert.equal(readAcknowledgement(bad, 'a'), null)
  }
})

function people(count: number): UserId[] {
  return Array.from({ length: count }, () => randomUUID() as UserId)
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseUnavailable } from '../engine.ts'
import { openThread } from './thread.ts'

const seat = { file: '', fileKey: new Uint8Array() }

function worker(body: string) {
  return new URL(`data:text/javascript,import { parentPort } from 'node:worker_threads'; ${encodeURIComponent(body)}`)
}

test('whoever waits for a worker that dies hears of it, and whoever comes later', async () => {
  const entry = worker(
    `parentPort.on('message', ({ kind }) => { if (kind === 'task') throw new Error('out of order') })`,
  )
  const thread = openThread<string>({ name: 'writer', entry, seat, waitingMax: 10 })

  const [one, other] = await Promise.allSettled([thread.ask('one'), thread.ask('other')])

  assert.ok(one.status === 'rejected' && one.reason instanceof DatabaseUnavailable)
  assert.equal(one.reason.cause instanceof Error && one.reason.cause.message, 'out of order')
  assert.equal(other.status, 'rejected')
  await assert.rejects(thread.ask('later'), DatabaseUnavailable)
  assert.ok(thread.lost() instanceof DatabaseUnavailable)
  await thread.close()
})

test('no more may wait than the limit says', async () => {
  const entry =
    worker(`parentPort.on('message', ({ kind, id }) => kind === 'close' ? parentPort.close() : kind === 'task' &&
    setTimeout(() => parentPort.postMessage({ kind: 'answers', answers: [{ id, value: id, touched: [] }] }), 10))`)
  const thread = openThread<string>({ name: 'writer', entry, seat, waitingMax: 2 })

  const waiting = [thread.ask('one'), thread.ask('other')]
  await assert.rejects(thread.ask('one too many'), DatabaseUnavailable)

  assert.deepEqual(await Promise.all(waiting), [1, 2])
  await thread.close()
})

test('what cannot cross threads is the mistake of its caller and takes no place in the line', async () => {
  const entry =
    worker(`parentPort.on('message', ({ kind, id }) => kind === 'close' ? parentPort.close() : kind === 'task' &&
    parentPort.postMessage({ kind: 'answers', answers: [{ id, value: 'heard', touched: [] }] }))`)
  const thread = openThread<unknown>({ name: 'writer', entry, seat, waitingMax: 1 })

  await assert.rejects(
    thread.ask(() => {}),
    { name: 'DataCloneError' },
  )

  assert.equal(await thread.ask('plain data'), 'heard')
  await thread.close()
})

test('a worker that was closed serves whoever opens the next directory, and nobody hears of the other', async () => {
  const entry = worker(`import { threadId } from 'node:worker_threads'; let seats = []
    parentPort.on('message', ({ kind, id, seat }) => kind === 'open' ? seats.push(seat.file) : parentPort.postMessage(
      kind === 'close' ? { kind: 'closed' } : { kind: 'answers', answers: [{ id, value: { threadId, seats }, touched: [] }] }))`)
  const open = (file: string) =>
    openThread<string>({ name: 'writer', entry, seat: { ...seat, file }, waitingMax: 1, hear: () => heard.push(file) })
  const heard: string[] = []
  const first = open('first')
  const beside = open('beside')
  const [one, other] = [await first.ask('who'), await beside.ask('who')] as { threadId: number; seats: string[] }[]
  await first.close()

  const next = open('next')

  assert.notEqual(one?.threadId, other?.threadId)
  assert.deepEqual(await next.ask('who'), { threadId: one?.threadId, seats: ['first', 'next'] })
  assert.deepEqual(heard, ['first', 'beside', 'next'])
  await assert.rejects(first.ask('who'), DatabaseUnavailable)
  assert.equal(await Promise.race([first.died, 'alive']), 'alive')
  await Promise.all([beside.close(), next.close()])
})

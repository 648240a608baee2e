import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { text } from './answer.ts'
import { get } from './contract.ts'
import { collect, dial, readAnswer } from './testing/raw-http.ts'
import { openToyServer, toyContract } from './testing/toys.ts'

function slowServer() {
  const gate = Promise.withResolvers<void>()
  const routes = [
    get('/slow', () => gate.promise.then(() => text(200, 'done')), { needs: 'nobody', answers: [200] }),
    get('/fast', () => text(200, 'done'), { needs: 'nobody', answers: [200] }),
  ]
  return { gate, opening: openToyServer([toyContract('eg', '/', routes)]) }
}

test('stopping lets requests under way finish, and takes no more', async () => {
  const { gate, opening } = slowServer()
  await using server = await opening
  const socket = await dial(server.port)
  const received = collect(socket, 2000)
  socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await pause(30)

  const closing = server.close(5)
  await pause(30)
  await assert.rejects(server.fetch('/fast'))
  gate.resolve()
  await closing

  const answer = readAnswer(await received)
  assert.equal(`${answer.status} ${answer.body} ${answer.headers.connection}`, '200 done close')
})

test('stopping waits for no idle connection, used or fresh', async () => {
  const { opening } = slowServer()
  await using server = await opening
  const used = await dial(server.port)
  used.write('GET /fast HTTP/1.1\r\nhost: x\r\n\r\n')
  await new Promise((resolve) => used.once('data', resolve))
  const fresh = await dial(server.port)
  const ended = Promise.all([used, fresh].map((socket) => new Promise((resolve) => socket.once('close', resolve))))

  const startedMs = performance.now()
  await server.close(5)
  await ended

  assert.ok(performance.now() - startedMs < 1000)
})

test('what has not finished within the grace is cut off', async () => {
  const { opening } = slowServer()
  await using server = await opening
  const socket = await dial(server.port)
  const received = collect(socket, 5000)
  socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await pause(30)

  const startedMs = performance.now()
  await server.close(0.2)

  assert.ok(performance.now() - startedMs < 1500)
  assert.equal(await received, '')
})

test('stopping twice is stopping', async () => {
  const { opening } = slowServer()
  const server = await opening

  await Promise.all([server.close(1), server.close(1)])
  await server.close(1)
})

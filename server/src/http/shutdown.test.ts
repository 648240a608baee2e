import assert from 'node:assert/strict'
import { test } from 'node:test'
import { msOf, takes, until } from '../../test/timing.ts'
import { text } from './answer.ts'
import { get } from './contract.ts'
import { collect, dial, readAnswer } from './testing/raw-http.ts'
import { openToyServer, toyContract } from './testing/toys.ts'

function slowServer() {
  const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = async () => {
    reached.resolve()
    await gate.promise
    return text(200, 'done')
  }
  const routes = [
    get('/slow', slow, { needs: 'nobody', answers: [200] }),
    get('/fast', () => text(200, 'done'), { needs: 'nobody', answers: [200] }),
  ]
  return { gate, reached: reached.promise, opening: openToyServer([toyContract('eg', '/', routes)]) }
}

test('stopping lets requests under way finish, and takes no more', async () => {
  const { gate, reached, opening } = slowServer()
  await using server = await opening
  const socket = await dial(server.port)
  const received = collect(socket, 2000)
  socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await reached

  const closing = server.close(30)
  await until(() => isRefused(server.fetch('/fast')))
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

  const graceSeconds = 30
  const tookMs = await msOf(() => Promise.all([server.close(graceSeconds), ended]))

  assert.ok(tookMs < (graceSeconds * 1000) / 2, `${tookMs} ms`)
})

test('what has not finished within the grace is cut off', async () => {
  await takes({ msMax: 1500 }, async () => {
    const { reached, opening } = slowServer()
    await using server = await opening
    const socket = await dial(server.port)
    const received = collect(socket, 5000)
    socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
    await reached

    const tookMs = await msOf(() => server.close(0.2))

    assert.equal(await received, '')
    return tookMs
  })
})

test('stopping twice is stopping', async () => {
  const { opening } = slowServer()
  const server = await opening

  await Promise.all([server.close(1), server.close(1)])
  await server.close(1)
})

function isRefused(answer: Promise<Response>): Promise<boolean> {
  return answer.then(
    () => false,
    () => true,
  )
}

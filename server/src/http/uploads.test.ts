import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { until } from '../../test/timing.ts'
import { formWith } from '../../test/uploads.ts'
import { limits } from '../core/limits.ts'
import { empty } from './answer.ts'
import { authenticateByBearer } from './authentication.ts'
import { get, post } from './contract.ts'
import { dial } from './testing/raw-http.ts'
import { cast, memoryLimits, openToyServer, type ToyServer, toyContract, toyTokens } from './testing/toys.ts'

const form = formWith(Buffer.from('a file'))
const type = { 'content-type': 'multipart/form-data; boundary=the-edge-of-a-part' }
const head = `POST /files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\ncontent-type: ${type['content-type']}\r\n`
const whole = Buffer.concat([Buffer.from(`${head}content-length: ${form.length}\r\n\r\n`), form])

/** Whoever comes waits in front of it until it is opened. */
function openDoor() {
  const { promise, resolve } = Promise.withResolvers<void>()
  const door = {
    waiting: 0,
    open: resolve,
    async pass() {
      door.waiting += 1
      await promise
    },
  }
  return door
}

const known = authenticateByBearer({ ...toyTokens(cast), failures: memoryLimits().failures })

function openFiles({ entrance = openDoor(), desk = openDoor() }) {
  const contract = toyContract('eg', '/', [
    get('/', () => empty(204), { needs: 'nobody', answers: [204] }),
    post('/files', () => desk.pass().then(() => empty(204)), { needs: 'somebody', answers: [204], body: 'upload' }),
  ])
  return openToyServer([contract], { authenticate: (asked) => entrance.pass().then(() => known(asked)) })
}

async function statusOfUpload(server: ToyServer): Promise<number> {
  const answer = await server.fetch('/files', { method: 'POST', as: 'ada', headers: type, body: Uint8Array.from(form) })
  return answer.status
}

/** As many as there is room for, who are gone when the server hears of them again. */
async function sendAndHangUp(server: ToyServer, door: { readonly waiting: number }): Promise<void> {
  const sockets: Socket[] = []
  for (let n = 0; n < limits.uploadsMax; n += 1) sockets.push(await dial(server.port))
  for (const socket of sockets) socket.write(whole)
  await until(() => door.waiting === sockets.length)
  for (const socket of sockets) socket.resetAndDestroy()
  for (let n = 0; n < 3; n += 1) await server.fetch('/')
}

test('who hangs up before they are let in takes no place from others', async () => {
  const [entrance, desk] = [openDoor(), openDoor()]
  await using server = await openFiles({ entrance, desk })
  desk.open()

  await sendAndHangUp(server, entrance)
  entrance.open()

  await until(async () => (await statusOfUpload(server)) === 204)
})

test('who hangs up while their file is looked at keeps the place that it takes', async () => {
  const [entrance, desk] = [openDoor(), openDoor()]
  await using server = await openFiles({ entrance, desk })
  entrance.open()

  await sendAndHangUp(server, desk)
  assert.equal(await statusOfUpload(server), 503)
  desk.open()

  await until(async () => (await statusOfUpload(server)) === 204)
})

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { clean, openClamdPeer, says } from '../../test/clamd-peer.ts'
import { limits } from '../core/limits.ts'
import { openClamd } from './clamd.ts'

const marked = 'stream: Marker.Test.UNOFFICIAL FOUND\0'

test('a file goes to the scanner byte for byte, in chunks, and a clean one is told to be', async () => {
  await using peer = await openClamdPeer()
  const clamd = openClamd({ host: '127.0.0.1', port: peer.port })
  const files = [Buffer.alloc(0), Buffer.from('short'), Buffer.alloc(limits.avatarBytesMax, 'abc\0')]

  for (const file of files) assert.deepEqual(await clamd.scan(file), { kind: 'clean' })

  assert.deepEqual(
    peer.files.map((file, at) => file.equals(files[at] as Buffer)),
    [true, true, true],
  )
})

test('an answer counts however it is cut into pieces, and what was found is told in printable signs', async () => {
  await using peer = await openClamdPeer()
  const clamd = openClamd({ host: '127.0.0.1', port: peer.port })

  peer.answer = inPieces(marked)
  assert.deepEqual(await clamd.scan(Buffer.from('x')), { kind: 'flagged', signature: 'Marker.Test.UNOFFICIAL' })
  peer.answer = inPieces('stream: OK\0')
  assert.deepEqual(await clamd.scan(Buffer.from('x')), { kind: 'clean' })
  peer.answer = says(`stream: a\n<b>\x1b[31m ${'c'.repeat(300)} FOUND\0`)
  const long = await clamd.scan(Buffer.from('x'))
  assert.ok(long.kind === 'flagged')
  assert.match(long.signature, /^a_<b>_\[31m_c+$/)
  assert.equal(long.signature.length, limits.signatureLengthMax)
})

test('whatever else comes, or does not come, leaves a file unscanned, with a reason for the log', async () => {
  await using peer = await openClamdPeer()
  const troubles: string[] = []
  const clamd = openClamd(
    { host: '127.0.0.1', port: peer.port },
    { msMax: 300, onTrouble: (code) => troubles.push(code) },
  )
  const large = Buffer.alloc(limits.avatarBytesMax)
  const cases: readonly [(socket: Socket) => void, string][] = [
    [says('stream: OK'), 'hung_up'],
    [says('stream: O'), 'hung_up'],
    [says(''), 'hung_up'],
    [says('INSTREAM size limit exceeded. ERROR\0'), 'file_too_long'],
    [says('stream: OK FOUND OK\0'), 'unclear_answer'],
    [says(' stream: OK\0'), 'unclear_answer'],
    [says('stream: Access denied. ERROR\0'), 'unclear_answer'],
    [says('UNKNOWN COMMAND\0stream: OK\0'), 'unclear_answer'],
    [says('HTTP/1.1 200 OK\r\n\r\nstream: OK\0'), 'unclear_answer'],
    [says('\0'), 'unclear_answer'],
    [(socket) => socket.write('junk'.repeat(limits.scanAnswerBytesMax)), 'unclear_answer'],
    [() => {}, 'too_slow'],
    [(socket) => socket.resetAndDestroy(), 'ECONNRESET'],
  ]

  for (const [answer, expected] of cases) {
    peer.answer = answer
    assert.deepEqual(await clamd.scan(Buffer.from('x')), { kind: 'unscanned' }, expected)
    assert.equal(troubles.pop(), expected)
  }
  peer.meet = (socket) => socket.destroy()
  assert.deepEqual(await clamd.scan(large), { kind: 'unscanned' })
  peer.meet = says('INSTREAM size limit exceeded. ERROR\0')
  assert.deepEqual(await clamd.scan(large), { kind: 'unscanned' })

  peer.meet = null
  peer.answer = clean
  assert.deepEqual(await openClamd({ host: '127.0.0.1', port: peer.port }).scan(large), { kind: 'clean' })
  assert.equal(await clamd.trouble(), null)
})

test('nobody who listens, on a port or a socket, leaves a file unscanned', async () => {
  const peer = await openClamdPeer()
  await peer[Symbol.asyncDispose]()
  for (const address of [{ host: '127.0.0.1', port: peer.port }, { path: '/nowhere/clamd.ctl' }]) {
    const clamd = openClamd(address)
    assert.deepEqual(await clamd.scan(Buffer.from('x')), { kind: 'unscanned' })
    assert.match((await clamd.trouble()) ?? '', /^(ECONNREFUSED|ENOENT)$/)
  }
})

/** Each sign by itself. */
function inPieces(text: string) {
  return async (socket: Socket) => {
    socket.setNoDelay(true)
    for (const sign of text) {
      await new Promise<void>((written) => socket.write(sign, 'latin1', () => setImmediate(written)))
    }
    socket.end()
  }
}

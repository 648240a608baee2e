import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultFields, type LogFields, openLog } from './log.ts'

const canary = 'ada@example.com'

test('production writes one JSON line for each entry', () => {
  const { log, lines } = openWritten({ production: true })

  log.info('server-listening', { node: 'a', durationMs: 12 })

  const [line = ''] = lines
  assert.match(line, /^\{.*\}\n$/)
  const { time, ...rest } = JSON.parse(line)
  assert.deepEqual(rest, { level: 'info', event: 'server-listening', node: 'a', durationMs: 12 })
  assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('development writes a line for a reader', () => {
  const { log, lines } = openWritten({ production: false })

  log.warn('queue-full', { route: '/api/users/:id', count: 3, code: 'two words' })

  assert.match(lines.join(), /^[\d:.]{12} warn {2}queue-full route=\/api\/users\/:id code="two words" count=3\n$/)
})

test('nothing lighter than the level is written', () => {
  const { log, lines } = openWritten({ production: true, logLevel: 'warn' })

  log.debug('a')
  log.info('b')
  log.warn('c')
  log.error('d')

  assert.deepEqual(
    lines.map((line) => JSON.parse(line).event),
    ['c', 'd'],
  )
})

test('a field that is not declared is not written, whatever object it came in', () => {
  const { log, lines } = openWritten({ production: true })
  const user = { userId: 'u1', email: canary, profile: { bio: canary } }

  log.info('user-seen', user)

  assert.match(lines.join(), /"userId":"u1"/)
  assert.ok(!lines.join().includes(canary))
})

for (const production of [true, false]) {
  test(`what an error says of somebody stays out of the log ${production ? 'in production' : 'in development'}`, () => {
    const { log, lines } = openWritten({ production })
    const cause = Object.assign(new Error(canary), { detail: canary, code: `no code ${canary}` })
    const fault = new TypeError(`no such user: ${canary}\n    at ${canary} (file:///${canary}:1:1)`, { cause })

    log.error('request-failed', { fault })
    log.error('request-failed', { fault: canary })
    log.error('request-failed', { fault: { message: canary } })

    assert.ok(!lines.join().includes(canary), lines.join())
    assert.match(lines.join(), /TypeError/)
    assert.match(lines.join(), /log\.test\.ts:\d+:\d+/)
  })
}

test('the message of one of our own faults is kept', () => {
  class DirectoryTooNew extends Error {}
  const own = new DirectoryTooNew('this directory was written by a later Roster')

  assert.equal(faultFields(own, [DirectoryTooNew]).message, own.message)
  assert.equal(faultFields(own).message, undefined)
})

test('a circle of causes ends', () => {
  const fault = new Error('round')
  fault.cause = fault

  const { log, lines } = openWritten({ production: true })
  log.error('request-failed', { fault })

  assert.equal(lines.length, 1)
})

test('an entry cannot be broken into two by what it holds', () => {
  for (const production of [true, false]) {
    const { log, lines } = openWritten({ production })

    log.info('line', { code: 'a\nb' } satisfies LogFields)

    assert.equal(lines.join('').trimEnd().split('\n').length, 1)
  }
})

function openWritten({ production, logLevel = 'info' as const }: { production: boolean; logLevel?: 'info' | 'warn' }) {
  const lines: string[] = []
  return { log: openLog({ production, logLevel }, { out: { write: (line) => lines.push(line) } }), lines }
}

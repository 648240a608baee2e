import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DamagedKeyRecord, WrongMasterKey } from '../adapters/keys.ts'
import { DatabaseTooNew, DatabaseUnavailable } from '../store/engines/engine.ts'
import { plainError, reviveError } from '../store/engines/sqlite/messages.ts'
import { explain } from './faults.ts'
import { UserTrouble } from './first-users.ts'

test('each fault that the operator can do something about is told in whole sentences', () => {
  for (const [fault, told] of [
    [new UserTrouble('ada has to go'), 'Ada has to go.'],
    [new DatabaseTooNew('Start a newer one.'), 'Start a newer one.'],
    [new WrongMasterKey('0123'), /^The directory key is .+0123.+: give MASTER_KEY [^.]+\.$/],
    [new DamagedKeyRecord('the record is cut short'), 'The record is cut short. Restore it from a backup.'],
    [
      coded('EADDRINUSE', { syscall: 'listen', address: '::1', port: 80 }),
      /^Another program listens on port 80 of ::1: /,
    ],
    [coded('EACCES', { syscall: 'listen', port: 80 }), /^This account may not listen on port 80: /],
    [coded('EROFS', { syscall: 'mkdir', path: '/data' }), '/data cannot be used (EROFS).'],
    [coded('SQLITE_FULL'), 'The disk is full.'],
    [reviveError(structuredClone(plainError(coded('SQLITE_FULL')))), 'The disk is full.'],
    [coded('28P01'), /^The database does not accept the user and password /],
  ] as const) {
    const said = explain(fault) ?? ''
    if (typeof told === 'string') assert.equal(said, told)
    else assert.match(said, told)
  }
})

test('a database that is away is told by what keeps it away', () => {
  const away = (cause: Error) => explain(new DatabaseUnavailable('the connection to the database failed', { cause }))

  assert.match(away(coded('ECONNREFUSED')) ?? '', /^No database answers at DATABASE_URL \(ECONNREFUSED\)/)
  assert.equal(away(coded('EPROTO')), 'The connection to the database failed (EPROTO).')
  assert.equal(away(new Error('ada@example.com')), 'The connection to the database failed.')
})

test('a fault that nobody foresaw is not explained away', () => {
  for (const thrown of [new TypeError('x is undefined'), coded('ERR_ASSERTION'), coded('SQLITE_MISUSE'), 'ada', null]) {
    assert.equal(explain(thrown), null)
  }
})

function coded(code: string, facts: object = {}): Error {
  return Object.assign(new Error(`${code} ada@example.com`), { code, ...facts })
}

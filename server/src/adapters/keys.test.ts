import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import {
  BrokenSeal,
  DamagedKeyRecord,
  deriveKeys,
  newDirectoryKey,
  openSealer,
  unwrapDirectoryKey,
  WrongMasterKey,
  wrapDirectoryKey,
} from './keys.ts'

const master = Buffer.alloc(32, 7)
const otherMaster = Buffer.alloc(32, 8)

test('the directory key comes back under its master key', () => {
  const key = newDirectoryKey()
  const record = wrapDirectoryKey(master, key)

  assert.deepEqual(unwrapDirectoryKey(master, record), key)
  assert.deepEqual(Object.keys(JSON.parse(record)), ['v', 'kid', 'nonce', 'sealed'])
  assert.notEqual(record, wrapDirectoryKey(master, key))
})

test('another master key is told from a damaged record', () => {
  const record = wrapDirectoryKey(master, newDirectoryKey())
  const { kid } = JSON.parse(record)

  assert.throws(
    () => unwrapDirectoryKey(otherMaster, record),
    (thrown) => thrown instanceof WrongMasterKey && thrown.kid === kid,
  )
})

test('a damaged record gives no key', () => {
  const fields = JSON.parse(wrapDirectoryKey(master, newDirectoryKey()))
  const flipped = `${fields.sealed.startsWith('A') ? 'B' : 'A'}${fields.sealed.slice(1)}`
  const damaged = [
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...fields, v: 2 }),
    JSON.stringify({ ...fields, kid: '\u001b[2J' }),
    JSON.stringify({ ...fields, nonce: undefined }),
    JSON.stringify({ ...fields, nonce: '' }),
    JSON.stringify({ ...fields, sealed: flipped }),
    JSON.stringify({ ...fields, sealed: fields.sealed.slice(0, -4) }),
  ]
  for (const record of damaged) assert.throws(() => unwrapDirectoryKey(master, record), DamagedKeyRecord, record)
})

test('a key of another length is refused', () => {
  for (const bytes of [0, 16, 31, 33]) {
    assert.throws(() => deriveKeys(Buffer.alloc(bytes)), RangeError)
    assert.throws(() => wrapDirectoryKey(Buffer.alloc(bytes), newDirectoryKey()), RangeError)
  }
})

test('each purpose has a key of its own, and the same one every time', () => {
  const directoryKey = Buffer.alloc(32, 1)
  const { file, ...others } = deriveKeys(directoryKey)
  const raw = [file, ...Object.values(others).map((key) => key.export())]

  const inHex = raw.map((key) => key.toString('hex'))
  assert.equal(new Set([...inHex, directoryKey.toString('hex')]).size, raw.length + 1)
  assert.ok(raw.every((key) => key.length === 32))
  assert.equal(inHex[0], deriveKeys(directoryKey).file.toString('hex'))
})

test('the file key never changes from one release to the next', () => {
  const { file } = deriveKeys(Buffer.alloc(32, 1))

  assert.equal(file.toString('hex'), 'f5c5c3fe9290714268d8931dd549631dc7e88e71b4873b323cf70ca9160df042')
})

test('a sealed value opens where it was sealed', () => {
  const sealer = openSealer(deriveKeys(Buffer.alloc(32, 1)).seal)
  for (const text of ['', '{"bio":"Ада Лавлейс 愛達"}', '\u{1F511}'.repeat(10_000)]) {
    const sealed = sealer.seal(text, 'users.profile 1')

    assert.equal(sealer.unseal(sealed, 'users.profile 1'), text)
    assert.equal(sealed.length, Buffer.byteLength(text) + 29)
    assert.notDeepEqual(sealed, sealer.seal(text, 'users.profile 1'))
  }
})

test('a sealed value opens in no other row, column or key', () => {
  const sealer = openSealer(createSecretKey(Buffer.alloc(32, 1)))
  const other = openSealer(createSecretKey(Buffer.alloc(32, 2)))
  const sealed = sealer.seal('secret', 'users.profile 1')

  for (const elsewhere of ['users.profile 2', 'users.preferences 1', '']) {
    assert.throws(() => sealer.unseal(sealed, elsewhere), BrokenSeal)
  }
  assert.throws(() => other.unseal(sealed, 'users.profile 1'), BrokenSeal)
})

test('a sealed value that was changed anywhere does not open', () => {
  const sealer = openSealer(createSecretKey(Buffer.alloc(32, 1)))
  const sealed = sealer.seal('secret', 'here')

  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.throws(() => sealer.unseal(changed, 'here'), BrokenSeal, `byte ${at}`)
    assert.throws(() => sealer.unseal(sealed.subarray(0, at), 'here'), BrokenSeal, `cut at ${at}`)
  }
})

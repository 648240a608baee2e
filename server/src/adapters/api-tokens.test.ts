import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openApiTokens } from './api-tokens.ts'

const keyed = () => openApiTokens(createSecretKey(randomBytes(32)))

test('a token says what it is, and is known again by its digest, which only this directory can make', () => {
  const [here, elsewhere] = [keyed(), keyed()]

  const { token, digest } = here.newToken()

  assert.match(token, /^roster_[0-9A-Za-z]{43}[0-9a-z]{7}$/)
  assert.equal(here.digestOf(token), digest)
  assert.notEqual(elsewhere.digestOf(token), digest)
  assert.equal(digest.includes(token.slice(7, 50)), false)
  assert.equal(new Set(Array.from({ length: 1000 }, () => here.newToken().token)).size, 1000)
})

test('what was mistyped, cut off or made up is no token, which is seen without looking it up', () => {
  const tokens = keyed()
  const { token } = tokens.newToken()
  const other = token[20] === 'x' ? 'y' : 'x'

  for (const bad of [
    '',
    'roster_',
    token.slice(0, -1),
    `${token}0`,
    ` ${token}`,
    `${token}\n`,
    token.slice(7),
    token.replace('roster_', 'Roster_'),
    token.replace('roster_', 'ghp_'),
    `${token.slice(0, 20)}${other}${token.slice(21)}`,
    `${token.slice(0, -7)}${token.slice(-7).toUpperCase()}!`,
    `roster_${'0'.repeat(50)}`,
    `roster_${'é'.repeat(50)}`,
  ]) {
    assert.equal(tokens.digestOf(bad), null, bad)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LinkId, linkPurposes } from '../core/links/link.ts'
import { deriveKeys, newDirectoryKey } from './keys.ts'
import { openLinkTokens } from './link-tokens.ts'

const id = '01930000-0000-7000-8000-0000000000aa' as LinkId

test('a token leads to its link, for its purpose, in its directory, and nowhere else', () => {
  const here = openLinkTokens(deriveKeys(newDirectoryKey()).link)
  const elsewhere = openLinkTokens(deriveKeys(newDirectoryKey()).link)

  const token = here.token('reset_password', id)

  assert.match(token, /^[A-Za-z0-9_-]{64}$/)
  for (const purpose of linkPurposes) assert.equal(here.read(purpose, token), purpose === 'reset_password' ? id : null)
  assert.equal(elsewhere.read('reset_password', token), null)
})

test('requests for one thing to one address have one name, which is of use to nobody else', () => {
  const here = openLinkTokens(deriveKeys(newDirectoryKey()).link)
  const elsewhere = openLinkTokens(deriveKeys(newDirectoryKey()).link)
  const name = here.requestName('verify_email', 'josé@example.com')

  assert.match(name, /^[A-Za-z0-9_-]{43}$/)
  assert.equal(here.requestName('verify_email', 'JOSE\u0301@Example.com'), name)
  for (const other of [
    here.requestName('reset_password', 'josé@example.com'),
    here.requestName('verify_email', 'jose@example.com'),
    elsewhere.requestName('verify_email', 'josé@example.com'),
  ]) {
    assert.notEqual(other, name)
  }
})

test('whatever was changed, cut, stretched or spelled differently is no token', () => {
  const tokens = openLinkTokens(deriveKeys(newDirectoryKey()).link)
  const token = tokens.token('verify_email', id)
  const other = (at: number) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)

  const bad = ['', 'A', token.slice(0, -1), `${token}A`, `${token}=`, ` ${token}`, token.repeat(100), '\0', '🙂', id]
  for (const text of [...bad, ...Array.from(token, (_, at) => other(at))]) {
    assert.equal(tokens.read('verify_email', text), null)
  }
})

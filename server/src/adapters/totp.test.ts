import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTotp } from './totp.ts'

const totp = openTotp('directory.example.com')
/** “12345678901234567890” in base32: RFC 6238, appendix B, has it for SHA-1. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('the codes of RFC 6238 are those of their steps', async () => {
  for (const [seconds, digits] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const) {
    assert.equal(await totp.stepOf(rfcSecret, digits.slice(-6), seconds * 1000), Math.floor(seconds / 30), digits)
  }
})

test('a code is good in its own step and in both neighbours, and no further', async () => {
  const [step, code] = [Math.floor(1234567890 / 30), '005924']

  for (const [away, found] of [
    [-2, null],
    [-1, step],
    [0, step],
    [1, step],
    [2, null],
  ] as const) {
    for (const second of [0, 29]) {
      assert.equal(
        await totp.stepOf(rfcSecret, code, ((step + away) * 30 + second) * 1000),
        found,
        `${away} steps away`,
      )
    }
  }
  assert.equal(await totp.stepOf(rfcSecret, '005925', step * 30_000), null)
})

test('an app is handed a secret of 160 bits, the name of the account and that of the site', async () => {
  const secret = await totp.newSecret()
  const { uri, qr } = await totp.handover(secret, 'grace+x@example.com')

  assert.match(secret, /^[A-Z2-7]{32}$/)
  assert.notEqual(secret, await totp.newSecret())
  const { protocol, host, pathname, searchParams } = new URL(uri)
  assert.deepEqual([protocol, host], ['otpauth:', 'totp'])
  assert.equal(decodeURIComponent(pathname), '/directory.example.com:grace+x@example.com')
  assert.deepEqual(Object.fromEntries(searchParams), { secret, issuer: 'directory.example.com' })
  assert.match(qr, /^<svg [^>]*>.*<\/svg>$/s)
})

test('the longest of names and the widest of scripts leave room for the secret', async () => {
  for (const account of ['x'.repeat(254), '📇'.repeat(254), '"><script>alert(1)</script>&']) {
    const { uri, qr } = await totp.handover(rfcSecret, account)

    assert.equal(new URL(uri).searchParams.get('secret'), rfcSecret)
    assert.doesNotMatch(qr, /script/)
  }
})

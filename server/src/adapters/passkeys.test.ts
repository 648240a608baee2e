import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Lies, newSoftPasskey } from '../../test/soft-passkey.ts'
import type { UserId } from '../core/users/user.ts'
import { openPasskeys, siteAt } from './passkeys.ts'

const origin = 'https://directory.example.com'
const passkeys = openPasskeys(origin)
const grace = '01900000-0000-7000-8000-000000000002' as UserId
const ada = '01900000-0000-7000-8000-000000000001' as UserId
const challenge = Buffer.alloc(32, 7).toString('base64url')
const other = Buffer.alloc(32, 8).toString('base64url')

test('passkeys belong to the host that the operator named, over TLS or on this machine', () => {
  for (const [publicUrl, site] of [
    ['https://directory.example.com', { rpId: 'directory.example.com', origin, trouble: null }],
    ['https://directory.example.com:8443', { rpId: 'directory.example.com', origin: `${origin}:8443`, trouble: null }],
    ['http://127.0.0.1:3001', { rpId: 'localhost', origin: 'http://localhost:3001', trouble: null }],
    ['http://127.9.9.9', { rpId: 'localhost', origin: 'http://localhost', trouble: null }],
    ['http://[::1]:3001', { rpId: 'localhost', origin: 'http://localhost:3001', trouble: null }],
    ['https://127.example.com', { rpId: '127.example.com', origin: 'https://127.example.com', trouble: null }],
    ['http://localhost:3001', { rpId: 'localhost', origin: 'http://localhost:3001', trouble: null }],
    ['http://roster.localhost', { rpId: 'roster.localhost', origin: 'http://roster.localhost', trouble: null }],
  ] as const) {
    assert.deepEqual(siteAt(publicUrl), site)
  }
  for (const [publicUrl, trouble] of [
    ['http://directory.example.com', 'address_not_encrypted'],
    ['https://192.168.1.4', 'address_without_name'],
    ['https://[2001:db8::1]', 'address_without_name'],
    ['http://10.0.0.1:3001', 'address_without_name'],
  ] as const) {
    assert.equal(siteAt(publicUrl).trouble, trouble, publicUrl)
  }
})

const creation = passkeys.toCreate(challenge, { id: grace, name: 'grace', displayName: 'Grace' }, [])

test('a passkey is kept when it was made here, for what was asked, by somebody who was there', async () => {
  const made = await passkeys.verifyCreation(challenge, newSoftPasskey(origin).create(creation))
  const withoutPin = await passkeys.verifyCreation(
    challenge,
    newSoftPasskey(origin).create(creation, { verified: false }),
  )

  assert.ok(made !== null && withoutPin !== null)
  assert.deepEqual([made.signCount, made.transports], [0, ['internal']])
  const lies: Record<string, Lies> = {
    'another site': { origin: 'https://directory.example.com.evil.example' },
    'the site without TLS': { origin: 'http://directory.example.com' },
    'another port': { origin: `${origin}:8443` },
    'another relying party': { rpId: 'example.com' },
    'another challenge': { challenge: other },
    'a signature': { type: 'webauthn.get' },
    nobody: { present: false },
    'a maker who brings certificates': {
      attestation: {
        fmt: 'packed',
        attStmt: new Map<string, unknown>([
          ['alg', -7],
          ['sig', new Uint8Array(70)],
          ['x5c', [new Uint8Array(9)]],
        ]),
      },
    },
    'a maker of another kind': { attestation: { fmt: 'fido-u2f', attStmt: new Map() } },
    'a maker without a signature': {
      attestation: {
        fmt: 'packed',
        attStmt: new Map<string, unknown>([
          ['alg', -7],
          ['sig', new Uint8Array(70)],
        ]),
      },
    },
  }
  for (const [whose, lie] of Object.entries(lies)) {
    assert.equal(await passkeys.verifyCreation(challenge, newSoftPasskey(origin).create(creation, lie)), null, whose)
  }
})

test('a signature counts when it is of this passkey, here, for what was asked, and newer than the last', async () => {
  const soft = newSoftPasskey(origin)
  const passkey = await passkeys.verifyCreation(challenge, soft.create(creation))
  assert.ok(passkey !== null)
  const request = passkeys.toSign(challenge, [passkey])
  const verify = (lies: Lies, { alone = true, owner = grace, signCount = 4 } = {}) =>
    passkeys.verifySignature(challenge, soft.sign(request, lies), { passkey: { ...passkey, signCount }, owner, alone })

  assert.equal(await verify({ signCount: 5 }), 5)
  assert.equal(await verify({ signCount: 5, verified: false, userHandle: null }, { alone: false }), 5)
  assert.equal(await verify({ signCount: 0 }, { signCount: 0 }), 0, 'many passkeys never count')
  for (const [whose, lie] of Object.entries({
    'another site': { signCount: 5, origin: 'https://evil.example' },
    'another relying party': { signCount: 5, rpId: 'evil.example' },
    'another challenge': { signCount: 5, challenge: other },
    'a creation': { signCount: 5, type: 'webauthn.create' },
    nobody: { signCount: 5, present: false },
    'an old signature': { signCount: 4 },
    'a passkey that was copied': { signCount: 3 },
    'a passkey that forgot to count': { signCount: 0 },
    'somebody else': { signCount: 5, userHandle: Buffer.from(ada).toString('base64url') },
  })) {
    for (const alone of [true, false]) assert.equal(await verify(lie, { alone }), null, whose)
  }
  for (const lie of [{ verified: false }, { userHandle: null }]) {
    assert.equal(await verify({ signCount: 5, ...lie }), null, 'alone it says who it is, and that it made sure')
  }
  assert.equal(await verify({ signCount: 5 }, { owner: ada }), null)
})

test('another passkey signs for nobody but its owner, and what is no answer at all for nobody', async () => {
  const [soft, thief] = [newSoftPasskey(origin), newSoftPasskey(origin)]
  const passkey = await passkeys.verifyCreation(challenge, soft.create(creation))
  thief.create(creation)
  assert.ok(passkey !== null)
  const request = passkeys.toSign(challenge, null)
  const [own, stolen] = [soft.sign(request), thief.sign(request)]
  const wanted = { passkey, owner: grace, alone: true }

  const { id, rawId } = own
  for (const answer of [
    stolen,
    { ...stolen, id, rawId },
    { ...own, id: stolen.id },
    { ...own, response: { ...own.response, signature: stolen.response.signature } },
    { ...own, response: { ...own.response, authenticatorData: '' } },
    { ...own, response: { ...own.response, clientDataJSON: 'AAAA' } },
    { ...own, response: { ...own.response, clientDataJSON: Buffer.from('null').toString('base64url') } },
    { ...own, response: { ...own.response, signature: 'x'.repeat(10_000) } },
  ]) {
    assert.equal(await passkeys.verifySignature(challenge, answer, wanted), null)
  }
  for (const attestationObject of ['', 'AAAA', 'n'.repeat(16_000), Buffer.alloc(12_000, 0x81).toString('base64url')]) {
    const answer = { ...own, response: { clientDataJSON: own.response.clientDataJSON, attestationObject } }
    assert.equal(await passkeys.verifyCreation(challenge, answer), null)
  }
  assert.equal(passkeys.challengeIn(own), challenge)
  assert.equal(passkeys.challengeIn({ ...own, response: { ...own.response, clientDataJSON: 'AAAA' } }), null)
})

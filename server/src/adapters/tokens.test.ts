import assert from 'node:assert/strict'
import { createHmac, createPrivateKey, createPublicKey, createSecretKey, sign } from 'node:crypto'
import { test } from 'node:test'
import { base64url, calculateJwkThumbprint, createLocalJWKSet, jwtVerify } from '#jose'
import type { AccessClaims, SessionId } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'
import {
  newRefreshToken,
  newSigningKey,
  openTokenSigner,
  refreshTokenDigest,
  rotationLagSeconds,
  type SigningKey,
} from './tokens.ts'

const issuer = 'http://127.0.0.1:3001'
const ttlSeconds = 3600
const nowSeconds = 1_900_000_000
const ada: AccessClaims = {
  sub: '01920000-0000-7000-8000-000000000001' as UserId,
  sid: '01920000-0000-7000-8000-0000000000aa' as SessionId,
  iat: nowSeconds,
  exp: nowSeconds + ttlSeconds,
}

const key = newSigningKey()
const otherKey = newSigningKey()
const signer = openTokenSigner([key], { issuer, ttlSeconds })

const goodHeader = { alg: 'EdDSA', typ: 'at+jwt', kid: key.kid }
const goodPayload = { iss: issuer, aud: 'roster', ...ada, jti: 'one' }

test('a token says who, in which session, and until when', async () => {
  const token = await signer.sign(ada)
  const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())

  assert.deepEqual(await signer.verify(token, nowSeconds), ada)
  assert.deepEqual(JSON.parse(header ?? ''), goodHeader)
  const { jti, ...rest } = JSON.parse(payload ?? '')
  assert.deepEqual(rest, { iss: issuer, aud: 'roster', ...ada })
  assert.match(jti, /^[0-9a-f-]{36}$/)
  assert.notEqual(token, await signer.sign(ada))
})

test('a token made by hand to the same rules is taken, so the refusals below have one reason each', async () => {
  assert.deepEqual(await signer.verify(forge(goodHeader, goodPayload), nowSeconds), ada)
})

test('a token is good until the second it expires, remembered or not', async () => {
  const token = await signer.sign(ada)
  const fresh = openTokenSigner([key], { issuer, ttlSeconds })

  assert.deepEqual(await signer.verify(token, ada.exp - 1), ada)
  assert.equal(await signer.verify(token, ada.exp), null)
  assert.equal(await fresh.verify(token, ada.exp), null)
})

test('the answer to a known token is at hand', async () => {
  const token = await signer.sign(ada)
  await signer.verify(token, nowSeconds)

  assert.deepEqual(signer.verify(token, nowSeconds), ada)
  assert.equal(signer.verify(token, ada.exp), null)
})

test('tokens of another kind, of other algorithms and for other ears are refused', async () => {
  const publicPem = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  })
  const bad: [string, string][] = [
    ['alg none, unsigned', `${encode({ ...goodHeader, alg: 'none' })}.${encode(goodPayload)}.`],
    ['alg None, unsigned', `${encode({ ...goodHeader, alg: 'None' })}.${encode(goodPayload)}.`],
    ['alg none, signed', forge({ ...goodHeader, alg: 'none' }, goodPayload)],
    ['no alg', forge({ ...goodHeader, alg: undefined }, goodPayload)],
    ['HS256 with the public key as PEM', forgeHmac({ ...goodHeader, alg: 'HS256' }, goodPayload, publicPem)],
    [
      'HS256 with the public key as raw bytes',
      forgeHmac({ ...goodHeader, alg: 'HS256' }, goodPayload, base64url.decode(key.publicJwk.x ?? '')),
    ],
    ['RS256', forge({ ...goodHeader, alg: 'RS256' }, goodPayload)],
    ['kid that climbs directories', forge({ ...goodHeader, kid: '../../../../dev/null' }, goodPayload, otherKey)],
    ['kid with SQL', forge({ ...goodHeader, kid: "x' UNION SELECT 'key" }, goodPayload, otherKey)],
    ['kid of every object', forge({ ...goodHeader, kid: '__proto__' }, goodPayload, otherKey)],
    ['kid of no text', forge({ ...goodHeader, kid: 1 }, goodPayload)],
    ['no kid', forge({ ...goodHeader, kid: undefined }, goodPayload)],
    ['stranger’s key under our kid', forge(goodHeader, goodPayload, otherKey)],
    ['stranger’s key in jwk', forge({ ...goodHeader, jwk: otherKey.publicJwk }, goodPayload, otherKey)],
    ['stranger’s key in jku', forge({ ...goodHeader, jku: 'http://127.0.0.1:9/jwks' }, goodPayload, otherKey)],
    ['stranger’s key in x5u', forge({ ...goodHeader, x5u: 'http://127.0.0.1:9/cert' }, goodPayload, otherKey)],
    ['typ JWT', forge({ ...goodHeader, typ: 'JWT' }, goodPayload)],
    ['no typ', forge({ ...goodHeader, typ: undefined }, goodPayload)],
    ['crit', forge({ ...goodHeader, crit: ['exp'] }, goodPayload)],
    ['empty crit', forge({ ...goodHeader, crit: [] }, goodPayload)],
    ['unencoded payload', forge({ ...goodHeader, b64: false, crit: ['b64'] }, goodPayload)],
    ['no exp', forge(goodHeader, { ...goodPayload, exp: undefined })],
    ['exp as text', forge(goodHeader, { ...goodPayload, exp: String(ada.exp) })],
    ['expired', forge(goodHeader, { ...goodPayload, exp: nowSeconds })],
    ['not yet good', forge(goodHeader, { ...goodPayload, nbf: nowSeconds + 60 })],
    ['no iat', forge(goodHeader, { ...goodPayload, iat: undefined })],
    ['iat as text', forge(goodHeader, { ...goodPayload, iat: String(ada.iat) })],
    ['no sub', forge(goodHeader, { ...goodPayload, sub: undefined })],
    ['sub as number', forge(goodHeader, { ...goodPayload, sub: 1 })],
    ['no sid', forge(goodHeader, { ...goodPayload, sid: undefined })],
    ['sid as list', forge(goodHeader, { ...goodPayload, sid: [ada.sid] })],
    ['no jti', forge(goodHeader, { ...goodPayload, jti: undefined })],
    ['other issuer', forge(goodHeader, { ...goodPayload, iss: 'http://127.0.0.1:3002' })],
    ['no issuer', forge(goodHeader, { ...goodPayload, iss: undefined })],
    ['other audience', forge(goodHeader, { ...goodPayload, aud: 'billing' })],
    ['no audience', forge(goodHeader, { ...goodPayload, aud: undefined })],
    ['payload of no object', forge(goodHeader, null)],
    ['payload of a list', forge(goodHeader, [goodPayload])],
  ]
  for (const [name, token] of bad) assert.equal(await signer.verify(token, nowSeconds), null, name)
})

test('junk is refused without a fault', async () => {
  const token = await signer.sign(ada)
  const [header, payload, signature] = token.split('.') as [string, string, string]
  const junk = [
    '',
    '.',
    '..',
    '...',
    'junk',
    'a.b.c',
    '\u{1F511}.\u{1F511}.\u{1F511}',
    'bnVsbA.bnVsbA.bnVsbA',
    `${encode([])}.${payload}.${signature}`,
    `.${payload}.${signature}`,
    `${header}..${signature}`,
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${header}.${payload}.AAAA`,
    `${header}.${payload}.${signature}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -2)}`,
    `Bearer ${token}`,
    `${token}\0`,
  ]
  for (const bad of junk) assert.equal(await signer.verify(bad, nowSeconds), null, JSON.stringify(bad))
  for (let length = 0; length < token.length; length += 1) {
    assert.equal(await signer.verify(token.slice(0, length), nowSeconds), null, `cut at ${length}`)
  }
  for (let at = 0; at < token.length - 1; at += 7) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    assert.equal(await signer.verify(changed, nowSeconds), null, `changed at ${at}`)
  }
})

test('a token over 8 KiB is refused unread, however well signed', async () => {
  const long = forge(goodHeader, { ...goodPayload, padding: 'x'.repeat(8 * 1024) })

  assert.equal(signer.verify(long, nowSeconds), null)
})

test('a retired key verifies what it signed, and what nodes that have not heard of it sign meanwhile', async () => {
  const token = await signer.sign(ada)
  const retiredAtSeconds = nowSeconds + 60
  const signedLater = forge(goodHeader, { ...goodPayload, iat: retiredAtSeconds + 1, exp: retiredAtSeconds + 1000 })
  const renewed = openTokenSigner([{ ...key, retiredAtSeconds }, otherKey], { issuer, ttlSeconds })

  const header = JSON.parse(Buffer.from((await renewed.sign(ada)).split('.')[0] ?? '', 'base64url').toString())
  assert.equal(header.kid, otherKey.kid)
  assert.deepEqual(await renewed.verify(token, ada.exp - 1), ada)
  assert.equal(await renewed.verify(token, ada.exp), null)
  assert.notEqual(await renewed.verify(signedLater, retiredAtSeconds + 2), null)
  assert.deepEqual(kidsOf(renewed, retiredAtSeconds + ttlSeconds + rotationLagSeconds - 1), [key.kid, otherKey.kid])
  assert.deepEqual(kidsOf(renewed, retiredAtSeconds + ttlSeconds + rotationLagSeconds), [otherKey.kid])
  assert.throws(() => openTokenSigner([{ ...key, retiredAtSeconds }], { issuer, ttlSeconds }), RangeError)
})

test('other programs verify our tokens by the published keys, which hold nothing private', async () => {
  const jwks = signer.jwks(nowSeconds)
  const keySet = createLocalJWKSet(jwks)
  const { payload } = await jwtVerify(await signer.sign(ada), keySet, { currentDate: new Date(nowSeconds * 1000) })

  assert.equal(payload.sub, ada.sub)
  assert.deepEqual(jwks, {
    keys: [{ kty: 'OKP', crv: 'Ed25519', x: key.publicJwk.x, kid: key.kid, alg: 'EdDSA', use: 'sig' }],
  })
  assert.equal(key.kid, await calculateJwkThumbprint(key.publicJwk))
})

test('refresh tokens are 256 random bits, and their digest needs the key', () => {
  const token = newRefreshToken()
  const digest = refreshTokenDigest(createSecretKey(Buffer.alloc(32, 1)), token)

  assert.match(token, /^[\w-]{43}$/)
  assert.notEqual(token, newRefreshToken())
  assert.match(digest, /^[\w-]{43}$/)
  assert.equal(digest, refreshTokenDigest(createSecretKey(Buffer.alloc(32, 1)), token))
  assert.notEqual(digest, refreshTokenDigest(createSecretKey(Buffer.alloc(32, 2)), token))
  assert.notEqual(digest, refreshTokenDigest(createSecretKey(Buffer.alloc(32, 1)), newRefreshToken()))
})

function encode(part: unknown): string {
  return base64url.encode(JSON.stringify(part))
}

function forge(header: object, payload: unknown, by: SigningKey = key): string {
  const signed = `${encode(header)}.${encode(payload)}`
  const privateKey = createPrivateKey({ key: { ...by.privateJwk }, format: 'jwk' })
  return `${signed}.${base64url.encode(sign(null, Buffer.from(signed), privateKey))}`
}

function forgeHmac(header: object, payload: unknown, secret: string | Uint8Array | Buffer): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function kidsOf(signing: ReturnType<typeof openTokenSigner>, atSeconds: number): (string | undefined)[] {
  return signing.jwks(atSeconds).keys.map(({ kid }) => kid)
}

import assert from 'node:assert/strict'
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { signingKeys } from '../../src/store/signing-keys.ts'
import { cast } from '../cast.ts'
import { openWorld, type World } from '../world.ts'
import { everyDoor, logIn, pairOf, withToken } from './doors.ts'

type Json = Record<string, unknown>

/** What a forger has: a true token, taken apart, and (to show that each refusal has its own reason) our own key. */
interface Workshop {
  readonly header: Json
  readonly claims: Json
  readonly token: string
  /** Signs as we would. */
  truly(header: Json, claims: Json): string
}

async function openWorkshop(world: World): Promise<Workshop> {
  const [key] = await signingKeys(world.directory.engine.here)
  if (key === undefined) throw new Error('the world signs nothing')
  const privateKey = createPrivateKey({ key: JSON.parse(key.privateJwk), format: 'jwk' })
  const token = await world.token('ada')
  const [header = {}, claims = {}] = token
    .split('.')
    .slice(0, 2)
    .map((part): Json => JSON.parse(Buffer.from(part, 'base64url').toString()))
  return { header, claims, token, truly: (header, claims) => signedBy(privateKey, header, claims) }
}

test('a token that is made by hand as ours are made is taken, so each refusal below has its own reason', async () => {
  await using world = await openWorld()
  const { header, claims, truly } = await openWorkshop(world)

  assert.equal(await statusWith(world, truly(header, claims)), 200)
  assert.equal(await statusWith(world, truly(header, { ...claims, jti: 'another', more: 'x' })), 200)
})

test('no forged token opens any door', async () => {
  await using world = await openWorld()
  const workshop = await openWorkshop(world)
  const forgeries = [
    ...algorithms(world, workshop),
    ...headers(workshop),
    ...claimsOf(world, workshop),
    ...junk(workshop),
  ]

  for (const [name, token] of forgeries) {
    assert.equal(await statusWith(world, token), 401, name)
    assert.equal((await world.fetch('/express-gateway/users', withToken(token))).status, 401, name)
  }
  assert.equal(await statusWith(world, workshop.token), 200)
})

test('a forged token is turned away from every route that needs somebody', async () => {
  await using world = await openWorld()
  const { header, claims } = await openWorkshop(world)
  const token = `${part({ ...header, alg: 'none' })}.${part(claims)}.`

  for (const { name, route, at } of everyDoor(world).filter(({ route }) => route.needs !== 'nobody')) {
    const answer = await world.fetch(at(cast.ada.user.id), { method: route.method, ...withToken(token) })
    assert.equal(answer.status, 401, name)
  }
})

test('a token of another directory is none here, even for the same person and address', async () => {
  const settings = { PUBLIC_URL: 'http://127.0.0.1:3001' }
  await using world = await openWorld({ settings })
  await using other = await openWorld({ settings })

  assert.equal(await statusWith(world, await other.token('ada')), 401)
})

test('a token of one address of the directory is none under another', async () => {
  await using near = await openWorld({ engine: 'postgres', settings: { PUBLIC_URL: 'http://127.0.0.1:3001' } })
  await using far = await openWorld({
    engine: 'postgres',
    settings: { PUBLIC_URL: 'http://127.0.0.1:3002' },
    beside: near,
  })

  assert.equal(await statusWith(near, await near.token('ada')), 200)
  assert.equal(await statusWith(far, await near.token('ada')), 401)
})

test('the published keys hold nothing that signs, and a token is no password, refresh token or path', async () => {
  await using world = await openWorld()
  const { token } = await openWorkshop(world)
  const published = await (await world.fetch('/.well-known/jwks.json')).text()
  assert.doesNotMatch(published, /"(d|p|q|dp|dq|qi|k)"/)

  assert.equal((await logIn(world, { email: 'ada@example.com', password: token.slice(0, 256) })).status, 401)
  for (const path of [`/api/users/me?access_token=${token}`, `/api/users/me?authorization=Bearer%20${token}`]) {
    assert.equal((await world.fetch(path)).status, 401)
  }
  for (const headers of [
    { cookie: `token=${token}` },
    { 'x-access-token': token },
    { 'proxy-authorization': `Bearer ${token}` },
  ]) {
    assert.equal((await world.fetch('/api/users/me', { headers: headers as Record<string, string> })).status, 401)
  }
})

test('a token stops with the second it names, whatever was asked with it before', async () => {
  await using world = await openWorld({ settings: { ACCESS_TOKEN_TTL: '60' } })
  const { accessToken } = await pairOf(
    await logIn(world, { email: 'grace@example.com', password: cast.grace.password }),
  )

  world.tick(59_000)
  assert.equal(await statusWith(world, accessToken), 200)
  world.tick(1_000)
  assert.equal(await statusWith(world, accessToken), 401)
})

function algorithms(world: World, { header, claims, token }: Workshop): [string, string][] {
  const stranger = generateKeyPairSync('ed25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const strangersJwk = stranger.publicKey.export({ format: 'jwk' })
  const { keys } = world.directory.tokens.jwks(world.core.clock() / 1000)
  const ours = createPublicKey({ key: { ...keys[0] }, format: 'jwk' })
  const secrets = {
    'the public key as PEM': ours.export({ type: 'spki', format: 'pem' }),
    'the public key as DER': ours.export({ type: 'spki', format: 'der' }),
    'its bytes': Buffer.from(String(keys[0]?.x), 'base64url'),
    'its JWK': JSON.stringify(keys[0]),
    nothing: '',
  }
  const asHmac = (alg: string, hash: string) =>
    Object.entries(secrets).map(([name, secret]): [string, string] => {
      const text = `${part({ ...header, alg })}.${part(claims)}`
      return [`${alg} by ${name}`, `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`]
    })
  const unsigned = ['none', 'None', 'NONE', 'nOnE', '', null, undefined].flatMap((alg): [string, string][] => {
    const text = `${part({ ...header, alg })}.${part(claims)}`
    return [
      [`alg ${alg}`, `${text}.`],
      [`alg ${alg}, two parts`, text],
      [`alg ${alg}, our signature`, `${text}.${token.split('.')[2]}`],
    ]
  })
  return [
    ...unsigned,
    ...asHmac('HS256', 'sha256'),
    ...asHmac('HS512', 'sha512'),
    ["a stranger's key", signedBy(stranger.privateKey, header, claims)],
    ["a stranger's key in the header", signedBy(stranger.privateKey, { ...header, jwk: strangersJwk }, claims)],
    ["a stranger's key without its name", signedBy(stranger.privateKey, { ...header, kid: undefined }, claims)],
    ['RS256', signedBy(rsa.privateKey, { ...header, alg: 'RS256' }, claims)],
    ['ES256', `${part({ ...header, alg: 'ES256' })}.${part(claims)}.${Buffer.alloc(64).toString('base64url')}`],
    ['zeros for a signature', `${part(header)}.${part(claims)}.${Buffer.alloc(64).toString('base64url')}`],
    ['Ed25519 by another name', signedBy(stranger.privateKey, { ...header, alg: 'Ed25519' }, claims)],
  ]
}

function headers({ header, claims, truly }: Workshop): [string, string][] {
  const kids = [
    '../../../../dev/null',
    '/dev/null',
    "x' union select 'y",
    '',
    null,
    '\0',
    '__proto__',
    'constructor',
    ['x'],
    0,
    `${header.kid} `,
  ]
  return [
    ...kids.map((kid): [string, string] => [`kid ${JSON.stringify(kid)}`, truly({ ...header, kid }, claims)]),
    ['no kid', truly({ ...header, kid: undefined }, claims)],
    ['another type', truly({ ...header, typ: 'JWT' }, claims)],
    ['the type of a refresh token', truly({ ...header, typ: 'rt+jwt' }, claims)],
    ['no type', truly({ ...header, typ: undefined }, claims)],
    ['something critical', truly({ ...header, crit: ['exp'], exp: 0 }, claims)],
    ['something critical that nobody knows', truly({ ...header, crit: ['x'], x: 1 }, claims)],
    ['nothing critical', truly({ ...header, crit: [] }, claims)],
    ['an unencoded payload', truly({ ...header, b64: false, crit: ['b64'] }, claims)],
    [
      'a link to keys',
      truly({ ...header, kid: 'x', jku: 'http://127.0.0.1:1/keys', x5u: 'http://127.0.0.1:1/x' }, claims),
    ],
    ['an encrypted form', truly({ ...header, enc: 'A256GCM', alg: 'dir' }, claims)],
  ]
}

function claimsOf(world: World, { header, claims, truly }: Workshop): [string, string][] {
  const nowSeconds = Math.floor(world.core.clock() / 1000)
  const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
  const changed: Json[] = [
    { aud: 'others' },
    { aud: ['others'] },
    { aud: null },
    { aud: '' },
    { iss: 'http://evil.example' },
    { iss: `${claims.iss}/` },
    { exp: nowSeconds },
    { exp: nowSeconds - 1 },
    { exp: '9999999999' },
    { exp: null },
    { exp: -1 },
    { nbf: nowSeconds + 100 },
    { nbf: 'x' },
    { iat: 'x' },
    { iat: null },
    { sub: null },
    { sub: '' },
    { sub: ['x'] },
    { sub: 1 },
    { sub: cast.grace.user.id },
    { sub: '__proto__' },
    { sub: `${claims.sub}\0` },
    { sid: '' },
    { sid: cast.ada.user.id },
    { sid: null },
    { sid: { $ne: null } },
    { sid: true },
    { sid: '%' },
    { sid: "' or 1=1 --" },
    { sub: "' or 1=1 --" },
    { sub: 'a\0b' },
    { sid: 'a\0b' },
  ]
  return [
    ...['aud', 'iss', 'sub', 'sid', 'iat', 'exp', 'jti'].map((name): [string, string] => [
      `no ${name}`,
      truly(header, without(name)),
    ]),
    ...changed.map((more): [string, string] => [JSON.stringify(more), truly(header, { ...claims, ...more })]),
  ]
}

function junk({ token }: Workshop): [string, string][] {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const tokens = [
    ...[
      '',
      '.',
      '..',
      '...',
      'a.b.c',
      `${token}.`,
      `.${token}`,
      `${token}.${signature}`,
      `${header}.${claims}`,
      `${header}..${signature}`,
    ],
    ...[
      `.${claims}.${signature}`,
      `${header}.${claims}.`,
      token.slice(1),
      token.slice(0, -10),
      `${token}AAAA`,
      token.replace('.', ''),
    ],
    ...[
      `${header}.${claims}.${signature.slice(0, -1)}`,
      token.toLowerCase(),
      'A'.repeat(9000),
      `${'A'.repeat(4000)}.A.A`,
      '=',
      'null',
    ],
    ...[
      `${Buffer.from('[]').toString('base64url')}.${claims}.${signature}`,
      `${header}.${Buffer.from('[]').toString('base64url')}.${signature}`,
    ],
    ...[`${Buffer.from('{"alg":"EdDSA","alg":"none"}').toString('base64url')}.${claims}.${signature}`],
  ]
  return tokens.map((junk): [string, string] => [`junk ${junk.slice(0, 60)}`, junk])
}

function signedBy(key: KeyObject, header: Json, claims: Json): string {
  const text = `${part(header)}.${part(claims)}`
  const hash = key.asymmetricKeyType === 'rsa' ? 'sha256' : null
  return `${text}.${sign(hash, Buffer.from(text), key).toString('base64url')}`
}

function part(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function statusWith(world: World, token: string): Promise<number> {
  return (await world.fetch('/api/users/me', withToken(token))).status
}

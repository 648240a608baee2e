import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scrypts, vectors } from '../../../test/foreign-hashes.ts'
import { limits } from '../../core/limits.ts'
import type { Flaw } from '../../core/refusals.ts'
import { openPasswordHasher } from '../password-hash.ts'
import { readPasswordHash } from './read-hash.ts'

test('published hashes of every form are matched by their password, and by no other', async () => {
  await using hasher = openPasswordHasher()
  for (const [source, pairs] of Object.entries(vectors)) {
    for (const [password, hash] of pairs) {
      assert.ok('value' in readPasswordHash(hash), `${source}: ${hash}`)
      assert.deepEqual(await hasher.verify(hash, password), { matches: true }, `${source}: ${hash}`)
      assert.deepEqual(await hasher.verify(hash, `x${password}`), { matches: false }, `${source}: ${hash}`)
    }
  }
})

test('of a password of more than 72 bytes bcrypt knows the beginning, and the other forms the whole', async () => {
  await using hasher = openPasswordHasher()
  const [[long, ofBcrypt], [short, ofSha]] = [vectors['crypt_blowfish 1.3, wrapper.c'][3], vectors['passlib, SSHA'][0]]

  assert.deepEqual(await hasher.verify(ofBcrypt, `${long.slice(0, 72)} and something else`), { matches: true })
  assert.deepEqual(await hasher.verify(ofBcrypt, long.slice(0, 71)), { matches: false })
  assert.deepEqual(await hasher.verify(ofSha, `${short}${'x'.repeat(72)}`), { matches: false })
})

const digest = 'A'.repeat(43)

/** Each at its limit, and one step beyond: cheaper than it looks, because none of them is computed. */
const dearest: readonly [accepted: string, refused: string, flaw: Flaw][] = [
  [argon2(262_144, 4), argon2(262_145, 1), { flaw: 'costly_hash', cost: 'argon2_kib', max: 262_144 }],
  [argon2(65_536, 16), argon2(65_536, 17), { flaw: 'costly_hash', cost: 'argon2_kib_passes', max: 1_048_576 }],
  [argon2(8, 131_072), argon2(4_194_304, 1), { flaw: 'costly_hash', cost: 'argon2_kib', max: 262_144 }],
  [bcrypt('13'), bcrypt('14'), { flaw: 'costly_hash', cost: 'bcrypt_cost', max: 13 }],
  [bcrypt('04'), bcrypt('31'), { flaw: 'costly_hash', cost: 'bcrypt_cost', max: 13 }],
  [scrypt(17, 8, 1), scrypt(17, 8, 2), costlyScrypt()],
  [scrypt(14, 8, 8), scrypt(30, 8, 1), costlyScrypt()],
  [scrypt(7, 8, 1024), scrypt(1, 8, 65_536), costlyScrypt()],
  [scrypts.hexadecimal, scrypts.hexadecimal.replace('16384$8$1', '16384$8$9'), costlyScrypt()],
  [firebase(17), firebase(18), costlyScrypt()],
  [pbkdf2('sha256', 2_000_000, 32), pbkdf2('sha256', 2_000_001, 32), costlyPbkdf2(2_000_000)],
  [pbkdf2('sha256', 1_000_000, 64), pbkdf2('sha256', 1_000_001, 64), costlyPbkdf2(2_000_000)],
  [pbkdf2('sha512', 500_000, 64), pbkdf2('sha512', 500_001, 16), costlyPbkdf2(500_000)],
  [pbkdf2('sha1', 2_000_000, 20), 'pbkdf2_sha1$2000001$seasalt$oAfF6vgs95ncksAhGXOWf4Okq7o=', costlyPbkdf2(2_000_000)],
  [phpass('G'), phpass('H'), { flaw: 'costly_hash', cost: 'phpass_rounds', max: 18 }],
]

test('a hash is read up to what it may cost, and no further', () => {
  for (const [accepted, refused, flaw] of dearest) {
    assert.ok('value' in readPasswordHash(accepted), accepted)
    assert.deepEqual(readPasswordHash(refused), { flaw }, refused)
  }
})

const unknown = { flaw: { flaw: 'unknown_hash' } }

test('what is no hash, or could be matched by chance, is of no known form', () => {
  for (const text of [
    ...['', 'secret', '$', '$$$$', '{}', '5f4dcc3b5aa765d61d8327deb882cf99', '$1$etNnh7FA$OlM7eljE/B7F1J4XYNnk81'],
    ...['{SHA}at+xg6SiyUovktq1redipHiJpaE=', '{SSHA}at+xg6SiyUovktq1redipHiJpaE=', '{SSHA}AAAA', '{SSHA}!', '{CRYPT}x'],
    '{SSHA}ZQK3Yvtvl6wtIRoISgMGPkcWU7Nfq5U=',
    ...['$argon2id$', `$argon2x$v=19$m=256,t=2,p=1$c29tZXNhbHQ$${digest}`, '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$'],
    ...['$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$AAAAAA', `$argon2id$v=19$m=0,t=0,p=0$c29tZXNhbHQ$${digest}`],
    ...[bcrypt('03'), bcrypt('4'), bcrypt('10').slice(0, -1), bcrypt('10').replace('2a', '2x'), `${bcrypt('10')} `],
    bcrypt('10').replace(/.$/, 'V'),
    ...[scrypt(0, 8, 1), scrypt(14, 0, 1), scrypt(14, 8, 0), scrypt(16, 1, 1), scrypt(99, 1, 1)],
    ...[
      `$scrypt$ln=4,r=8,p=1$AAA$${digest}`,
      '$scrypt$ln=4,r=8,p=1$AAAAAA$AAAA',
      '16385$8$1$00000000$00',
      '0$8$1$00$00',
    ],
    ...[firebase(0), firebase(14).replace('sk=', 'sk=AAAA'), firebase(14).replace(',ss=', ',x='), '$firebase-scrypt$'],
    ...['$pbkdf2-sha256$0$AAAAAA$', `$pbkdf2-sha256$01$AAAAAA$${digest}`, `$pbkdf2-md5$1$AAAAAA$${digest}`],
    ...[`$pbkdf2-sha256$1$$${digest}`, '$pbkdf2-sha256$1$AAAAAA$AAAA', `$pbkdf2-sha256$i=1,l=16$AAAAAA$${digest}`],
    ...[`pbkdf2_sha256$1$$${digest}`, `pbkdf2_md5$1$seasalt$${digest}`, 'pbkdf2_sha256$1$seasalt$AAAA'],
    ...[phpass('4'), phpass('U'), phpass('B').slice(0, -1), '$P$', '$H$B'],
    `$pbkdf2-sha256$1$${'A'.repeat(limits.passwordHashLengthMax)}$${digest}`,
  ]) {
    assert.deepEqual(readPasswordHash(text), unknown, text)
  }
})

test('whatever is read can be verified, and what is made up matches nothing', async () => {
  const cheap = Object.values(vectors).flatMap((pairs) => pairs.map(([, hash]) => hash).filter(isCheap))
  const place = fc.tuple(fc.constantFrom(...cheap), fc.nat(), fc.string({ minLength: 1, maxLength: 2 }))

  await fc.assert(
    fc.asyncProperty(place, async ([hash, at, text]) => {
      const from = hash.length - 1 - (at % 30)
      const read = readPasswordHash(hash.slice(0, from) + text + hash.slice(from + 1))
      if ('value' in read) assert.equal(await read.value.matches('correct horse'), false)
    }),
    { numRuns: 300 },
  )
})

/** So that trying many of them takes no time. */
function isCheap(hash: string): boolean {
  return /^(\$argon2.*m=(8|256),|\{SSHA|\$pbkdf2(-sha\d+)?\$(i=)?\d{1,4}\D|\$2.\$05|\$scrypt\$ln=10|\$[PH]\$[7-9])/.test(
    hash,
  )
}

function argon2(m: number, t: number): string {
  return `$argon2id$v=19$m=${m},t=${t},p=1$c29tZXNhbHQ$${digest}`
}

function bcrypt(cost: string): string {
  return `$2a$${cost}$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`
}

function scrypt(ln: number, r: number, p: number): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$U29kaXVtQ2hsb3JpZGU$${digest}`
}

function firebase(ln: number): string {
  return `$firebase-scrypt$ln=${ln},r=8,sk=${digest},ss=Bw==$42xEC+ixf3L2lw==$${digest}`
}

function pbkdf2(name: string, rounds: number, bytes: number): string {
  return `$pbkdf2-${name}$i=${rounds},l=${bytes}$c2FsdA$${Buffer.alloc(bytes).toString('base64')}`
}

function phpass(power: string): string {
  return `$P$${power}IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0`
}

function costlyScrypt(): Flaw {
  return { flaw: 'costly_hash', cost: 'scrypt_bytes', max: limits.scryptBytesMax }
}

function costlyPbkdf2(max: number): Flaw {
  return { flaw: 'costly_hash', cost: 'pbkdf2_rounds', max }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { chapters, type Environment, readSettings, type Settings, tellMistakes } from './settings.ts'

const key = Buffer.alloc(32, 7)
const defaultMounts = {
  sudigital: '/',
  'express-gateway': '/express-gateway',
  racknap: '/racknap',
  'redirect-manager': '/redirect-manager',
  'service-module': '/service-module',
}
const production = { NODE_ENV: 'production', MASTER_KEY: key.toString('base64') }

test('an empty environment is development on loopback with the documented defaults', () => {
  const { inForce, ...settings } = settingsOf({})

  assert.deepEqual(settings, {
    production: false,
    host: '127.0.0.1',
    port: 3001,
    publicUrl: 'http://localhost:3001',
    trustProxy: null,
    developmentOnNetwork: false,
    mounts: defaultMounts,
    expressGatewayListen: null,
    serviceModule: true,
    shutdownGraceSeconds: 10,
    logLevel: 'info',
    dataDirectory: './data',
    databaseUrl: null,
    databaseEncryptedAtRest: false,
    masterKey: null,
    masterKeyFile: null,
    retentionDays: 30,
    activityRetentionDays: 365,
    accessTokenTtlSeconds: 3600,
    refreshTokenTtlSeconds: 2_592_000,
    registration: true,
    passwordFloor: null,
    adminEmail: null,
    adminPassword: null,
    serviceModuleDefaultAdmin: null,
    smtp: null,
    mailFrom: null,
    clamd: null,
    rateLimits: true,
    usersListPerMinute: 100,
    usersCreatePerMinute: 10,
    usersUpdatePerMinute: 20,
    usersDeletePerMinute: 5,
    avatarsPerMinute: 3,
    batchPerMinute: 10,
    batchOperationsPerMinute: 2000,
    otherPerMinute: 600,
    authPerMinute: 20,
    signUpPerMinute: 5,
    failedAuthenticationsPerMinute: 100,
    serviceModuleAnonymousPerMinute: 10,
    guessesPerAccount: 10,
    guessesPerAddress: 100,
  })
  assert.deepEqual(
    inForce.find(({ variable }) => variable === 'PORT'),
    {
      variable: 'PORT',
      chapter: 'Serving',
      does: 'port to listen on; 0 takes any free one',
      value: '3001',
      isSet: false,
      isSecret: false,
    },
  )
})

test('an empty variable counts as unset', () => {
  assert.deepEqual(settingsOf({ PORT: '', DATABASE_URL: '', ADMIN_EMAIL: '' }), settingsOf({}))
})

test('only declared variables are read', () => {
  const asked = new Set<string>()
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => void asked.add(String(name)),
      ownKeys: () => assert.fail('the environment was listed'),
    },
  )

  readSettings(environment)

  const declared = chapters.flatMap(({ declarations }) => declarations.map(({ variable }) => variable))
  assert.deepEqual([...asked].sort(), declared.sort())
})

test('every example is a value that its setting takes', () => {
  for (const { variable, example, read } of chapters.flatMap(({ declarations }) => declarations)) {
    if (example) assert.ok('value' in read(example), `${variable}=${example}`)
  }
})

test('NODE_ENV is production only when it says exactly that', () => {
  assert.equal(settingsOf(production).production, true)
  for (const other of ['Production', 'prod', ' production', 'test']) {
    assert.equal(settingsOf({ NODE_ENV: other }).production, false, other)
  }
})

const read: [environment: Environment, name: keyof Settings, value: unknown][] = [
  [{ PORT: '0' }, 'port', 0],
  [{ HOST: '::1' }, 'publicUrl', 'http://[::1]:3001'],
  [{ ...production, HOST: '0.0.0.0', PORT: '80' }, 'publicUrl', 'http://localhost:80'],
  [{ ...production, PUBLIC_URL: 'https://example.com/people/' }, 'publicUrl', 'https://example.com/people'],
  [{ ...production, PUBLIC_URL: 'https://example.com' }, 'publicUrl', 'https://example.com'],
  [{ MOUNTS: 'express-gateway=off' }, 'mounts', { ...defaultMounts, 'express-gateway': null }],
  [
    { MOUNTS: ' sudigital=/a/b-c  express-gateway=/ ' },
    'mounts',
    { ...defaultMounts, sudigital: '/a/b-c', 'express-gateway': '/' },
  ],
  [{ SERVICE_MODULE: 'true' }, 'mounts', defaultMounts],
  [{ SERVICE_MODULE: 'false' }, 'mounts', { ...defaultMounts, 'service-module': null }],
  [
    { SERVICE_MODULE: 'false', MOUNTS: 'service-module=/people' },
    'mounts',
    { ...defaultMounts, 'service-module': null },
  ],
  [{ SERVICE_MODULE: 'true', MOUNTS: 'service-module=off' }, 'mounts', { ...defaultMounts, 'service-module': null }],
  [
    { SERVICE_MODULE_DEFAULT_ADMIN: 'admin@example.com:Pass:word: 1' },
    'serviceModuleDefaultAdmin',
    { email: 'admin@example.com', password: 'Pass:word: 1' },
  ],
  [{ SERVICE_MODULE_DEFAULT_ADMIN: 'a@b:\n' }, 'serviceModuleDefaultAdmin', { email: 'a@b', password: '\n' }],
  [{ SERVICE_MODULE_ANONYMOUS_LIMIT: '100' }, 'serviceModuleAnonymousPerMinute', 100],
  [{ EXPRESS_GATEWAY_LISTEN: '127.0.0.1:9876' }, 'expressGatewayListen', { host: '127.0.0.1', port: 9876 }],
  [{ EXPRESS_GATEWAY_LISTEN: '[::1]:0' }, 'expressGatewayListen', { host: '::1', port: 0 }],
  [{ TRUST_PROXY: '10.0.0.0/8, ::1,192.168.1.4' }, 'trustProxy', ['10.0.0.0/8', '::1', '192.168.1.4']],
  [{ DATABASE_URL: 'postgresql://roster@db/roster' }, 'databaseUrl', 'postgresql://roster@db/roster'],
  [{ PASSWORD_FLOOR: 'house' }, 'passwordFloor', 'house'],
  [{ RATE_LIMITS: 'off' }, 'rateLimits', false],
  [{ DEVELOPMENT_ON_NETWORK: 'yes', HOST: '0.0.0.0' }, 'host', '0.0.0.0'],
  [{ SMTP_URL: 'smtps://mail.example.com' }, 'smtp', mailServer({ port: 465, encrypted: 'at once' })],
  [{ SMTP_URL: 'smtp://mail.example.com/' }, 'smtp', mailServer({ port: 587, encrypted: 'by starttls' })],
  [{ SMTP_URL: 'smtp://mail.example.com:25?starttls=optional' }, 'smtp', mailServer({ encrypted: 'where offered' })],
  [{ SMTP_URL: 'smtp://[::1]:25' }, 'smtp', mailServer({ host: '::1', encrypted: 'where offered' })],
  [
    { SMTP_URL: 'smtp://ada%40example.com:p%3Aw%20@mail.example.com:25' },
    'smtp',
    mailServer({ encrypted: 'by starttls', login: { user: 'ada@example.com', password: 'p:w ' } }),
  ],
  [{ CLAMD_URL: 'tcp://clamd.internal' }, 'clamd', { host: 'clamd.internal', port: 3310 }],
  [{ CLAMD_URL: 'tcp://[::1]:3311' }, 'clamd', { host: '::1', port: 3311 }],
  [{ CLAMD_URL: 'unix:///run/clamav/clamd.ctl' }, 'clamd', { path: '/run/clamav/clamd.ctl' }],
  [{ MAIL_FROM: 'directory@example.com' }, 'mailFrom', { name: 'Roster', address: 'directory@example.com' }],
  [{ MAIL_FROM: 'Ünser Haus <haus@example.com>' }, 'mailFrom', { name: 'Ünser Haus', address: 'haus@example.com' }],
]

for (const [environment, name, value] of read) {
  test(`${inWords(environment)} makes ${name} ${inspect(value)}`, () => {
    assert.deepEqual(settingsOf(environment)[name], value)
  })
}

test('the master key is read from base64, base64url and hexadecimal alike', () => {
  const bytes = Buffer.from('fbff'.repeat(16), 'hex')
  for (const form of ['base64', 'base64url', 'hex'] as const) {
    assert.deepEqual(settingsOf({ MASTER_KEY: bytes.toString(form) }).masterKey?.export(), bytes, form)
  }
})

function mailServer(differently: object) {
  return { host: 'mail.example.com', port: 25, encrypted: 'at once', login: null, ...differently }
}

const refused: [environment: Environment, ...blamed: string[]][] = [
  [{ PORT: '65536' }, 'PORT'],
  [{ PORT: '-1' }, 'PORT'],
  [{ PORT: '3001.5' }, 'PORT'],
  [{ PORT: '1e3' }, 'PORT'],
  [{ HOST: 'localhost:3001' }, 'HOST'],
  [{ HOST: '[::1]' }, 'HOST'],
  [{ PUBLIC_URL: 'localhost:3001' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'ftp://localhost' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://ada:secret@localhost' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://localhost/?' }, 'PUBLIC_URL'],
  [{ DATABASE_URL: 'mysql://roster@db/roster' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'db.internal' }, 'DATABASE_URL'],
  [{ MASTER_KEY: 'a'.repeat(63) }, 'MASTER_KEY'],
  [{ MASTER_KEY: Buffer.alloc(31).toString('base64') }, 'MASTER_KEY'],
  [{ MOUNTS: 'nobody=/' }, 'MOUNTS'],
  [{ MOUNTS: 'constructor=off' }, 'MOUNTS'],
  [{ MOUNTS: '__proto__=off' }, 'MOUNTS'],
  [{ MOUNTS: 'sudigital' }, 'MOUNTS'],
  [{ MOUNTS: 'sudigital=house' }, 'MOUNTS'],
  [{ MOUNTS: 'sudigital=/house/' }, 'MOUNTS'],
  [{ MOUNTS: 'sudigital=/..' }, 'MOUNTS'],
  [{ MOUNTS: 'sudigital=/a=b' }, 'MOUNTS'],
  [{ MOUNTS: 'sudigital=/a sudigital=/b' }, 'MOUNTS'],
  [{ MOUNTS: 'express-gateway=/' }, 'MOUNTS'],
  [{ EXPRESS_GATEWAY_LISTEN: '0.0.0.0:9876' }, 'EXPRESS_GATEWAY_LISTEN'],
  [{ EXPRESS_GATEWAY_LISTEN: 'example.com:9876' }, 'EXPRESS_GATEWAY_LISTEN'],
  [{ EXPRESS_GATEWAY_LISTEN: '9876' }, 'EXPRESS_GATEWAY_LISTEN'],
  [{ EXPRESS_GATEWAY_LISTEN: '127.0.0.1:98765' }, 'EXPRESS_GATEWAY_LISTEN'],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
  [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY'],
  [{ TRUST_PROXY: '10.0.0.1,' }, 'TRUST_PROXY'],
  [{ DATABASE_ENCRYPTED_AT_REST: 'true' }, 'DATABASE_ENCRYPTED_AT_REST'],
  [{ RATE_LIMITS: 'false' }, 'RATE_LIMITS'],
  [{ PASSWORD_FLOOR: 'low' }, 'PASSWORD_FLOOR'],
  [{ LOG_LEVEL: 'verbose' }, 'LOG_LEVEL'],
  [{ ACCESS_TOKEN_TTL: '0' }, 'ACCESS_TOKEN_TTL'],
  [{ ADMIN_EMAIL: 'ada' }, 'ADMIN_EMAIL'],
  [{ SERVICE_MODULE: 'off' }, 'SERVICE_MODULE'],
  [{ SERVICE_MODULE: 'no' }, 'SERVICE_MODULE'],
  [{ SERVICE_MODULE_DEFAULT_ADMIN: 'admin@example.com' }, 'SERVICE_MODULE_DEFAULT_ADMIN'],
  [{ SERVICE_MODULE_DEFAULT_ADMIN: 'admin@example.com:' }, 'SERVICE_MODULE_DEFAULT_ADMIN'],
  [{ SERVICE_MODULE_DEFAULT_ADMIN: ':password' }, 'SERVICE_MODULE_DEFAULT_ADMIN'],
  [{ SERVICE_MODULE_DEFAULT_ADMIN: 'admin:password@example.com' }, 'SERVICE_MODULE_DEFAULT_ADMIN'],
  [{ SERVICE_MODULE_ANONYMOUS_LIMIT: '0' }, 'SERVICE_MODULE_ANONYMOUS_LIMIT'],
  [{ SERVICE_MODULE_ANONYMOUS_LIMIT: '101' }, 'SERVICE_MODULE_ANONYMOUS_LIMIT'],
  [{ SMTP_URL: 'mail.example.com' }, 'SMTP_URL'],
  [{ SMTP_URL: 'http://mail.example.com' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://mail.example.com/path' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtps://mail.example.com?tls.rejectUnauthorized=false' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://mail.example.com?starttls=optional&debug=true' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://user:secret@mail.example.com?starttls=optional' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://user@mail.example.com' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://user:%ff@mail.example.com' }, 'SMTP_URL'],
  [{ CLAMD_URL: 'http://clamd.internal:3310' }, 'CLAMD_URL'],
  [{ CLAMD_URL: 'tcp://clamd.internal:99999' }, 'CLAMD_URL'],
  [{ CLAMD_URL: 'unix://run/clamd.ctl' }, 'CLAMD_URL'],
  [{ MAIL_FROM: 'Roster' }, 'MAIL_FROM'],
  [{ MAIL_FROM: 'a@example.com, b@example.com' }, 'MAIL_FROM'],
  [{ MAIL_FROM: 'Roster <a@example.com>, <b@example.com>' }, 'MAIL_FROM'],
  [{ MAIL_FROM: 'Roster\r\nBcc: b@example.com <a@example.com>' }, 'MAIL_FROM'],
  [{ ADMIN_EMAIL: 'ada@example.com' }, 'ADMIN_PASSWORD'],
  [{ ADMIN_PASSWORD: 'something' }, 'ADMIN_EMAIL'],
  [{ HOST: '0.0.0.0' }, 'HOST'],
  [{ HOST: '192.168.1.4' }, 'HOST'],
  [{ HOST: '127.0.0.1.example.com' }, 'HOST'],
  [{ PUBLIC_URL: 'https://example.com' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'https://localhost.example.com' }, 'PUBLIC_URL'],
  [{ HOST: '::', PUBLIC_URL: 'https://example.com' }, 'HOST', 'PUBLIC_URL'],
  [{ NODE_ENV: 'production' }, 'MASTER_KEY'],
  [{ ...production, MASTER_KEY_FILE: '/etc/roster/key' }, 'MASTER_KEY'],
  [{ NODE_ENV: 'production', MASTER_KEY_FILE: './data/master.key' }, 'MASTER_KEY_FILE'],
  [{ NODE_ENV: 'production', DATA_DIR: '/srv/roster', MASTER_KEY_FILE: '/srv/a/../roster/key' }, 'MASTER_KEY_FILE'],
  [
    { ...production, DATABASE_URL: 'postgres://roster@db/roster', PUBLIC_URL: 'https://roster.example' },
    'DATABASE_ENCRYPTED_AT_REST',
  ],
  [{ ...production, DATABASE_URL: 'postgres://roster@db/roster', DATABASE_ENCRYPTED_AT_REST: 'yes' }, 'PUBLIC_URL'],
  [{ ...production, RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
]

for (const [environment, ...blamed] of refused) {
  test(`${inWords(environment)} is refused, naming ${blamed.join(' and ')}`, () => {
    assert.deepEqual(
      mistakesOf(environment).map(({ variable }) => variable),
      blamed,
    )
  })
}

test('loopback is served in development under each of its names', () => {
  for (const HOST of ['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST']) settingsOf({ HOST })
  for (const host of ['127.0.0.1', '127.1', '[::1]', 'localhost']) settingsOf({ PUBLIC_URL: `http://${host}:3001` })
})

test('a key beside the data directory, however alike the names, is outside it', () => {
  for (const MASTER_KEY_FILE of ['./data-key', '../data', '/etc/..data/key', 'key']) {
    settingsOf({ NODE_ENV: 'production', MASTER_KEY_FILE })
  }
})

test('all mistakes are told at once, each with what was found and what is expected', () => {
  const told = tellMistakes(mistakesOf({ PORT: 'http', LOG_LEVEL: 'loud', NODE_ENV: 'production' }))

  assert.equal(
    told,
    [
      'Roster cannot start with these settings:',
      '  PORT is "http"; expected a whole number from 0 to 65535',
      '  LOG_LEVEL is "loud"; expected one of trace, debug, info, warn, error, fatal, silent',
      '  MASTER_KEY is not set; expected a key here or in MASTER_KEY_FILE, in production',
    ].join('\n'),
  )
})

test('every fault of a mount table is told', () => {
  const [mistake] = mistakesOf({ MOUNTS: 'nobody=/ sudigital=house sudigital=/express-gateway' })

  for (const part of [/names among/, /every name once/, /pairs like/, /a path of its own/]) {
    assert.match(mistake?.expected ?? '', part)
  }
})

test('the value of a secret is in no mistake and in no print of the settings', () => {
  const canary = 'c4n4ry'
  const wrong = {
    MASTER_KEY: canary,
    DATABASE_URL: `mysql://${canary}`,
    ADMIN_PASSWORD: canary,
    SERVICE_MODULE_DEFAULT_ADMIN: canary,
    SMTP_URL: `smtp://${canary}`.replace('smtp', 'http'),
  }
  assert.ok(!inspect(mistakesOf(wrong), { depth: 9 }).includes(canary))

  const right = settingsOf(production)
  assert.ok(!inspect(right, { depth: 9 }).includes(production.MASTER_KEY))
  assert.ok(!JSON.stringify(right).includes(production.MASTER_KEY))
})

test('settings cannot be changed afterwards', () => {
  assert.ok(Object.isFrozen(settingsOf({})))
})

function settingsOf(environment: Environment): Settings {
  const { settings, mistakes } = readSettings(environment)
  assert.ok(settings, mistakes && tellMistakes(mistakes))
  return settings
}

function mistakesOf(environment: Environment) {
  return readSettings(environment).mistakes ?? assert.fail('nothing was refused')
}

function inWords(environment: Environment): string {
  const pairs = Object.entries(environment).map(([name, text]) => `${name}=${name === 'MASTER_KEY' ? '…' : text}`)
  return pairs.join(' ')
}

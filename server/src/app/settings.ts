import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { SettingShown } from '../core/settings/setting-shown.ts'
import {
  addressRanges,
  anyText,
  databaseAddress,
  emailAndPassword,
  emailLike,
  hostName,
  isLoopback,
  loopbackListenAddress,
  mailServer,
  masterKeyText,
  mountTable,
  oneOf,
  onOrOff,
  portMax,
  publicAddress,
  type Reader,
  scannerAddress,
  senderAddress,
  trueOrFalse,
  wholeNumber,
  yesOrNo,
} from './settings-readers.ts'

/** Every contract there is, by the name of its folder, and where it is mounted unless `MOUNTS` says otherwise. */
export const defaultMounts = {
  sudigital: '/',
  racknap: '/racknap',
  'express-gateway': '/express-gateway',
  'redirect-manager': '/redirect-manager',
  'service-module': '/service-module',
} as const

export type ContractName = keyof typeof defaultMounts

/** One setting: everything that help, documentation and `readSettings` know of it. */
export type Declaration<T> = {
  readonly variable: string
  readonly read: Reader<T>
  /** As an operator would write it; null where unset has a meaning of its own, which `unset` says. */
  readonly fallback: string | null
  readonly unset?: string
  /** What it does: one sentence of Markdown without a full stop. */
  readonly does: string
  readonly example?: string
  /** Its value is never shown. */
  readonly secret: boolean
}

type Words = { does: string; example?: string; secret?: boolean }

const day = 86_400

const serving = {
  production: setting('NODE_ENV', (text) => ({ value: text === 'production' }), 'development', {
    does: 'exactly `production` is production; everything else is development, which seeds test users and serves loopback only',
  }),
  host: setting('HOST', hostName, '127.0.0.1', { does: 'address to listen on', example: '0.0.0.0' }),
  port: setting('PORT', wholeNumber(0, portMax), '3001', { does: 'port to listen on; 0 takes any free one' }),
  publicUrl: optional('PUBLIC_URL', publicAddress, 'http://localhost:PORT, or at HOST if not this machine', {
    does: 'address under which people and programs reach this directory; tokens name it as their issuer, so all nodes have the same',
    example: 'https://directory.example.com',
  }),
  trustProxy: optional('TRUST_PROXY', addressRanges, 'nobody is trusted', {
    does: "proxies whose word on the caller's address is believed: IP addresses and ranges, separated by commas",
    example: '10.0.0.0/8,192.168.1.4',
  }),
  developmentOnNetwork: setting('DEVELOPMENT_ON_NETWORK', yesOrNo, 'no', {
    does: '`yes` lets development, with its documented passwords, serve addresses that are not loopback',
  }),
  mounts: setting('MOUNTS', mountTable<ContractName>(defaultMounts), mountsAsText(), {
    does: 'where each wire contract is mounted, or that it is `off`; contracts not named stay where they are',
    example: 'sudigital=/house express-gateway=off',
  }),
  expressGatewayListen: optional('EXPRESS_GATEWAY_LISTEN', loopbackListenAddress, 'closed', {
    does: "a second, loopback-only port that serves the `express-gateway` contract without authentication, as that product's admin port does",
    example: '127.0.0.1:9876',
  }),
  serviceModule: setting('SERVICE_MODULE', trueOrFalse, 'true', {
    does: '`false` takes the `service-module` contract away, as that product has it, whatever `MOUNTS` says',
  }),
  shutdownGraceSeconds: setting('SHUTDOWN_GRACE_SECONDS', wholeNumber(0, 3600), '10', {
    does: 'seconds that requests under way get to finish when the server is told to stop',
  }),
  logLevel: setting('LOG_LEVEL', oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info', {
    does: 'least weight of what is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
  }),
}

const keeping = {
  dataDirectory: setting('DATA_DIR', anyText, './data', { does: 'directory for everything Roster keeps on disk' }),
  databaseUrl: optional('DATABASE_URL', databaseAddress, 'an encrypted SQLite file in `DATA_DIR`', {
    does: 'PostgreSQL database to keep the directory in, shared by any number of nodes',
    example: 'postgres://roster@database.internal/roster',
    secret: true,
  }),
  databaseEncryptedAtRest: setting('DATABASE_ENCRYPTED_AT_REST', yesOrNo, 'no', {
    does: "`yes` is the operator's word that the volume under `DATABASE_URL` is encrypted; production asks for it",
  }),
  masterKey: optional('MASTER_KEY', masterKeyText, 'see `MASTER_KEY_FILE`', {
    does: 'key that wraps all other keys: 32 bytes in base64 or hexadecimal (`openssl rand -base64 32`)',
    secret: true,
  }),
  masterKeyFile: optional('MASTER_KEY_FILE', anyText, 'development makes a key of its own', {
    does: 'file that holds the master key; production asks for this, outside `DATA_DIR`, or for `MASTER_KEY`',
    example: '/etc/roster/master.key',
  }),
  retentionDays: setting('RETENTION_DAYS', wholeNumber(0, 36_500), '30', {
    does: 'days for which a deleted user can be restored; after that they are erased',
  }),
  activityRetentionDays: setting('ACTIVITY_RETENTION_DAYS', wholeNumber(1, 36_500), '365', {
    does: 'days for which it is kept what happened to accounts, with addresses and programs of callers',
  }),
}

const signingIn = {
  accessTokenTtlSeconds: setting('ACCESS_TOKEN_TTL', wholeNumber(1, day), '3600', {
    does: 'seconds for which an access token is good',
  }),
  refreshTokenTtlSeconds: setting('REFRESH_TOKEN_TTL', wholeNumber(1, 366 * day), '2592000', {
    does: 'seconds for which a refresh token is good',
  }),
  passwordFloor: optional('PASSWORD_FLOOR', oneOf('house'), "each contract's own rule", {
    does: '`house` applies the password rule of the house contract in every contract',
    example: 'house',
  }),
  registration: setting('REGISTRATION', onOrOff, 'on', {
    does: '`off` lets nobody ask for an account: admins create all users',
  }),
  adminEmail: optional('ADMIN_EMAIL', emailLike, '`roster create-admin` makes one', {
    does: 'e-mail address of the first admin, made at start when no admin is active; goes with `ADMIN_PASSWORD`',
    example: 'ada@example.com',
  }),
  adminPassword: optional('ADMIN_PASSWORD', anyText, 'see `ADMIN_EMAIL`', {
    does: 'password of the first admin',
    secret: true,
  }),
  serviceModuleDefaultAdmin: optional('SERVICE_MODULE_DEFAULT_ADMIN', emailAndPassword, 'nobody is made', {
    does: 'an admin, as `email:password`, who is made at every start unless somebody had the address before; somebody deleted is made anew while no other admin is active',
    secret: true,
  }),
}

const mailing = {
  smtp: optional('SMTP_URL', mailServer, 'development puts mail into a mailbox for admins, in production it waits', {
    does: 'mail server that takes what Roster sends: `smtps://`, or `smtp://` with STARTTLS, which only this machine, or `?starttls=optional`, may do without',
    example: 'smtps://mail.example.com',
    secret: true,
  }),
  mailFrom: optional('MAIL_FROM', senderAddress, 'Roster <no-reply@host of PUBLIC_URL>', {
    does: 'sender of mail, as the mail server lets us call ourselves',
    example: 'Example directory <directory@example.com>',
  }),
}

const receiving = {
  clamd: optional('CLAMD_URL', scannerAddress, 'pictures are decoded and made anew, but not scanned', {
    does: 'ClamAV daemon that scans what people upload, as `tcp://host:port` or `unix:///path`; while it is away, nothing is taken',
    example: 'unix:///run/clamav/clamd.ctl',
  }),
}

const limiting = {
  rateLimits: setting('RATE_LIMITS', onOrOff, 'on', {
    does: '`off` lifts the rate limits below, for tests and benchmarks (refused in production; password guessing stays limited)',
  }),
  usersListPerMinute: perMinute('RATE_LIMIT_USERS_LIST', '100', 'lists of users a caller may ask for in a minute'),
  usersCreatePerMinute: perMinute('RATE_LIMIT_USERS_CREATE', '10', 'users a caller may create in a minute'),
  usersUpdatePerMinute: perMinute('RATE_LIMIT_USERS_UPDATE', '20', 'updates of users a caller may make in a minute'),
  usersDeletePerMinute: perMinute('RATE_LIMIT_USERS_DELETE', '5', 'users a caller may delete in a minute'),
  avatarsPerMinute: perMinute('RATE_LIMIT_USERS_AVATAR', '3', 'pictures a caller may upload in a minute'),
  batchPerMinute: perMinute('RATE_LIMIT_BATCH', '10', 'batches a caller may send in a minute'),
  batchOperationsPerMinute: perMinute(
    'RATE_LIMIT_BATCH_OPERATIONS',
    '2000',
    'operations that the batches of a caller may hold in a minute, all together',
  ),
  otherPerMinute: perMinute('RATE_LIMIT_OTHER', '600', 'requests of all other kinds a caller may make in a minute'),
  authPerMinute: perMinute(
    'RATE_LIMIT_AUTH',
    '20',
    'calls for signing in, registering and the like an address may make in a minute',
  ),
  signUpPerMinute: perMinute(
    'RATE_LIMIT_SIGN_UP',
    '5',
    'accounts an address may ask the `racknap` contract for in a minute',
  ),
  failedAuthenticationsPerMinute: perMinute(
    'RATE_LIMIT_FAILED_AUTHENTICATION',
    '100',
    'requests with a bad token an address may send in a minute before all of its requests wait',
  ),
  serviceModuleAnonymousPerMinute: setting('SERVICE_MODULE_ANONYMOUS_LIMIT', wholeNumber(1, 100), '10', {
    does: 'calls of the `service-module` contract that an address may make in any minute without a token that stands',
  }),
  guessesPerAccount: setting('GUESSES_PER_ACCOUNT', wholeNumber(1, 1000), '10', {
    does: 'wrong passwords for one account in 15 minutes before further ones are turned away unread',
  }),
  guessesPerAddress: setting('GUESSES_PER_ADDRESS', wholeNumber(1, 100_000), '100', {
    does: 'wrong passwords from one address (IPv6: one /64) in 15 minutes before further ones are turned away unread',
  }),
}

const declarations = { ...serving, ...keeping, ...signingIn, ...mailing, ...receiving, ...limiting }

/** The declarations in reading order, for help and documentation. */
export const chapters: readonly { title: string; declarations: readonly Declaration<unknown>[] }[] = [
  { title: 'Serving', declarations: Object.values(serving) },
  { title: 'Keeping', declarations: Object.values(keeping) },
  { title: 'Signing in', declarations: Object.values(signingIn) },
  { title: 'Mail', declarations: Object.values(mailing) },
  { title: 'Uploads', declarations: Object.values(receiving) },
  { title: 'Limits', declarations: Object.values(limiting) },
]

type Declarations = typeof declarations
type Values = { readonly [K in keyof Declarations]: Declarations[K] extends Declaration<infer T> ? T : never }

/** What the operator decided. A `PUBLIC_URL` that was left out is made from `HOST` and `PORT`, so port 0 leaves it wrong. */
export type Settings = Omit<Values, 'publicUrl'> & {
  readonly publicUrl: string
  /** All of them, as an admin may see them. */
  readonly inForce: readonly SettingShown[]
}

/** `found` is fit to show: the text of a secret never gets in. */
export type Mistake = { readonly variable: string; readonly found: string; readonly expected: string }

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the declared variables and no other; an empty one counts as unset. All mistakes are told at once. */
export function readSettings(
  environment: Environment,
): { settings: Settings; mistakes?: never } | { settings?: never; mistakes: readonly Mistake[] } {
  const values: Record<string, unknown> = {}
  const mistakes: Mistake[] = []
  for (const [name, declaration] of Object.entries<Declaration<unknown>>(declarations)) {
    const text = environment[declaration.variable] || declaration.fallback
    const reading = text === null ? { value: null } : declaration.read(text)
    if ('value' in reading) values[name] = reading.value
    else mistakes.push(mistake(environment, declaration, reading.expected))
  }
  const broken = (name: string) => !Object.hasOwn(values, name)
  for (const rule of rules) {
    if (rule.weighs.some(broken)) continue
    const expected = rule.expected(values as Values)
    if (expected) mistakes.push(mistake(environment, declarations[rule.blames], expected))
  }
  if (mistakes.length > 0) return { mistakes }
  const { host, port, publicUrl, mounts, serviceModule } = values as Values
  const served = serviceModule ? mounts : { ...mounts, 'service-module': null }
  const address = publicUrl ?? addressOf(host, port)
  return {
    settings: Object.freeze({
      ...(values as Values),
      mounts: served,
      publicUrl: address,
      inForce: chapters.flatMap(({ title, declarations }) =>
        declarations.map((declaration) => shown(environment, title, declaration, address)),
      ),
    }),
  }
}

function shown(
  environment: Environment,
  chapter: string,
  { variable, fallback, does, secret }: Declaration<unknown>,
  address: string,
): SettingShown {
  const text = environment[variable] || null
  const value = variable === 'PUBLIC_URL' ? address : (text ?? fallback)
  return { variable, chapter, does, value: secret ? null : value, isSet: text !== null, isSecret: secret }
}

/** One line for each mistake, for the operator's eyes. */
export function tellMistakes(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(({ variable, found, expected }) => `  ${variable} is ${found}; expected ${expected}`)
  return ['Roster cannot start with these settings:', ...lines].join('\n')
}

type SettingName = keyof Values

/** What settings ask of each other; a rule rests while one that it weighs could not be read. */
type Rule = {
  readonly weighs: readonly SettingName[]
  readonly blames: SettingName
  /** What was expected of the blamed one, or null when all is well. */
  readonly expected: (values: Values) => string | null
}

const rules: readonly Rule[] = [
  {
    weighs: ['production', 'developmentOnNetwork', 'host'],
    blames: 'host',
    expected: ({ production, developmentOnNetwork, host }) =>
      production || developmentOnNetwork || isLoopback(host) ? null : loopbackInDevelopment,
  },
  {
    weighs: ['production', 'developmentOnNetwork', 'publicUrl'],
    blames: 'publicUrl',
    expected: ({ production, developmentOnNetwork, publicUrl }) =>
      production || developmentOnNetwork || !publicUrl || isLoopback(new URL(publicUrl).hostname)
        ? null
        : loopbackInDevelopment,
  },
  {
    weighs: ['production', 'masterKey', 'masterKeyFile'],
    blames: 'masterKey',
    expected: ({ production, masterKey, masterKeyFile }) => {
      if (masterKey && masterKeyFile) return 'only one of MASTER_KEY and MASTER_KEY_FILE'
      return production && !masterKey && !masterKeyFile ? 'a key here or in MASTER_KEY_FILE, in production' : null
    },
  },
  {
    weighs: ['production', 'masterKeyFile', 'dataDirectory'],
    blames: 'masterKeyFile',
    expected: ({ production, masterKeyFile, dataDirectory }) =>
      production && masterKeyFile && lies(masterKeyFile, dataDirectory)
        ? 'a file outside DATA_DIR, in production: a copy of the data must not hold its key'
        : null,
  },
  {
    weighs: ['production', 'databaseUrl', 'databaseEncryptedAtRest'],
    blames: 'databaseEncryptedAtRest',
    expected: ({ production, databaseUrl, databaseEncryptedAtRest }) =>
      production && databaseUrl && !databaseEncryptedAtRest
        ? 'yes, your word that the volume under DATABASE_URL is encrypted, in production'
        : null,
  },
  {
    weighs: ['production', 'databaseUrl', 'publicUrl'],
    blames: 'publicUrl',
    expected: ({ production, databaseUrl, publicUrl }) =>
      production && databaseUrl && !publicUrl
        ? 'the address that all nodes on DATABASE_URL share, in production: tokens name it'
        : null,
  },
  {
    weighs: ['production', 'rateLimits'],
    blames: 'rateLimits',
    expected: ({ production, rateLimits }) => (production && !rateLimits ? 'on, in production' : null),
  },
  {
    weighs: ['adminEmail', 'adminPassword'],
    blames: 'adminPassword',
    expected: ({ adminEmail, adminPassword }) =>
      adminEmail && !adminPassword ? 'a password for ADMIN_EMAIL, or neither of the two' : null,
  },
  {
    weighs: ['adminEmail', 'adminPassword'],
    blames: 'adminEmail',
    expected: ({ adminEmail, adminPassword }) =>
      adminPassword && !adminEmail ? 'an address to go with ADMIN_PASSWORD, or neither of the two' : null,
  },
]

const loopbackInDevelopment =
  'a loopback address in development (NODE_ENV=production or DEVELOPMENT_ON_NETWORK=yes lifts this)'

function setting<T>(variable: string, read: Reader<T>, fallback: string, words: Words): Declaration<T> {
  return { variable, read, fallback, secret: false, ...words }
}

function optional<T>(variable: string, read: Reader<T>, unset: string, words: Words): Declaration<T | null> {
  return { variable, read, fallback: null, unset, secret: false, ...words }
}

function perMinute(variable: string, fallback: string, does: string): Declaration<number> {
  return setting(variable, wholeNumber(1, 1_000_000), fallback, { does })
}

function mountsAsText(): string {
  return Object.entries(defaultMounts)
    .map(([name, path]) => `${name}=${path}`)
    .join(' ')
}

function mistake(environment: Environment, { variable, secret }: Declaration<unknown>, expected: string): Mistake {
  const text = environment[variable]
  const shown = secret ? 'set (not shown)' : JSON.stringify(text?.slice(0, 80))
  return { variable, found: text ? shown : 'not set', expected }
}

/** What every machine calls itself goes by its name: browsers have passkeys there and at no number, and take the two for different places. */
function addressOf(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** By the names alone: links on the disk are not followed. */
export function lies(file: string, directory: string): boolean {
  const way = relative(resolve(directory), resolve(file))
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

import { found, isProduct, isScript, isTest, type Rule } from './source.ts'

const knowEngines = /^server\/src\/(?:store\/engines|store\/migrations|app|cli)\//

/** Put together here, so that this file says none of them. */
const place = ['', 'work', ''].join('/')
const ticket = ['issue', '#'].join(' ')
const hosts = [
  ['registry', 'npmjs', 'org'],
  ['npmjs', 'com'],
  ['registry', 'yarnpkg', 'com'],
  ['pypi', 'org'],
  ['crates', 'io'],
].map((labels) => labels.join('.'))
const machine = new RegExp(`${place}|${ticket}\\d*|\\b(?:${hosts.join('|').replaceAll('.', '\\.')})\\b`, 'gi')

const literals = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g,
  /\b(?:ghp|gho|npm|xox[bp]|sk_live)_\w{16,}|\bAKIA[A-Z0-9]{16}\b/g,
  /(?<![\w+/-])[0-9a-f]{64}(?![\w+/-])/gi,
  /(?<![\w+/=-])[A-Za-z0-9+/]{43}=(?![\w+/=-])/g,
  /\$(?:argon2id?|2[aby])\$[\w$=,]{8,}/g,
  /:\/\/[^\s/:@'"]+:[^\s/:@'"]+@/g,
]
const assigned = /\b\w*(?:secret|password|apiKey|masterKey|privateKey)\w*\s*[:=]\s*['"`](?=[^\s'"`]{12,}['"`])/gi

export const wordRules: readonly Rule[] = [
  {
    says: 'the engines are named in store/engines, store/migrations, app, cli and tests only',
    covers: (path) =>
      isScript(path) && (isProduct(path) || path.startsWith('console/')) && !isTest(path) && !knowEngines.test(path),
    breaches: ({ path, text }) => [
      ...found(text, /.*(?:sqlite|postgres).*/gi, 'names an engine'),
      ...(/sqlite|postgres/i.test(path) ? [{ at: 0, what: 'is named after an engine' }] : []),
    ],
    catches: [
      ['server/src/store/users.ts', '// faster on SQLite'],
      ['server/src/core/a.ts', `if (engine === 'postgres') return`],
      ['server/src/http/a.ts', 'type A = PostgresError'],
      ['server/src/store/sqlite-users.ts', ''],
    ],
    allows: [
      ['server/src/store/engines/sqlite/a.ts', '// SQLite'],
      ['server/src/store/migrations/001-a.ts', '// SQLite'],
      ['server/src/app/assemble.ts', '// SQLite'],
      ['server/src/cli/doctor.ts', '// SQLite'],
      ['server/src/store/users.test.ts', '// SQLite'],
      ['server/test/world.ts', '// SQLite'],
    ],
  },
  {
    says: 'nothing names the place it was written in, a ticket or a package registry',
    covers: () => true,
    breaches: ({ text }) => found(text, machine, 'names'),
    catches: [
      ['server/src/http/a.ts', `const path = '${place}main'`],
      ['docs/operating.md', `as told in ${ticket}12`],
      ['README.md', `https://${hosts[0]}/roster`],
      ['server/src/http/a.test.ts', `// https://www.${hosts[1]}/package/pino`],
    ],
    allows: [
      ['README.md', 'how it works/and how not; an issue of #1 quality'],
      ['server/src/http/a.ts', `const path = '/works/'`],
    ],
  },
  {
    /** Sees the shapes of keys, tokens and hashes, addresses with a password, and long words given to something called a secret. */
    says: 'no secret is written into the source',
    covers: (path) => isScript(path) && !isTest(path),
    breaches: ({ code, text, strings }) => [
      ...literals.flatMap((shape) => found(strings, shape, 'holds what looks like a secret')),
      ...[...text.matchAll(assigned)]
        .filter(({ index }) => code[index] !== ' ')
        .map(({ index, 0: match }) => ({ at: index, what: `holds a secret: ${match}…` })),
    ],
    catches: [
      ['server/src/http/a.ts', `const pem = '-----BEGIN PRIVATE KEY-----'`],
      ['server/src/http/a.ts', `const key = '${'0f'.repeat(32)}'`],
      ['server/src/http/a.ts', `const key = '${Buffer.alloc(32, 9).toString('base64')}'`],
      ['server/src/http/a.ts', `const token = 'eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(12)}.${'b'.repeat(12)}'`],
      ['server/src/http/a.ts', `const decoy = '$argon2id$v=19$m=19456,t=2,p=1$abc'`],
      ['server/src/http/a.ts', `const url = 'postgres://roster:hunter2@db/roster'`],
      ['server/src/http/a.ts', `const cookieSecret = 'correct-horse-battery'`],
      ['server/src/http/a.ts', `const a = { password: "correct-horse" }`],
    ],
    allows: [
      ['server/src/http/a.ts', `const password = parse('correct-horse-battery')`],
      ['server/src/http/a.ts', `const words = { password: 'what is asked for at sign-in' }`],
      ['server/src/http/a.test.ts', `const password = 'correct-horse-battery'`],
      ['server/src/http/a.ts', `const url = 'https://example.com:3001/a@b'`],
    ],
  },
]

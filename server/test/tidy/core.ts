import { functionsOf } from './functions.ts'
import { type Breach, found, isProduct, type Rule, type Source } from './source.ts'

const inCore = (path: string) => isProduct(path) && path.startsWith('server/src/core/')

const world =
  /\bDate\.now\b|\bDate\(\s*\)|\bTemporal\.Now\b|\bMath\.random\b|\b(?:performance|process|console|crypto)\.|\b(?:fetch|setTimeout|setInterval|setImmediate)\(/g
const statuses = /\bstatus(?:Code)?\s*(?:\(|:|={1,3}|!==?)\s*[1-5]\d\d\b|\bstatusCode\b|\bhttp(?:Status|Error)\w*/gi
const sqlPhrases =
  /\bSELECT\s|\bINSERT\s+INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bWHERE\s|\bJOIN\s|\bORDER\s+BY\b|\b(?:CREATE|ALTER|DROP)\s+(?:TABLE|INDEX)\b/g
const sqlNames = /\bsql\s*`|\b(?:selectFrom|insertInto|updateTable|deleteFrom)\(/g

export const coreRules: readonly Rule[] = [
  {
    says: 'core asks the world for nothing: no clock, no chance, no process, no network',
    covers: inCore,
    breaches: ({ code }) => found(code, world, 'asks the world'),
    catches: [
      ['server/src/core/a.ts', 'const now = Date.now()'],
      ['server/src/core/a.ts', 'const now = new Date().getTime()'],
      ['server/src/core/a.ts', 'const dice = Math.random()'],
      ['server/src/core/a.ts', 'const began = performance.now()'],
      ['server/src/core/a.ts', 'const id = crypto.randomUUID()'],
      ['server/src/core/a.ts', `console.log('here')`],
      ['server/src/core/a.ts', `const text = \`\${Date.now()}\``],
    ],
    allows: [
      ['server/src/core/a.ts', 'const day = new Date(user.createdAtMs).getUTCDay() // not Date.now()'],
      ['server/src/core/a.test.ts', 'const now = Date.now()'],
      ['server/src/adapters/clock.ts', 'const now = Date.now()'],
    ],
  },
  {
    says: 'core knows no status code',
    covers: inCore,
    breaches: ({ code }) => found(code, statuses, 'speaks HTTP'),
    catches: [
      ['server/src/core/a.ts', 'return reply.status(404)'],
      ['server/src/core/a.ts', 'return { status: 409 }'],
      ['server/src/core/a.ts', 'if (answer.statusCode > 1) return'],
      ['server/src/core/a.ts', 'class HttpError extends Error {}'],
    ],
    allows: [
      ['server/src/core/a.ts', `const user = { status: 'active', limit: 400 }`],
      ['server/src/core/a.ts', `const schemes = ['https', 'http']`],
    ],
  },
  {
    says: 'core speaks no SQL',
    covers: inCore,
    breaches: ({ code, strings }) => [
      ...found(strings, sqlPhrases, 'speaks SQL'),
      ...found(code, sqlNames, 'speaks SQL'),
    ],
    catches: [
      ['server/src/core/a.ts', `const query = 'SELECT id FROM users'`],
      ['server/src/core/a.ts', 'const query = `UPDATE users SET a = 1`'],
      ['server/src/core/a.ts', 'const query = sql`x`'],
      ['server/src/core/a.ts', `const rows = db.selectFrom('users')`],
    ],
    allows: [
      ['server/src/core/a.ts', `// SELECT is what the store does\nconst verb = 'update'`],
      ['server/src/store/a.ts', `const query = 'SELECT id FROM users'`],
    ],
  },
  {
    /** Whoever sets a password may have it compared with the one that is kept: with each guess they would change that. */
    says: 'a password proves who somebody is in one place, where guesses are counted',
    covers: (path) => inCore(path) && !/\/(?:prove-password|set-password|verify-email)\.ts$/.test(path),
    breaches: ({ code }) => found(code, /\bpasswords\.verify\(/g, 'looks at a password by itself'),
    catches: [['server/src/core/users/a.ts', 'const verified = await core.passwords.verify(hash, password)']],
    allows: [
      ['server/src/core/credentials/prove-password.ts', 'const verified = await core.passwords.verify(hash, password)'],
      ['server/src/core/users/a.ts', 'const hashed = await core.passwords.hash(password)'],
    ],
  },
  {
    /** Sees functions of core that are named `commit…` or take a `Transaction` or a `Store`; of what they call, it sees the name alone. */
    says: 'nothing but the store is awaited inside a transaction',
    covers: inCore,
    breaches: foreignAwaits,
    catches: [
      ['server/src/core/a.ts', commit('const hash = await passwords.hash(password)')],
      ['server/src/core/a.ts', commit('await mail.send(store)')],
      ['server/src/core/a.ts', commit('const [a] = await Promise.all([store.users.byId(id)])')],
      ['server/src/core/a.ts', commit('for await (const line of lines) add(line)')],
      ['server/src/core/a.ts', commit('await sleep(100)')],
      ['server/src/core/a.ts', 'async function note({ store }: Transaction) {\n  await tell(1)\n}'],
      ['server/src/core/a.ts', 'export const commitA = async () => {\n  await store.users.byId(id)\n}'],
      ['server/src/core/a.ts', 'async function commitA() { await tell(1) }'],
      ['server/src/core/a.ts', 'async function note({\n  store,\n}: Transaction): Promise<A> {\n  await tell(1)\n}'],
      ['server/src/core/a.ts', 'async function note(users: UserStore) {\n  await tell(1)\n}'],
    ],
    allows: [
      ['server/src/core/a.ts', commit('const user = await store.users.byId(id)')],
      ['server/src/core/a.ts', commit('const user = await transaction.store.users.byId(id)')],
      ['server/src/core/a.ts', commit('const user = await findUser(store, { id: of(id) })')],
      ['server/src/core/a.ts', commit('return await commitSave(transaction, input)')],
      ['server/src/core/a.ts', commit('for await (const user of store.users.all()) count++')],
      ['server/src/core/a.ts', 'async function prepare(core: Core) {\n  await core.passwords.hash(1)\n}'],
    ],
  },
]

const awaited = /\bawait\b\s*(?:\(const \w+ of\s*)?/g
const ofTheStore = /^(?:transaction\.)?store\./
/** A function called by its bare name that is handed the store: whether it keeps the rule is asked where it stands. */
const handsOnTheStore = /^\w+(?:<[^>]*>)?\(\s*(?:transaction|store)\b/
const worksInTransaction = /function commit[A-Z]|\b(?:Transaction|\w*Store)\b/

const commits = /\bfunction (commit[A-Z]\w*)|\bconst (commit[A-Z]\w*) = (?:async )?[(<]/g

function foreignAwaits(source: Source): Breach[] {
  const starts = lineStarts(source.code)
  const functions = functionsOf(source)
  const unread = [...source.code.matchAll(commits)]
    .map(({ index, 1: declared, 2: assigned }) => ({ at: index, name: declared ?? assigned }))
    .filter((commit) => !functions.some(({ name }) => name === commit.name))
    .map(({ at, name }) => ({
      at,
      what: `${name} is not a formatted function declaration, so its awaits cannot be read`,
    }))
  const foreign = functions
    .filter(({ header }) => worksInTransaction.test(header))
    .flatMap(({ name, from, to }) => {
      const begins = starts[from] ?? 0
      const body = source.code.slice(begins, starts[to])
      return [...body.matchAll(awaited)]
        .map(({ index, 0: match }) => ({ at: begins + index, rest: body.slice(index + match.length) }))
        .filter(({ rest }) => !ofTheStore.test(rest) && !handsOnTheStore.test(rest))
        .map(({ at, rest }) => ({ at, what: `${name} awaits ${rest.split('\n')[0]}` }))
    })
  return [...unread, ...foreign]
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
}

function commit(line: string): string {
  return `export async function commitA(\n  transaction: Transaction,\n): Promise<{\n  a: B\n}> {\n  ${line}\n}\n`
}

import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { commandLine, commandWords, leavesOf, pathOf } from './command-line.ts'
import { type House, openHouse, signIn } from './testing/house.ts'

/** Words that make each command answer, and words that make it fail, besides its name and `--json`. A command without a row fails the test. */
const rows: Readonly<Record<string, { answers: Case; fails: Case }>> = {
  migrate: { answers: { words: [] }, fails: { words: ['now'], code: 2 } },
  doctor: { answers: { words: [] }, fails: { words: ['--port', '1'], code: 2 } },
  'create-admin': {
    answers: { words: ['--email', 'ada@example.com', '--password-stdin'], input: 'Analytical-Engine-1843!' },
    fails: { words: ['--email', 'ada@example.com', '--password-stdin'], input: 'Analytical-Engine-1843!', code: 5 },
  },
  demo: { answers: { words: ['--users', '20'] }, fails: { words: ['--users', '0'], code: 2 } },
  import: {
    answers: { words: ['-', '--format', 'csv'], input: 'email\ngrace@example.com\n' },
    fails: { words: ['-', '--format', 'csv'], input: 'grace@example.com\n', code: 2 },
  },
  export: { answers: { words: ['{place}/people.ndjson'] }, fails: { words: ['{place}/people.ndjson'], code: 2 } },
  backup: { answers: { words: ['{place}/kept'] }, fails: { words: ['{place}/kept'], code: 1 } },
  restore: { answers: { words: ['{place}/kept', '--replace'] }, fails: { words: ['{place}/none'], code: 1 } },
  'rotate-keys signing': { answers: { words: ['--revoke'] }, fails: { words: ['--now'], code: 2 } },
  // Comes last: nothing else is given the new key.
  'rotate-keys master': {
    answers: { words: ['--generate', '{place}/new.key'] },
    fails: { words: ['--generate', '{place}/new.key'], code: 1 },
  },
}

const ada = 'ada@example.com'

/** The same of a server's users, one after another. */
const remoteRows: Readonly<Record<string, Case>> = {
  'users create': {
    words: ['--email', ada, '--first-name', 'Ada', '--last-name', 'Lovelace', '--password-stdin', '--status', 'active'],
    input: 'Analytical-Engine-1843!',
  },
  'users list': { words: ['--search', 'lovelace', '--sort', 'email'] },
  'users show': { words: [ada] },
  'users update': { words: [ada, '--first-name', 'Augusta', '--username', 'countess', '--merge', '{"profile":{}}'] },
  'users set-role': { words: ['countess', 'viewer'] },
  'users deactivate': { words: ['COUNTESS'] },
  'users activate': { words: [ada] },
  'users set-password': { words: [ada, '--password-stdin'], input: 'Difference-Engine-1822!' },
  'users reset-password': { words: [ada] },
  'users verify-email': { words: [ada] },
  'users unlock': { words: [ada] },
  'users sessions': { words: ['admin@sudigital.com'] },
  'users activity': { words: [ada, '--limit', '3'] },
  'users sign-out': { words: [ada] },
  'users invite': { words: ['grace@example.com', '--role', 'user'] },
  'users delete': { words: [ada, '--yes'] },
  'users restore': { words: ['{deleted}'] },
  'users export': { words: [ada] },
  'users erase': { words: [ada, '--yes'] },
}

interface Case {
  /** `{place}` is a directory of the test's own. */
  readonly words: readonly string[]
  readonly input?: string
  readonly code?: number
}

test('with --json every command answers JSON and nothing else, and tells in JSON what went wrong', async () => {
  await using house = await openHouse()
  const commands = leavesOf(commandLine(async () => {})).filter((leaf) => commandWords(leaf)?.instead === undefined)

  assert.deepEqual(commands.map(pathOf).sort(), Object.keys({ ...rows, ...remoteRows }).sort())
  for (const [path, { answers, fails }] of Object.entries(rows)) {
    const answered = await run(house, path, answers)
    assert.deepEqual([answered.code, answered.errors], [0, ''], path)
    for (const line of linesOf(answered.out)) assert.equal(typeof JSON.parse(line), 'object', path)
    assert.notEqual(answered.out, '', path)

    const failed = await run(house, path, fails)
    assert.deepEqual([failed.code, failed.out], [fails.code, ''], `${path}: ${failed.errors}`)
    const { error } = JSON.parse(failed.errors) as { error: { code: string; message: string } }
    assert.match(error.code, /^[A-Z][A-Z_]+$/, path)
    assert.match(error.message, /^[A-Z`].+[.?]$/, path)
  }
})

test('with --json what is asked of a server is answered in JSON, too', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })
  const server = await house.serve()
  const { authorization } = await signIn(server)
  const settings = { ROSTER_URL: server.url, ROSTER_TOKEN: authorization.replace('Bearer ', '') }
  const answers: Record<string, Record<string, unknown>[]> = {}

  for (const [path, { words, input = '' }] of Object.entries(remoteRows)) {
    const said = words.map((word) => word.replace('{deleted}', String(answers['users delete']?.[0]?.id)))
    const { code, out, errors } = await house.run([...path.split(' '), ...said, '--json'], { input, settings })
    assert.deepEqual([code, errors], [0, ''], path)
    answers[path] = linesOf(out).map((line) => JSON.parse(line))
  }

  const [list, shown] = [answers['users list'], answers['users show']]
  assert.partialDeepStrictEqual(list, [{ email: ada, status: 'active' }])
  assert.partialDeepStrictEqual(shown, [{ email: ada, number: 4, profile: {}, attributes: {} }])
  assert.partialDeepStrictEqual(answers['users update'], [{ firstName: 'Augusta' }])
  assert.partialDeepStrictEqual(answers['users set-role'], [{ role: 'viewer' }])
  assert.partialDeepStrictEqual(answers['users deactivate'], [{ status: 'inactive' }])
  assert.partialDeepStrictEqual(answers['users sessions'], [{ ip: '127.0.0.1' }])
  assert.deepEqual(
    answers['users activity']?.map(({ type }) => type),
    ['verification_requested', 'reset_requested', 'password_reset'],
  )
  assert.partialDeepStrictEqual(answers['users invite'], [{ state: 'pending' }])
  assert.partialDeepStrictEqual(answers['users restore'], [{ id: list?.[0]?.id, email: ada }])
})

function run(house: House, path: string, { words, input = '' }: Case) {
  const place = dirname(house.dataDirectory)
  const said = words.map((word) => word.replace('{place}', place))
  return house.run([...path.split(' '), ...said, '--json'], { input })
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1)
}

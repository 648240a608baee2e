import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { commandLine, commandWords, leavesOf, pathOf } from './command-line.ts'
import { type House, openHouse } from './testing/house.ts'

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
  'rotate-keys signing': { answers: { words: ['--revoke'] }, fails: { words: ['--now'], code: 2 } },
  // Comes last: nothing else is given the new key.
  'rotate-keys master': {
    answers: { words: ['--generate', '{place}/new.key'] },
    fails: { words: ['--generate', '{place}/new.key'], code: 1 },
  },
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

  assert.deepEqual(commands.map(pathOf).sort(), Object.keys(rows).sort())
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

function run(house: House, path: string, { words, input = '' }: Case) {
  const place = dirname(house.dataDirectory)
  const said = words.map((word) => word.replace('{place}', place))
  return house.run([...path.split(' '), ...said, '--json'], { input })
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1)
}

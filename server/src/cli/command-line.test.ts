import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandFiles } from './command-docs.ts'
import { commandLine, commandWords, leavesOf, pathOf } from './command-line.ts'

const top = join(import.meta.dirname, '../../..')
const leaves = leavesOf(commandLine(async () => {}))

for (const [path, text] of Object.entries(commandFiles())) {
  test(`${path} is what the commands say of themselves (npm run docs writes it)`, async () => {
    assert.equal(await readFile(join(top, path), 'utf8'), text)
  })
}

test('every command has an example, and every example can be read by the command that it is of', async () => {
  for (const leaf of leaves) {
    const examples = commandWords(leaf)?.examples ?? []
    assert.notEqual(examples.length, 0, pathOf(leaf))
    for (const [line] of examples) {
      const begun: string[] = []
      const words = wordsOf(line)
      const program = commandLine(async () => {
        begun.push(line)
      })
      await program.parseAsync(words, { from: 'user' })
      assert.deepEqual(begun, [line])
      assert.equal(words.slice(0, pathOf(leaf).split(' ').length).join(' '), pathOf(leaf))
    }
  }
})

test('help fits a terminal of 100 columns', () => {
  const program = commandLine(async () => {})
  for (const command of [program, ...leavesOf(program)]) {
    for (const line of command.helpInformation().split('\n')) assert.ok(line.length <= 100, line)
  }
})

/** What follows the name of the program, as far as it is meant for it. */
function wordsOf(line: string): string[] {
  const [, told = ''] = /(?:^|[\s(])npx roster (.*?)(?: [<>|] .*|\).*)?$/.exec(line) ?? []
  return [...told.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  )
}

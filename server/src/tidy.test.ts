import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { coreRules } from '../test/tidy/core.ts'
import { importRules, layers } from '../test/tidy/imports.ts'
import { languageRules } from '../test/tidy/language.ts'
import { digestOf, migrationFaults, recordRules, sharedNumbers } from '../test/tidy/records.ts'
import { shapeRules } from '../test/tidy/shape.ts'
import { lineOf, type Rule, readSources, type Snippet, sourceOf } from '../test/tidy/source.ts'
import { wordRules } from '../test/tidy/words.ts'
import { filesOfRuns } from '../test/together.ts'

const top = join(import.meta.dirname, '../..')
const sources = await readSources(top)
const atTheTop = [
  ...['biome.json', 'package-lock.json', 'package.json', 'tsconfig.json'],
  ...['ARCHITECTURE.md', 'CONTRIBUTING.md', 'LICENSE', 'NOTICE', 'README.md', 'SECURITY.md', 'STYLE.md'],
  ...['bench', 'clients', 'console', 'docs', 'quality', 'server'],
]
const rules = [...importRules, ...coreRules, ...wordRules, ...languageRules, ...shapeRules, ...recordRules]

for (const rule of rules) {
  test(rule.says, () => {
    const breaches = sources.filter(({ path }) => rule.covers(path)).flatMap((source) => told(rule, source))
    assert.deepEqual(breaches, [])
  })

  test(`a breach is caught of: ${rule.says}`, () => {
    for (const snippet of rule.catches) assert.notDeepEqual(breachesIn(rule, snippet), [], snippet.join('\n'))
    for (const snippet of rule.allows) assert.deepEqual(breachesIn(rule, snippet), [], snippet.join('\n'))
  })
}

test('every layer of the house is there to be looked at', () => {
  const present = layers.filter((layer) => sources.some(({ path }) => path.startsWith(`server/src/${layer}/`)))
  assert.deepEqual(present, layers)
})

test('a shipped migration never changes', async () => {
  const listed = await readFile(join(top, 'server/src/store/migrations/digests.json'), 'utf8').catch(() => null)
  if (listed) assert.deepEqual(migrationFaults(sources, JSON.parse(listed)), [])
})

test('a migration that changed, is not listed or is gone is caught', () => {
  const migration = sourceOf('server/src/store/migrations/001-a.ts', 'export const up = 1')
  const beside = sourceOf('server/src/store/migrations/migrations.ts', '')
  const listed = { '001-a.ts': digestOf(migration.text) }

  assert.deepEqual(migrationFaults([migration, beside], listed), [])
  assert.match(migrationFaults([{ ...migration, text: 'export const up = 2' }], listed).join(), /001-a\.ts has changed/)
  assert.match(migrationFaults([migration], {}).join(), /001-a\.ts is not listed: .+ "001-a\.ts": "[0-9a-f]{64}"/)
  assert.match(migrationFaults([], listed).join(), /001-a\.ts was shipped and is gone/)
})

test('nothing lies at the top that nobody put there', async () => {
  const ignored = new Set((await readFile(join(top, '.gitignore'), 'utf8')).split(/\/?\n/))
  const found = (await readdir(top)).filter((name) => !ignored.has(name) && !/^\.|\.log$/.test(name))
  assert.deepEqual(found.sort(), atTheTop.toSorted())
})

test('no two decisions bear one number', () => {
  assert.deepEqual(sharedNumbers(sources), [])
  const paths = ['docs/decisions/001-a.md', 'docs/decisions/002-b.md', 'docs/decisions/001-c.md', 'docs/001-d.md']
  assert.deepEqual(sharedNumbers(paths.map((path) => ({ path }))), ['001'])
})

test('every test file runs with `npm test`, in one process', async () => {
  const folder = join(top, 'server/test/runs')
  const entries = await readdir(folder)
  const expected = [...filesOfRuns()]
  const files = expected.flatMap(([, some]) => some)

  assert.deepEqual(entries.sort(), expected.map(([name]) => `${name}.ts`).sort())
  for (const [name, some] of expected) {
    assert.notDeepEqual(some, [], `${name} has no test file`)
    assert.match(
      await readFile(join(folder, `${name}.ts`), 'utf8'),
      new RegExp(`^await runTogether\\('${name}'\\)$`, 'm'),
    )
  }
  const tests = sources.map(({ path }) => path).filter((path) => path.endsWith('.test.ts'))
  assert.deepEqual(files.sort(), tests.sort())
})

test('code, comments and strings are told apart', () => {
  const text = [
    `const a = 'isn\\'t // no' // a "comment"`,
    `const b = \`text \${f(\`inner \${x}\`)} /* text */\` /* block */`,
    `const c = /['"\`/]\\/{2}/.test(d) / 2 / e`,
  ].join('\n')
  const { code, comments, strings } = sourceOf('a.ts', text)

  assert.equal(squeezed(code), `const a = ' ' const b = \` \${f(\` \${x}\`)} \` const c = .test(d) / 2 / e`)
  assert.equal(squeezed(comments), '// a "comment" /* block */')
  assert.equal(squeezed(strings), "isn\\'t // no text inner /* text */")
  for (const part of [code, comments, strings]) assert.equal(part.length, text.length)
})

function told(rule: Rule, source: ReturnType<typeof sourceOf>): string[] {
  return rule.breaches(source).map((breach) => `${source.path}:${lineOf(source, breach)} ${breach.what}`)
}

function breachesIn(rule: Rule, [path, text]: Snippet): string[] {
  return rule.covers(path) ? told(rule, sourceOf(path, text)) : []
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseEnv } from 'node:util'
import { chapters, readSettings } from './settings.ts'
import { configurationPage, environmentExample, settingsFiles, settingsHelp } from './settings-docs.ts'

const top = join(import.meta.dirname, '../../..')
const variables = chapters.flatMap(({ declarations }) => declarations.map(({ variable }) => variable))

for (const [path, text] of Object.entries(settingsFiles())) {
  test(`${path} is what the declarations say (npm run docs writes it)`, async () => {
    assert.equal(await readFile(join(top, path), 'utf8'), text)
  })
}

test('page, example and help name every setting once, in the same order', () => {
  assert.deepEqual(
    [...configurationPage().matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name),
    variables,
  )
  assert.deepEqual(
    [...environmentExample().matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name),
    variables,
  )
  assert.deepEqual(
    [...settingsHelp().matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, name]) => name),
    variables,
  )
})

test('the example file changes nothing as it stands', () => {
  assert.deepEqual(parseEnv(environmentExample()), {})
})

test('the example file with every mark taken off is readable', () => {
  const lines = environmentExample().replaceAll(/^# (?=[A-Z_]+=)/gm, '')

  const { mistakes } = readSettings({ ...parseEnv(lines), DEVELOPMENT_ON_NETWORK: 'yes', ADMIN_PASSWORD: 'of her own' })

  assert.equal(mistakes, undefined)
})

test('help fits a terminal of 100 columns', () => {
  for (const line of settingsHelp().split('\n')) assert.ok(line.length <= 100, line)
})

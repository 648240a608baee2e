import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const src = join(import.meta.dirname, '../src')

interface Source {
  readonly path: string
  readonly text: string
}

const sources: readonly Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }))

/** What is nowhere in the console, but for the files named. */
const rules: readonly { readonly says: string; readonly found: RegExp; readonly but?: readonly string[] }[] = [
  {
    says: 'the SDK alone speaks with the server',
    found: /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/,
    but: ['client/client.ts', 'client/journal.ts'],
  },
  {
    says: 'what the API takes and answers is typed by the SDK, and only what asks it out loud looks at its tables',
    found: /from '[^']*(server\/|clients\/)/,
    but: ['request/call.ts'],
  },
  { says: 'nothing is put into a page but as text', found: /dangerouslySetInnerHTML|\.innerHTML|document\.write/ },
  { says: 'nothing is run that came as text', found: /\beval\s*\(|new Function\b/ },
  { says: 'tokens are read and kept in one place', found: /'roster\.tokens'/, but: ['client/tokens.ts'] },
  { says: 'nothing comes from another host', found: /(src|href|import)\b[^\n]*https?:\/\// },
]

for (const { says, found, but = [] } of rules) {
  test(says, () => {
    const guilty = sources.filter(({ path, text }) => !but.includes(path) && found.test(text)).map(({ path }) => path)
    assert.deepEqual(guilty, [])
    for (const path of but) {
      const excused = sources.find((source) => source.path === path)
      assert.match(excused?.text ?? '', found, `${path} needs no exception`)
    }
  })
}

test('files are small', () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > 400)
  assert.deepEqual(long, [])
})

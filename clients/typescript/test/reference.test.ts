import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { referencePath, writeReference } from '../../generate/reference.ts'

const { operations } = JSON.parse(
  await readFile(new URL('../../conformance/operations.json', import.meta.url), 'utf8'),
) as { operations: Record<string, string> }

test('the reference says what the docstrings say, of every operation', async () => {
  const written = await writeReference()

  assert.equal(await readFile(referencePath, 'utf8'), written, 'run `npm run docs`')
  for (const name of Object.values(operations))
    assert.match(written, new RegExp(`^### client\\.${name}\\n\\n\\S.+[\\s\\S]*?\`\`\`ts\\n`, 'm'))
})

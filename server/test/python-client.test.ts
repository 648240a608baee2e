import assert from 'node:assert/strict'
import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { describeHouse } from '../../clients/generate/description.ts'
import { cast } from './cast.ts'
import { smallPng } from './images.ts'
import { openWorld } from './world.ts'

const folder = join(import.meta.dirname, '../../clients/python')

const pythonIsMissing = [
  'There is no python3 of version 3.10 or later here, so the Python client was not tried at all.',
  'On Debian and Ubuntu: apt-get install python3',
].join('\n')

interface Outcome {
  readonly status: number | null
  readonly said: string
}

async function python(words: readonly string[], input: string, env: SpawnOptions['env'] = {}): Promise<Outcome> {
  const child = spawn('python3', words, { cwd: folder, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [status] = await Promise.race([once(child, 'close'), once(child, 'error').then(() => [null])])
  return { status: status as number | null, said }
}

const isPythonInstalled = (await python(['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], '')).status === 0

test('the Python client does what its tests say, and the sample of the document, against a server', async (t) => {
  if (!isPythonInstalled) return t.diagnostic(pythonIsMissing)
  await using world = await openWorld({ settings: { RATE_LIMITS: 'off' } })
  const { user, password } = cast.ada
  const server = {
    url: world.url,
    token: await world.token('ada'),
    credentials: { email: user.email, password },
    picture: smallPng.toString('hex'),
  }

  const { status, said } = await python(['-W', 'error', '-m', 'unittest'], '', {
    SUDIGITAL_TEST_SERVER: JSON.stringify(server),
  })

  assert.equal(status, 0, said)
  assert.match(said, /^Ran [2-9]\d tests/m)
})

test('the types and methods of the Python client are those of the API description', async (t) => {
  if (!isPythonInstalled) return t.diagnostic(pythonIsMissing)
  const described = describeHouse() as { paths: Record<string, Record<string, { summary?: string }>> }
  const check = (description: object) => python(['tools/generate.py', '--check'], JSON.stringify(description))

  assert.deepEqual(await check(described), { status: 0, said: '' })
  const changed = structuredClone(described)
  const operation = changed.paths['/api/users']?.get
  assert.ok(operation !== undefined)
  operation.summary = 'Something else'
  const { status, said } = await check(changed)
  assert.equal(status, 1)
  assert.match(said, /nouns\.py/)
})

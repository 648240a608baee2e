import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { type CallFacts, type Http, isFile, readExchanges } from '../../clients/conformance/test/exchange.ts'
import { file, forgetSent, sentRequests, writingDown } from '../src/client/journal.ts'
import { callOf } from '../src/request/call.ts'
import { write } from '../src/request/languages.ts'
import { latestOf } from '../src/request/latest.ts'
import { openConsole, portray, violationsOf } from './console.ts'

const top = join(import.meta.dirname, '../..')
const address = 'http://localhost:3001'

/** Every call of the SDKs' exchanges that is one request and comes to something, with that request as the console would have written it down. */
async function callsAndRequests() {
  const all: { call: CallFacts; request: Parameters<typeof write>[0] }[] = []
  for (const [, { cases }] of await readExchanges()) {
    for (const { calls, http } of cases) {
      if (calls.length !== http.length) continue
      for (const [at, call] of calls.entries()) {
        const request = http[at]?.request
        if (request === undefined || call.take !== undefined || call.result === undefined) continue
        if (call.call.startsWith('auth.') || call.call.endsWith('.all')) continue
        all.push({ call, request: writtenDown(request) })
      }
    }
  }
  return all
}

function writtenDown({
  method,
  path,
  query = {},
  headers = {},
  body,
  form,
}: Http['request']): Parameters<typeof write>[0] {
  const question = new URLSearchParams(query).toString()
  const isJson =
    form === undefined && /^application\/([\w-]+\+)?json$/.test(headers['content-type'] ?? 'application/json')
  return {
    method,
    path: `${path.replace(/^.*?\/api\//, '/api/')}${question === '' ? '' : `?${question}`}`,
    body: isJson ? (body ?? undefined) : file,
    type: headers['content-type'] ?? null,
    ifMatch: headers['if-match'] ?? null,
  }
}

test('for each request that the SDKs are known to send, the console names the call that sends it', async () => {
  const all = await callsAndRequests()
  assert.ok(all.length > 40, String(all.length))

  for (const { call, request } of all) {
    const named = callOf(request)
    const body = isFile(call.body) || request.body === file ? file : call.body
    assert.deepEqual(
      { ...named, body: named?.body, query: { ...named?.query } },
      {
        method: call.call === 'me.get' ? 'users.me' : call.call,
        ids: call.ids ?? [],
        body,
        query: textual(call.query ?? {}),
        ifMatch: call.options?.ifMatch ?? null,
      },
      JSON.stringify(request),
    )
  }
})

/** Instants go over the wire as texts. */
function textual(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null))
}

const cases = [
  {
    method: 'GET',
    path: "/api/users?limit=50&search=O'Brien%20%22x%22&fields=id,email&emailVerified=true",
    body: undefined,
    type: null,
    ifMatch: null,
  },
  {
    method: 'PATCH',
    path: '/api/users/7',
    body: {
      firstName: "Ada\n'$(x)",
      attributes: { 'a-b': [1, true] },
      profile: { github: null, bio: 'long enough to need a line of its own, and more than that' },
    },
    type: 'application/json',
    ifMatch: '"3-x"',
  },
  { method: 'POST', path: '/api/users/me/avatar', body: file, type: 'image/png', ifMatch: null },
  { method: 'DELETE', path: '/api/users/7/sessions?keep=current', body: undefined, type: null, ifMatch: null },
  {
    method: 'GET',
    path: '/api/activity?from=2026-01-01T00%3A00%3A00.000Z',
    body: undefined,
    type: null,
    ifMatch: null,
  },
] as const

test('what is written down can be run: curl sends the same, TypeScript and Python are read as they are', async (t) => {
  const folder = await mkdtemp(join(top, 'console/test/written-'))
  t.after(() => rm(folder, { recursive: true }))
  for (const [at, request] of cases.entries()) {
    const { curl, typescript, python } = write(request, address)
    const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; TOKEN=t; ${curl}`])
    const words = stdout.split('\n')
    assert.equal(words[0], `${address}${request.path}`)
    assert.ok(stdout.includes('Authorization: Bearer t'))
    if (request.type !== null) assert.ok(words.includes(`Content-Type: ${request.type}`), stdout)
    if (request.body === file) assert.ok(words.includes('@file'), stdout)
    else if (request.body !== undefined) assert.ok(stdout.includes(JSON.stringify(request.body)), stdout)
    if (request.ifMatch !== null) assert.ok(stdout.includes(`If-Match: ${request.ifMatch}`))
    const given = request.body === file ? 'declare const file: Blob\n' : ''
    await writeFile(join(folder, `${at}.ts`), `${given}${typescript}\nexport { answer }\n`)
    await writeFile(join(folder, `${at}.py`), python ?? '')
  }

  const paths = { '@sudigital/client': [join(top, 'clients/typescript/src/index.ts')] }
  const compilerOptions = {
    paths,
    lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../../tsconfig.json', compilerOptions, include: ['.'] }),
  )
  const checked = spawnSync(
    process.execPath,
    [join(top, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder],
    { encoding: 'utf8' },
  )
  assert.equal(checked.stdout, '')
  const parsed = spawnSync(
    'python3',
    [
      '-c',
      'import ast,sys\nfor path in sys.argv[1:]: ast.parse(open(path).read())',
      ...cases.map((_, at) => join(folder, `${at}.py`)),
    ],
    { encoding: 'utf8' },
  )
  if (parsed.error !== undefined) t.diagnostic('there is no python3 here, so nobody has read the Python')
  else assert.equal(parsed.stderr, '')
})

test('what a page asked is written down for it, also where the pages stand below a path, and without what is secret', async (t) => {
  const pathname = '/people/console/users'
  Object.defineProperty(globalThis, 'location', { value: { pathname }, configurable: true })
  t.after(() => Reflect.deleteProperty(globalThis, 'location'))
  const send = writingDown({ base: `${address}/people`, pagesRoot: '/people' }, async () => new Response())

  const headers = { 'content-type': 'application/json' }
  const attributes = { code: 'B7', token: ['one'] }
  const invented = { email: 'a@b.example', password: 'x', attributes, users: [{ password: 'x' }] }
  await send(`${address}/people/api/users`, { method: 'POST', headers, body: JSON.stringify(invented) })
  await send(`${address}/people/api/auth/login`, { method: 'POST', headers, body: '{"password":"x"}' })

  const shown = latestOf(sentRequests(), '/console/users')
  assert.deepEqual(
    shown.map(({ path, body }) => [path, body]),
    [['/api/users', { ...invented, password: '…', users: [{ password: '…' }] }]],
  )
  forgetSent()
  assert.deepEqual(sentRequests(), [])
})

test('of one page the list stands before what only counts, and what the frame asks comes last', () => {
  const asked = ['/api/users?cursor=&limit=25', '/api/users/me', '/api/users?limit=1', '/api/users?cursor=x&limit=25']
  const sent = asked.map((path, id) => ({
    id,
    path,
    method: 'GET',
    body: undefined,
    type: null,
    ifMatch: null,
    page: '/console/users',
  }))
  assert.deepEqual(
    latestOf(sent, '/console/users').map(({ path }) => path),
    ['/api/users?cursor=x&limit=25', '/api/users?limit=1', '/api/users/me'],
  )
})

test('a page shows what it asked as a request, in three languages, without the token', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console', { as: 'admin' })
  await page.getByRole('button', { name: 'As a request' }).click()
  const drawer = page.getByRole('dialog', { name: 'As a request' })

  await drawer.getByText('/api/users/me', { exact: true }).waitFor()
  await drawer.getByText('Python', { exact: true }).click()
  await drawer.getByText('client = Client(').first().waitFor()
  const told = await drawer.innerText()
  assert.match(told, /client\.\w+/)
  assert.doesNotMatch(told, /eyJ/)
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'as-a-request')

  const phone = await visit('/console', { as: 'admin', width: 360 })
  await phone.getByRole('button', { name: 'As a request' }).click()
  await phone.getByRole('dialog', { name: 'As a request' }).getByText('/api/users/me', { exact: true }).waitFor()
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
})

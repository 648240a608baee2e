import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { testUsers } from '../src/app/first-users.ts'
import { templateOf } from '../src/http/openapi.ts'
import { sudigital } from '../src/wire/sudigital/contract.ts'
import { openWorld } from './world.ts'

interface Item {
  readonly name: string
  readonly item?: readonly Item[]
  readonly event?: readonly { readonly listen: string; readonly script: { readonly exec: readonly string[] } }[]
  readonly request?: {
    readonly method: string
    readonly header: readonly object[]
    readonly body?: { readonly mode: string; readonly raw?: string }
    readonly auth?: { readonly bearer?: readonly { readonly value: string }[] }
    readonly url: {
      readonly raw: string
      readonly path: readonly string[]
      readonly variable: readonly { readonly key: string; readonly value: string }[]
    }
  }
}

interface Collection {
  readonly info: { readonly name: string; readonly schema: string }
  readonly auth: { readonly type: string }
  readonly variable: readonly { readonly key: string; readonly value: string }[]
  readonly item: readonly Item[]
}

const { answer, publicUrl } = await ask()
const collection = (await answer.json()) as Collection
const requests = collection.item.flatMap(({ item = [] }) => item)

async function ask() {
  await using world = await openWorld()
  return { answer: await world.fetch('/postman/users-collection.json'), publicUrl: world.roster.publicUrl }
}

test('the collection for Postman is where the document says, for everybody, in format 2.1', () => {
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  assert.equal(collection.info.schema, 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json')
  assert.ok(collection.info.name && collection.auth.type === 'bearer')
  assert.deepEqual(
    collection.variable.filter(({ key }) => key === 'baseUrl').map(({ value }) => value),
    [publicUrl],
  )
  for (const { name, item } of collection.item) assert.ok(name && item?.length, `the folder ${name} holds nothing`)
  for (const { name, request } of requests) {
    assert.ok(name && request && Array.isArray(request.header), name)
    assert.ok(['raw', 'formdata', undefined].includes(request.body?.mode), name)
    assert.equal(request.url.raw.split('?')[0], ['{{baseUrl}}', ...request.url.path].join('/'), name)
    const places = request.url.path.filter((segment) => segment.startsWith(':')).map((segment) => segment.slice(1))
    assert.deepEqual(request.url.variable.map(({ key }) => key).toSorted(), places.toSorted(), name)
  }
})

test('every route of the house contract is a request of the collection, in the folder of its tag', () => {
  for (const { method, path, tag } of sudigital.routes) {
    const wanted = templateOf(path).replaceAll(/\{(\w+)\}/g, ':$1')
    const folder = collection.item.find(({ name }) => name === tag)
    const hit = folder?.item?.some(
      ({ request }) => request?.method === method && `/${request.url.path.join('/')}` === wanted,
    )
    assert.ok(hit, `${method} ${path} is not in the folder ${tag}`)
  }
})

test('every request of the collection tests the status and the shape of its answer, by scripts that can be read', () => {
  for (const { name, event = [] } of requests) {
    const scripts = event.map(({ script }) => script.exec.join('\n'))
    for (const script of scripts) new Script(`(() => {\n${script}\n})`)
    const tests = event.find(({ listen }) => listen === 'test')?.script.exec.join('\n') ?? ''
    assert.match(tests, /pm\.test\('answers \d/, name)
    assert.match(tests, /jsonSchema\(shape\)/, name)
  }
})

test('what a request of the collection takes was set by one before it', () => {
  const known = new Set(collection.variable.map(({ key }) => key))
  for (const { name, request, event = [] } of requests) {
    const scripts = (listen: string) =>
      event.filter((one) => one.listen === listen).map(({ script }) => script.exec.join('\n'))
    const note = (script: string) => {
      for (const [, variable = ''] of script.matchAll(/collectionVariables\.set\(['"](\w+)/g)) known.add(variable)
    }
    scripts('prerequest').forEach(note)
    for (const [, variable = ''] of JSON.stringify(request).matchAll(/\{\{(\w+)\}\}/g)) {
      assert.ok(known.has(variable), `${name} takes {{${variable}}}, which nobody has set`)
    }
    scripts('test').forEach(note)
  }
})

test('the collection holds no secret but the documented password of the first admin', () => {
  const [admin] = testUsers
  assert.deepEqual(
    collection.variable.filter(({ key, value }) => value !== '' && /password|token/i.test(key)),
    [{ key: 'adminPassword', value: admin.password, type: 'string' }],
  )
  const bodies = requests.flatMap(({ request }) => request?.body?.raw ?? [])
  for (const [, value = ''] of bodies.join('\n').matchAll(/"\w*(?:password|token|code)\w*": "([^"]*)"/gi)) {
    assert.match(value, /^(\{\{\w+\}\}\+?|000000)$/)
  }
})

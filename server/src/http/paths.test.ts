import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import { exchange } from './testing/raw-http.ts'
import { ada, openToyServer, seen, usersContract } from './testing/toys.ts'

const both = [usersContract('root', '/'), usersContract('eg', '/eg')]

test('a route answers with and without a slash at its end', async () => {
  await using server = await openToyServer(both)
  for (const path of ['/users', '/users/', '/eg/users', '/eg/users/', '/users?x=1', '/users/?x=1']) {
    assert.equal((await server.fetch(path, { as: 'ada' })).status, 200, path)
  }
  assert.equal((await seen(await server.fetch('/users/', { as: 'ada' }))).params.id, undefined)
})

test('an empty segment is no parameter', async () => {
  await using server = await openToyServer(both)
  for (const path of [
    '/users//',
    '/users//status',
    '/open//',
    '//users',
    '/users///status',
    '/eg//users',
    '/eg/open//',
  ]) {
    const answer = await server.fetch(path, { as: 'ada', method: path.includes('status') ? 'PUT' : 'GET' })
    assert.equal(
      `${answer.status} ${await answer.text()}`,
      `404 ${path.startsWith('/eg') ? 'eg' : 'root'}: no_such_route`,
      path,
    )
  }
})

test('an unknown path is answered in the form of the contract that is mounted above it', async () => {
  await using server = await openToyServer(both)
  for (const [path, form] of [
    ['/nope', 'root'],
    ['/Users', 'root'],
    ['/eg', 'eg'],
    ['/eg/nope', 'eg'],
    ['/eg/users/x/y/z', 'eg'],
    ['/%65g/nope', 'eg'],
    ['/egg', 'root'],
    ['/eg%2Fusers', 'root'],
  ] as const) {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const answer = await server.fetch(path, { method, as: 'ada' })
      assert.equal(`${answer.status} ${await answer.text()}`, `404 ${form}: no_such_route`, `${method} ${path}`)
    }
  }
})

test('paths where nothing is mounted are answered by the server itself', async () => {
  await using server = await openToyServer([usersContract('eg', '/eg')])
  const answer = await server.fetch('/users')

  assert.equal(answer.status, 404)
  assert.deepEqual(await answer.json(), { error: { code: 'NO_SUCH_ROUTE' }, status: 404 })
})

test('no spelling of a path goes round the door', async () => {
  await using server = await openToyServer(both)
  const spellings = [
    '/users',
    '/users/',
    '//users',
    '/./users',
    '/%75sers',
    '/users;x=1',
    '/users%3Bx',
    '/USERS',
    '/users%2F',
    '/users%00',
    '/open/../users',
    '/eg/..%2Fusers',
    '/open%2F..%2Fusers',
    '\\users',
    '/users?/open/x',
    '/users#/open/x',
    'http://open/users',
    'http://x/open/../users',
  ]
  for (const target of spellings) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await exchange(server.port, `${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      assert.ok([204, 400, 401, 404, 405].includes(answer.status), `${method} ${target}: ${answer.text}`)
    }
  }
})

test('no header changes what a request asks for', async () => {
  await using server = await openToyServer(both)
  const headers = {
    'x-http-method-override': 'GET',
    'x-http-method': 'GET',
    'x-method-override': 'GET',
    'x-original-url': '/open/x',
    'x-rewrite-url': '/open/x',
    'x-forwarded-prefix': '/open',
    'accept-version': '2.0.0',
  }
  for (const [name, value] of Object.entries(headers)) {
    const answer = await server.fetch('/users/x?_method=GET', { method: 'DELETE', headers: { [name]: value } })
    assert.equal(answer.status, 401, name)
  }
})

test('a parameter is decoded once', async () => {
  await using server = await openToyServer(both)
  for (const [sent, expected] of [
    ['a%20b', 'a b'],
    ['%E6%9D%8E', '李'],
    ['a%2Fb', 'a/b'],
    ['%2520', '%20'],
    ['%2e%2e', '..'],
    ['a+b', 'a+b'],
    ['a;b=c', 'a;b=c'],
    ['a@b.example', 'a@b.example'],
    ['a:b', 'a:b'],
    ['%3F%23', '?#'],
  ] as const) {
    const answer = await exchange(server.port, `GET /open/${sent} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    assert.equal(JSON.parse(answer.body).params.word, expected, sent)
  }
})

test('a path whose encoding is none, or hides a NUL, is bad in the form of its contract', async () => {
  await using server = await openToyServer(both)
  for (const path of [
    '/eg/open/%zz',
    '/eg/open/%',
    '/eg/open/%00',
    '/eg/open/a%00b',
    '/eg/open/%ff',
    '/eg/nope/%zz',
    '/eg/nope%00',
    '/eg/open/%ED%A0%80',
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await exchange(server.port, `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      assert.equal(`${answer.status} ${answer.body}`, '400 eg: bad_path', `${method} ${path}`)
    }
  }
})

test('a parameter is as long as the limit says, in code points, and no longer', async () => {
  await using server = await openToyServer(both)
  const max = limits.pathParameterLengthMax
  for (const character of ['a', 'é', '李', '😀']) {
    const fits = await server.fetch(`/eg/open/${encodeURIComponent(character.repeat(max))}`)
    assert.equal((await seen(fits)).params.word, character.repeat(max))
    for (const length of [max + 1, Math.min(max * 2, 1200)]) {
      const answer = await server.fetch(`/eg/open/${encodeURIComponent(character.repeat(length))}`)
      assert.equal(`${answer.status} ${await answer.text()}`, '400 eg: bad_path', `${character} ${length}`)
    }
  }
  const longest = await server.fetch(`/eg/open/${'a'.repeat(8000)}`)
  assert.equal(`${longest.status} ${await longest.text()}`, '400 eg: bad_path')
})

test('every GET answers HEAD with the same head and no body', async () => {
  await using server = await openToyServer(both)
  for (const [path, as] of [
    ['/users', 'ada'],
    ['/users/me', 'grace'],
    ['/eg/open/x', ''],
    ['/users', ''],
    ['/users', 'grace'],
    ['/nope', ''],
  ] as const) {
    const got = await server.fetch(path, { as, headers: { 'user-agent': 'x' } })
    const headed = await server.fetch(path, { as, method: 'HEAD', headers: { 'user-agent': 'x' } })
    assert.equal(headed.status, got.status, path)
    assert.equal(headed.headers.get('content-type'), got.headers.get('content-type'))
    assert.equal(headed.headers.get('content-length'), got.headers.get('content-length'))
    assert.ok(Number(got.headers.get('content-length')) > 0)
    assert.equal(await headed.text(), '')
  }
})

test('a known path names its verbs to those who use another, and to OPTIONS', async () => {
  await using server = await openToyServer(both)
  for (const [path, allow] of [
    ['/eg/users', 'GET, HEAD, POST, OPTIONS'],
    ['/eg/users/', 'GET, HEAD, POST, OPTIONS'],
    ['/eg/users/x', 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
    ['/eg/users/me', 'GET, HEAD, OPTIONS'],
    ['/eg/users/m%65/', 'GET, HEAD, OPTIONS'],
    ['/eg/users/x/status', 'PUT, OPTIONS'],
  ] as const) {
    const options = await server.fetch(path, { method: 'OPTIONS' })
    assert.equal(`${options.status} ${options.headers.get('allow')} ${await options.text()}`, `204 ${allow} `)
    for (const method of [
      'POST',
      'PUT',
      'DELETE',
      'PATCH',
      'PROPFIND',
      'SEARCH',
      'QUERY',
      'LINK',
      'FOO',
      'get',
      'TRACE',
    ].filter((verb) => !allow.includes(verb))) {
      const answer = await exchange(server.port, `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      assert.equal(
        `${answer.status} ${answer.headers.allow} ${answer.body}`,
        `405 ${allow} eg: method_not_allowed`,
        `${method} ${path}`,
      )
    }
  }
})

test('a verb that HTTP does not know gets 404 where there is nothing', async () => {
  await using server = await openToyServer(both)
  for (const method of ['FOO', 'PROPFIND', 'get']) {
    const answer = await exchange(server.port, `${method} /eg/nope HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    assert.equal(`${answer.status} ${answer.body}`, '404 eg: no_such_route', method)
  }
})

test('the absolute form of a target works, and its host changes nothing', async () => {
  await using server = await openToyServer(both)
  for (const target of ['http://evil.example/eg/users/me', 'https://x:1/eg/users/me', 'HTTP://x/eg/users/me']) {
    const answer = await exchange(
      server.port,
      `GET ${target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ada\r\nconnection: close\r\n\r\n`,
    )
    assert.equal(JSON.parse(answer.body).actor, ada, target)
    assert.equal(JSON.parse(answer.body).mount, '/eg')
  }
})

test('a query keeps its repeats and its order, and a broken one breaks nothing', async () => {
  await using server = await openToyServer(both)
  for (const [query, expected] of [
    ['', []],
    ['?', []],
    [
      '?a=1&b=2&a=3',
      [
        ['a', '1'],
        ['b', '2'],
        ['a', '3'],
      ],
    ],
    ['?a', [['a', '']]],
    [
      '?a=%zz&b=%00',
      [
        ['a', '%zz'],
        ['b', '\0'],
      ],
    ],
    [
      '?a=b+c&d=e%2Bf',
      [
        ['a', 'b c'],
        ['d', 'e+f'],
      ],
    ],
    [
      '?__proto__=1&constructor=2',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
    [
      '?a[]=1&a[b]=2',
      [
        ['a[]', '1'],
        ['a[b]', '2'],
      ],
    ],
  ] as const) {
    const answer = await exchange(server.port, `GET /open/x${query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    assert.deepEqual(JSON.parse(answer.body).query, expected, query)
  }
})

test('contracts that overlap refuse to start', async () => {
  await assert.rejects(openToyServer([usersContract('one', '/'), usersContract('two', '/')]), /one and two/)
})

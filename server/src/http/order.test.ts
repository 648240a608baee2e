import assert from 'node:assert/strict'
import { test } from 'node:test'
import { del, put } from './contract.ts'
import { ada, echo, grace, linus, memoryLimits, openToyServer, toyContract, usersContract } from './testing/toys.ts'

/** A request that is wrong in every way at once; each step mends the first thing that is found. */
test('faults are found in one order: address, caller, bucket, permission, type, body', async () => {
  const rates = { few: { points: 2, seconds: 60 } }
  const route = put('/users/:id', echo, { needs: 'users:update', answers: [200], body: 'json', limit: 'few' })
  const contract = toyContract('eg', '/', [route])
  const wrong = { method: 'PUT', body: '{', headers: { 'content-type': 'text/plain' } }
  const mended = { ...wrong, headers: { 'content-type': 'application/json' } }

  await using server = await openToyServer([contract], { rateLimits: memoryLimits(rates, { points: 2, seconds: 60 }) })
  const ask = async (path: string, as: string, init: RequestInit) => {
    const answer = await server.fetch(path, { as, ...init })
    return `${answer.status} ${await answer.text()}`
  }

  assert.equal(await ask('/users/%00', 'junk', wrong), '400 eg: bad_path')
  assert.equal(await ask('/users/x', 'junk', wrong), '401 eg: unauthenticated')
  assert.equal(await ask('/users/x', 'linus', wrong), '403 eg: not_allowed users:update')
  assert.equal(await ask('/users/x', 'linus', mended), '403 eg: not_allowed users:update')
  assert.equal(await ask('/users/x', 'linus', mended), '429 eg: rate_limited')
  assert.equal(await ask('/users/x', 'grace', wrong), '415 eg: unsupported_media_type application/json')
  assert.equal(await ask('/users/x', 'grace', mended), '400 eg: unreadable_json')
  assert.equal(await ask('/users/x', 'ada', { ...mended, body: '{}' }).then((said) => said.slice(0, 3)), '200')
  assert.equal(await ask('/users/x', 'junk', wrong), '401 eg: unauthenticated')
  assert.equal(await ask('/users/x', 'ada', wrong), '429 eg: rate_limited')
})

test('callers who are no admins reach their own record only, before their body is looked at', async () => {
  await using server = await openToyServer([usersContract('eg', '/')])
  const ask = (as: string, method: string, id: string) =>
    server.fetch(`/users/${id}`, { as, method, ...(method === 'PUT' && { body: '{' }) })

  for (const [as, method, id, status] of [
    ['grace', 'GET', grace, 200],
    ['grace', 'GET', grace.toUpperCase(), 200],
    ['grace', 'GET', linus, 403],
    ['grace', 'GET', 'not-an-id', 403],
    ['grace', 'PUT', grace, 415],
    ['grace', 'PUT', linus, 403],
    ['linus', 'GET', linus, 200],
    ['linus', 'PUT', linus, 403],
    ['ada', 'GET', linus, 200],
    ['ada', 'PUT', linus, 415],
    ['grace', 'DELETE', grace, 403],
  ] as const) {
    assert.equal((await ask(as, method, id)).status, status, `${as} ${method} ${id}`)
  }
})

test('where nobody reaches their own record they are told after their permission, and before their body is looked at', async () => {
  const facts = { reach: 'others', answers: [200] } as const
  const routes = [
    put('/users/:id/role', echo, { ...facts, needs: 'users:roles', body: 'json' }),
    del('/users/:id', echo, { ...facts, needs: 'users:delete' }),
  ]
  await using server = await openToyServer([toyContract('eg', '/', routes)])
  const ask = async (as: string, method: string, path: string) => {
    const answer = await server.fetch(path, { as, method, ...(method === 'PUT' && { body: '{' }) })
    return answer.status === 403 ? await answer.text() : answer.status
  }

  for (const [as, method, path, said] of [
    ['ada', 'DELETE', `/users/${ada}`, 'eg: own_record'],
    ['ada', 'DELETE', `/users/${ada.toUpperCase()}`, 'eg: own_record'],
    ['ada', 'DELETE', `/users/%30${ada.slice(1)}`, 'eg: own_record'],
    ['ada', 'PUT', `/users/${ada}/role`, 'eg: own_record'],
    ['ada', 'DELETE', `/users/${grace}`, 200],
    ['ada', 'PUT', `/users/${grace}/role`, 415],
    ['grace', 'DELETE', `/users/${grace}`, 'eg: not_allowed users:delete'],
    ['grace', 'PUT', `/users/${ada}/role`, 'eg: not_allowed users:roles'],
    ['junk', 'DELETE', `/users/${ada}`, 401],
  ] as const) {
    assert.equal(await ask(as, method, path), said, `${as} ${method} ${path}`)
  }
})

test('whoever may not reach a record is told the same bytes whether it exists or not', async () => {
  await using server = await openToyServer([usersContract('eg', '/')])
  const told = []
  for (const id of [linus, '018f0000-0000-7000-8000-00000000dead', 'x']) {
    const answer = await server.fetch(`/users/${id}`, { as: 'grace' })
    const headers = [...answer.headers].filter(([name]) => name !== 'date')
    told.push(JSON.stringify([answer.status, headers, await answer.text()]))
  }
  assert.equal(new Set(told).size, 1)
})

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { cast } from '../../../server/test/cast.ts'
import { openWorld, type World } from '../../../server/test/world.ts'
import { clock } from '../src/clock.ts'
import { ApiError, ConnectionError, SUDIGITALClient, SUDIGITALError, type TokenPair, UsageError } from '../src/index.ts'

const { id: graceId } = cast.grace.user

/** A client of a world that signs in as grace, and counts what it sends. */
async function openClients(world: World, number: number): Promise<{ clients: SUDIGITALClient[]; sent: string[] }> {
  const first = new SUDIGITALClient({ baseURL: world.url })
  const { email } = cast.grace.user
  const signedIn = await first.auth.login({ email: email ?? '', password: cast.grace.password })
  assert.ok('refreshToken' in signedIn)
  let kept: TokenPair | null = { accessToken: 'over', refreshToken: signedIn.refreshToken }
  let queue: Promise<unknown> = Promise.resolve()
  const sent: string[] = []
  const clients = Array.from({ length: number }, () => {
    return new SUDIGITALClient({
      baseURL: world.url,
      token: 'over',
      refreshToken: signedIn.refreshToken,
      onTokens: (tokens) => {
        kept = tokens
      },
      sharedTokens: {
        load: () => kept,
        lock: (work) => {
          const turn = queue.then(work)
          queue = turn.catch(() => {})
          return turn
        },
      },
      fetch: (url, init) => {
        sent.push(new URL(String(url)).pathname)
        return fetch(url, init)
      },
    })
  })
  return { clients, sent }
}

test('of several clients with the same tokens and many calls at once, one refreshes, and the session goes on', async () => {
  await using world = await openWorld()
  const { clients, sent } = await openClients(world, 3)

  const calls = clients.flatMap((client) => Array.from({ length: 10 }, () => client.users.get(graceId)))
  const users = await Promise.all(calls)

  assert.deepEqual([...new Set(users.map(({ email }) => email))], ['grace@example.com'])
  assert.equal(sent.filter((path) => path === '/api/auth/refresh').length, 1)
  for (const client of clients) assert.equal((await client.me.get()).id, graceId)
})

test('whoever is refused for their haste waits as long as the server says, and is served', async (t) => {
  await using world = await openWorld()
  const waits: number[] = []
  t.mock.method(clock, 'wait', async (ms: number) => {
    waits.push(ms)
    world.tick(Math.ceil(ms))
  })
  const client = new SUDIGITALClient({ baseURL: world.url, token: await world.token('ada') })

  const { id, sentAt } = await client.invitations.create({ email: 'jane@example.com' })
  const again = await client.invitations.resend(id)

  const [waited = 0] = waits
  assert.ok(waits.length === 1 && waited >= 60_000 && waited <= 60_250, String(waits))
  assert.ok(again.sentAt > sentAt)
})

test('a picture is uploaded, read and removed', async () => {
  await using world = await openWorld()
  const client = new SUDIGITALClient({ baseURL: world.url, token: await world.token('grace') })

  const { avatar, thumbnails } = await client.me.avatar.upload(new Blob([onePixel], { type: 'image/png' }))
  assert.equal((await client.me.avatar.get()).avatar, avatar)
  assert.equal((await fetch(thumbnails.small.replace(/^https?:\/\/[^/]+/, world.url))).status, 200)
  await client.me.avatar.delete()
  assert.equal((await client.me.avatar.get()).avatar, null)
  await assert.rejects(client.me.avatar.upload('picture' as never), { name: 'UsageError', code: 'INVALID_ARGUMENT' })
})

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('a signal', () => {
  const reason = new Error('the page was left')
  const isAborted = { name: 'ConnectionError', code: 'ABORTED', cause: reason }
  const busy = () => Response.json({}, { status: 503, headers: { 'retry-after': '20' } })
  const openClient = (answer: (signal: AbortSignal) => Promise<Response> | Response, more = {}) => {
    const seen: string[] = []
    const client = new SUDIGITALClient({
      baseURL: 'http://roster.test',
      token: 'token-of-ada',
      fetch: async (url, init) => {
        seen.push(new URL(String(url)).pathname)
        assert.ok(init?.signal)
        return answer(init.signal)
      },
      ...more,
    })
    return { client, seen }
  }
  const never = (signal: AbortSignal) =>
    new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

  test('that was given before nothing is sent sends nothing', async () => {
    const { client, seen } = openClient(busy)

    await assert.rejects(client.users.list({}, { signal: AbortSignal.abort(reason) }), isAborted)
    assert.deepEqual(seen, [])
  })

  test('ends a call whose answer has not come', async () => {
    const { client, seen } = openClient(never)
    const own = new AbortController()
    const call = client.users.list({}, { signal: own.signal })
    setImmediate(() => own.abort(reason))

    await assert.rejects(call, isAborted)
    assert.equal(seen.length, 1)
  })

  test('ends a call that waits to be sent again', async () => {
    const { client, seen } = openClient(busy)
    const own = new AbortController()
    const call = client.users.list({}, { signal: own.signal })
    setImmediate(() => own.abort(reason))

    await assert.rejects(call, isAborted)
    assert.equal(seen.length, 1)
  })

  test('ends an iteration', async () => {
    const own = new AbortController()
    const page = { data: [{}], meta: { page: 1, limit: 1, hasNext: true, hasPrev: false, next: 'more' } }
    const { client, seen } = openClient(() => Response.json(page))

    await assert.rejects(async () => {
      for await (const _ of client.users.all({ limit: 1 }, { signal: own.signal }))
        if (seen.length === 3) own.abort(reason)
    }, isAborted)
    assert.equal(seen.length, 3)
  })

  test('ends one call that waits for a refresh, while others get what they asked for', async () => {
    const own = new AbortController()
    const tokens = { accessToken: 'new', refreshToken: 'newer', tokenType: 'Bearer', expiresIn: 3600, user: {} }
    let isOver = false
    const { client, seen } = openClient(
      async () => {
        if (seen.at(-1) !== '/api/auth/refresh') return isOver ? Response.json({ data: {} }) : unauthorized()
        own.abort(reason)
        isOver = true
        return Response.json({ data: tokens })
      },
      { refreshToken: 'refresh-of-ada' },
    )

    const [left, stayed] = await Promise.allSettled([
      client.users.get(graceId, undefined, { signal: own.signal }),
      client.users.get(graceId),
    ])

    assert.ok(left.status === 'rejected' && left.reason.code === 'ABORTED')
    assert.equal(stayed.status, 'fulfilled')
  })

  const unauthorized = () =>
    Response.json(
      { error: { code: 'UNAUTHORIZED', message: 'Authentication is required' }, status: 401 },
      { status: 401 },
    )
})

test('a server that says nothing is given up after the time-out, and a line that breaks off is no answer', async () => {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/me') === true) response.writeHead(200, { 'content-length': '100' }).write('{"data":')
    if (request.url?.endsWith('/me') === true) setImmediate(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = new SUDIGITALClient({ baseURL: `http://127.0.0.1:${port}`, token: 'a', maxRetries: 0 })

  await assert.rejects(client.users.get(graceId, undefined, { timeoutMs: 30 }), { code: 'TIMEOUT' })
  await assert.rejects(client.users.me(), { code: 'NETWORK_ERROR' })
  server.closeAllConnections()
  server.close()
  await assert.rejects(client.users.me(), { code: 'NETWORK_ERROR' })
})

test('tokens and passwords show in nothing that a program prints', async () => {
  const secrets = ['secret-access', 'secret-refresh', 'Secret-Password-1!', 'secret-next', 'secret-api']
  const addresses: string[] = []
  const client = new SUDIGITALClient({
    baseURL: 'http://roster.test',
    token: 'secret-access',
    refreshToken: 'secret-refresh',
    maxRetries: 0,
    fetch: async (url) => {
      addresses.push(String(url))
      if (addresses.length === 1) throw new TypeError('fetch failed')
      return new Response('<html>', { status: addresses.length === 2 ? 500 : 401 })
    },
  })
  const thrown: unknown[] = []
  const note = (error: unknown) => thrown.push(error)
  await client.users.setPassword(graceId, { newPassword: 'Secret-Password-1!' }).catch(note)
  await client.auth.login({ email: 'ada@example.com', password: 'Secret-Password-1!' }).catch(note)
  await client.auth.refresh({ refreshToken: 'secret-next' }).catch(note)
  for (const bad of ['secret-api\r\n', '\0secret-api']) {
    try {
      client.useTokens({ accessToken: bad })
    } catch (error) {
      note(error)
    }
  }

  assert.equal(thrown.length, 5)
  const shown = [client, ...thrown].flatMap((value) => [
    JSON.stringify(value),
    String(value),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(Object.getOwnPropertyDescriptors(value)),
  ])
  for (const secret of secrets) {
    assert.deepEqual(
      [...shown, ...addresses].filter((text) => text?.includes(secret)),
      [],
      secret,
    )
  }
})

test('an error is known by its class in every copy of the package, and classes that are derived are their own', async () => {
  const copy = (await import(
    new URL('../src/errors.ts?copy', import.meta.url).href
  )) as typeof import('../src/errors.ts')
  const facts = { code: 'USER_NOT_FOUND', status: 404, retryAfter: null, requestId: null }
  class OwnError extends ApiError {}

  const errors = [
    new copy.ApiError('a', facts),
    new copy.ConnectionError('TIMEOUT', 'b'),
    new copy.UsageError('INVALID_OPTION', 'c'),
  ]

  assert.notEqual(copy.ApiError, ApiError)
  const classes = [ApiError, ConnectionError, UsageError]
  for (const [at, error] of errors.entries()) {
    assert.deepEqual(
      classes.map((one) => error instanceof one),
      classes.map((_, place) => place === at),
    )
    assert.ok(error instanceof SUDIGITALError && error instanceof Error)
    assert.equal(error.name, classes[at]?.name)
  }
  assert.ok(new OwnError('a', facts) instanceof OwnError && new OwnError('a', facts) instanceof ApiError)
  assert.ok(!(errors[0] instanceof OwnError))
  for (const other of [null, undefined, 'ApiError', {}, new Error('ApiError')])
    assert.ok(!(other instanceof SUDIGITALError))
})

test('who signs out while a refresh is under way stays signed out', async () => {
  const told: (TokenPair | null)[] = []
  const answers: Record<string, () => Response> = {
    '/api/auth/refresh': () => {
      client.useTokens(null)
      return Response.json({ data: { accessToken: 'new', refreshToken: 'newer' } })
    },
  }
  const refused = () => Response.json({ error: { code: 'UNAUTHORIZED', message: 'no' }, status: 401 }, { status: 401 })
  const sent: (string | null)[] = []
  const client = new SUDIGITALClient({
    baseURL: 'http://roster.test',
    token: 'old',
    refreshToken: 'older',
    onTokens: (tokens) => {
      told.push(tokens)
    },
    fetch: async (url, init) => {
      sent.push(new Headers(init?.headers).get('authorization'))
      return (answers[new URL(String(url)).pathname] ?? refused)()
    },
  })

  await assert.rejects(client.me.get(), { code: 'UNAUTHORIZED' })
  await assert.rejects(client.me.get(), { code: 'UNAUTHORIZED' })

  assert.deepEqual(told, [])
  assert.deepEqual(sent, ['Bearer old', null, null])
})

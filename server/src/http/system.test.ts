import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { trustProxies } from './addresses.ts'
import { openHealth } from './health.ts'
import { openMetrics } from './metrics.ts'
import { systemContract } from './system.ts'
import { openToyServer, usersContract } from './testing/toys.ts'

function open(more: Parameters<typeof openToyServer>[1] & { ping?: () => Promise<unknown> } = {}) {
  const metrics = openMetrics({
    gauges: [{ name: 'roster_queue_waiting', help: 'x', read: () => 7 }],
    ofProcess: false,
  })
  const health = openHealth(more.ping ?? (() => Promise.resolve()), { timeoutMs: 50 })
  const jwks = (nowSeconds: number) => ({ keys: [{ kid: 'k', nowSeconds }] })
  const system = systemContract({ health, metrics, jwks })
  return {
    health,
    opening: openToyServer([system, usersContract('root', '/'), usersContract('eg', '/eg')], { metrics, ...more }),
  }
}

test('what machines ask stands beside the contract at the root, which keeps the unknown paths', async () => {
  await using server = await open().opening
  const live = await server.fetch('/health/live')

  assert.equal(`${live.status} ${await live.text()}`, '200 {"status":"ok"}')
  assert.equal((await server.fetch('/users', { as: 'ada' })).status, 200)
  for (const path of ['/health', '/health/dead', '/metrics/x']) {
    assert.equal(await (await server.fetch(path)).text(), 'root: no_such_route', path)
  }
  const post = await server.fetch('/health/live', { method: 'POST' })
  assert.equal(
    `${post.status} ${post.headers.get('allow')} ${await post.text()}`,
    '405 GET, HEAD, OPTIONS {"error":{"code":"METHOD_NOT_ALLOWED"},"status":405}',
  )
})

test('a node is ready while what it needs answers, and until it is about to stop', async () => {
  let ping = () => Promise.resolve<unknown>(null)
  const { health, opening } = open({ ping: () => ping() })
  await using server = await opening
  const ready = async () => {
    const answer = await server.fetch('/health/ready')
    return `${answer.status} ${await answer.text()}`
  }

  assert.equal(await ready(), '200 {"status":"ok"}')
  ping = () => Promise.reject(new Error('away'))
  assert.equal(await ready(), '503 {"status":"unavailable"}')
  ping = () => new Promise(() => undefined)
  assert.equal(await ready(), '503 {"status":"unavailable"}')
  ping = () => Promise.resolve(null)
  assert.equal(await ready(), '200 {"status":"ok"}')
  health.withdraw()
  assert.equal(await ready(), '503 {"status":"unavailable"}')
  assert.equal((await server.fetch('/health/live')).status, 200)
})

test('asking often costs the database one question at a time', async () => {
  let asked = 0
  const health = openHealth(async () => {
    asked += 1
    await pause(10)
  })

  assert.deepEqual(await Promise.all(Array.from({ length: 50 }, () => health.isReady())), Array(50).fill(true))
  assert.equal(asked, 1)
})

test('the keys that verify our tokens may be kept for five minutes', async () => {
  await using server = await open().opening
  const answer = await server.fetch('/.well-known/jwks.json')

  assert.equal(answer.headers.get('cache-control'), 'public, max-age=300')
  assert.deepEqual(Object.keys((await answer.json()) as object), ['keys'])
})

test('metrics count requests by pattern, and show what waits', async () => {
  await using server = await open().opening
  for (const path of ['/eg/users/x', '/eg/users/y', '/eg/nope/1', '/eg/nope/2']) await server.fetch(path, { as: 'ada' })
  await server.fetch('/eg/users/x', { as: 'ada', method: 'HEAD' })

  const answer = await server.fetch('/metrics')
  const shown = await answer.text()

  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  const count = (labels: string) =>
    new RegExp(`^roster_http_request_duration_seconds_count\\{${labels}\\} (\\d+)$`, 'm').exec(shown)?.[1]
  assert.equal(count('contract="eg",route="/users/:id",method="GET",status="2xx"'), '2')
  assert.equal(count('contract="eg",route="/users/:id",method="HEAD",status="2xx"'), '1')
  assert.equal(count('contract="eg",route="none",method="any",status="4xx"'), '2')
  assert.match(shown, /^roster_queue_waiting 7$/m)
  assert.equal(/nope|users\/x/.test(shown), false)
})

test('durations are counted in buckets, each of which holds those below it', async () => {
  const metrics = openMetrics({ ofProcess: false })
  const observe = metrics.watch({ contract: 'eg', route: '/users', method: 'GET' })
  for (const seconds of [0.0005, 0.001, 0.003, 0.2, 60]) observe(200, seconds)

  const shown = await metrics.text()

  const name = 'roster_http_request_duration_seconds'
  const of = 'contract="eg",route="/users",method="GET",status="2xx"'
  const counted = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, '+Inf'].map((le) => {
    const line = shown.split('\n').find((one) => one.startsWith(`${name}_bucket{le="${le}",${of}} `))
    return Number(line?.split(' ').at(-1))
  })
  assert.deepEqual(counted, [2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5])
  assert.match(shown, new RegExp(`^# TYPE ${name} histogram$`, 'm'))
  assert.ok(shown.includes(`${name}_count{${of}} 5\n`))
  assert.match(shown, new RegExp(`^${name}_sum\\{.*\\} 60\\.2045$`, 'm'))
})

test('metrics are for this machine and for admins, and a proxy is not this machine', async () => {
  await using server = await open({ proxies: trustProxies(['127.0.0.1']) }).opening
  const status = async (as: string, headers: Record<string, string>) =>
    (await server.fetch('/metrics', { as, headers })).status

  assert.equal(await status('', {}), 200)
  for (const headers of [
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '192.0.2.1' },
    { forwarded: 'for=127.0.0.1' },
    { origin: 'http://evil.example' },
    { 'x-real-ip': '127.0.0.1' },
  ]) {
    assert.equal(await status('', headers as never), 401)
    assert.equal(await status('grace', headers as never), 403)
    assert.equal(await status('ada', headers as never), 200)
  }
})

test('figures of the process can be had, and end with it', async () => {
  const metrics = openMetrics()

  assert.match(await metrics.text(), /^process_resident_memory_bytes \d+/m)
})

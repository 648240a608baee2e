import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './browser.ts'
import { openWorld } from './world.ts'

const pages = ['/docs', '/docs/racknap', '/docs/quick-start', '/docs/overview', '/docs/authentication']

test('the reference and its pages are open to everybody, and let nothing in from elsewhere', async () => {
  await using world = await openWorld()

  for (const path of pages) {
    const answer = await world.fetch(path)
    const html = await answer.text()
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/html; charset=utf-8'], path)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /script-src[^;]*unsafe|https?:/)
    assert.equal(answer.headers.get('x-frame-options'), 'DENY')
    assert.doesNotMatch(
      html,
      /<script(?! src="\/docs\/)|<script[^>]*>[^<]|\son\w+=|style=|(?:src|href)="(?!\/|#|http:\/\/127\.0\.0\.1)/,
      path,
    )
  }
})

test('every link of a page leads somewhere', async () => {
  await using world = await openWorld()
  const linked = new Set<string>()
  for (const path of pages) {
    const html = await (await world.fetch(path)).text()
    for (const [, target = ''] of html.matchAll(/(?:src|href)="([^"#]+)/g))
      linked.add(target.replace(world.settings.publicUrl, ''))
  }

  assert.ok(linked.size >= 7, [...linked].join())
  for (const target of linked) {
    const path = target.replace(/^http:\/\/127\.0\.0\.1:\d+/, '')
    assert.equal((await world.fetch(path)).status, 200, path)
  }
})

test('the script of the reference is this server’s own, and sent compressed to whoever takes it', async () => {
  await using world = await openWorld()

  const zipped = await world.fetch('/docs/reference.js', { headers: { 'accept-encoding': 'gzip' } })
  const plain = await world.fetch('/docs/reference.js', { headers: { 'accept-encoding': 'identity' } })

  assert.deepEqual([zipped.headers.get('content-encoding'), plain.headers.get('content-encoding')], ['gzip', null])
  assert.equal(zipped.headers.get('vary'), 'Authorization, Accept-Encoding')
  assert.equal(await zipped.text(), await plain.text())
})

test('the pages speak of the server and the mount that they are read on', async () => {
  const settings = { PUBLIC_URL: 'http://localhost:4000/people', MOUNTS: 'sudigital=/house redirect-manager=off' }
  await using world = await openWorld({ settings, populate: 'as in development' })

  const start = await (await fetch(`${world.url}/docs/quick-start`)).text()
  const reference = await (await fetch(`${world.url}/docs`)).text()
  const racknap = await (await fetch(`${world.url}/docs/racknap`)).text()

  assert.match(start, /http:\/\/localhost:4000\/people\/house\/api\/auth\/login/)
  assert.match(reference, /data-description="\/people\/house\/openapi\.json"/)
  assert.match(racknap, /data-description="\/people\/racknap\/openapi\.json"/)
  for (const html of [start, reference, racknap]) {
    const own = [...html.matchAll(/(?:src|href)="(\/[^"]*)/g)].map(([, target]) => target ?? '')
    assert.ok(own.length >= 5)
    for (const target of own) assert.match(target, /^\/people\//)
  }
  assert.deepEqual(
    [...reference.matchAll(/href="\/people(\/docs\/?[a-z-]*)"[^>]*>([a-z-]+)</g)].map(([, to, name]) => [to, name]),
    [
      ['/docs', 'sudigital'],
      ...['racknap', 'express-gateway', 'service-module'].map((name) => [`/docs/${name}`, name]),
    ],
    'each contract that is served has a reference of its own',
  )
})

test('what is tried out in the reference goes to the server it came from, by whatever name that was opened', async () => {
  await using world = await openWorld({ settings: { MOUNTS: 'sudigital=/house' }, populate: 'as in development' })
  await using browser = await openBrowser()
  const page = await browser.newPage()
  const catches = 'globalThis.Scalar = { createApiReference: (_, given) => { globalThis.given = given } }'
  await page.route('**/docs/reference.js', (route) => route.fulfill({ contentType: 'text/javascript', body: catches }))
  const { port } = new URL(world.url)

  await page.goto(`http://localhost:${port}/docs`)
  await page.waitForFunction('globalThis.given')
  const statuses = await page.evaluate(async () => {
    const { servers, paths } = Reflect.get(globalThis, 'given').content
    const tries = [`${servers[0].url}/api/users`, `${paths['/health/live'].servers[0].url}/health/live`]
    return Promise.all(tries.map(async (url) => [new URL(url).hostname, (await fetch(url)).status]))
  })

  assert.deepEqual(statuses, [
    ['localhost', 401],
    ['localhost', 200],
  ])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from './world.ts'

const pages = ['/docs', '/docs/quick-start', '/docs/overview', '/docs/authentication']

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
  const settings = { PUBLIC_URL: 'http://localhost:4000', MOUNTS: 'sudigital=/house' }
  await using world = await openWorld({ settings, populate: 'as in development' })

  const start = await (await fetch(`${world.url}/docs/quick-start`)).text()
  const reference = await (await fetch(`${world.url}/docs`)).text()

  assert.match(start, /http:\/\/localhost:4000\/house\/api\/auth\/login/)
  assert.match(reference, /data-description="\/house\/openapi\.json"/)
})

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { digestOfSources } from '../../../console/build/sources.mjs'
import { openWorld } from '../../test/world.ts'

const dist = new URL('../../../console/dist/', import.meta.url)

test('the console that is served was made from the sources beside it', () => {
  assert.ok(existsSync(dist), '`npm run prepare` builds the console')

  assert.equal(
    readFileSync(new URL('made-from', dist), 'utf8'),
    digestOfSources(),
    '`npm run prepare` builds the console anew',
  )
})

test('the console is one page at all its addresses, where everything comes from this server and no script is inline', async () => {
  await using world = await openWorld({
    settings: { PUBLIC_URL: 'http://localhost:4000/people', MOUNTS: 'sudigital=/house' },
  })
  const first = await world.fetch('/')
  const html = await first.text()

  assert.deepEqual([first.status, first.headers.get('cache-control')], [200, 'no-cache'])
  assert.match(String(first.headers.get('content-security-policy')), /script-src 'self';/)
  assert.match(html, /data-root="\/people" data-api="\/people\/house" data-pictures="http:\/\/localhost:4000"/)
  assert.doesNotMatch(html, /<script(?![^>]* src="\/people\/console\/assets\/)|\son\w+=|(?<!data-pictures=")https?:/)
  for (const path of ['/console', '/console/users', '/console/users/1', '/console/users/1/activity']) {
    assert.equal(await (await world.fetch(path)).text(), html, path)
  }
})

test('its files come compressed as the caller takes them, and those with a digest in their name are kept for ever', async () => {
  await using world = await openWorld()
  const html = await (await world.fetch('/')).text()
  const script = /src="(\/console\/assets\/index-[^"]+\.js)"/.exec(html)?.[1] ?? ''
  const sizes = new Map<string | null, number>()

  for (const accepted of ['br, gzip', 'gzip', 'br;q=0', 'identity']) {
    const answer = await world.fetch(script, { headers: { 'accept-encoding': accepted } })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8')
    sizes.set(answer.headers.get('content-encoding'), (await answer.arrayBuffer()).byteLength)
  }

  assert.deepEqual([...sizes.keys()], ['br', 'gzip', null])
  for (const nothing of ['/console/assets/none.js', '/console/assets/..%2Findex.html', '/console/assets/index.html']) {
    assert.equal((await world.fetch(nothing)).status, 404, nothing)
  }
})

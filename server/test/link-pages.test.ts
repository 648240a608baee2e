import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letterWriter } from '../src/adapters/mail/letters.ts'
import type { LinkId } from '../src/core/links/link.ts'
import { type Message, messageKinds, purposeOf } from '../src/core/mail/mail.ts'
import { linkPagePaths } from '../src/http/link-pages.ts'
import { openBrowser } from './browser.ts'
import { cast } from './cast.ts'
import { invite } from './invited.ts'
import { leaveMail } from './leave-mail.ts'
import { organize } from './organized.ts'
import { mailedToken } from './outbox.ts'
import { until } from './timing.ts'
import { openWorld, type World } from './world.ts'

const kinds = messageKinds.filter((kind) => purposeOf(kind) !== null)

/** Where the mails of a directory lead whoever follows their links; what is behind the `#` stays in the browser. */
function leadsTo(publicUrl: string): string[] {
  const { write } = letterWriter({ publicUrl, linkTokens: { token: () => 'x' } })
  return kinds.map((kind) => {
    const { text } = write(
      { name: null, message: { kind, link: 'l' as LinkId, invitedBy: null, organization: 'Acme' } as Message },
      null,
    )
    return new URL(/https?:\S+/.exec(text)?.[0] ?? '').pathname
  })
}

test('every link in a mail leads to a page, where everything comes from this server and nothing is inline', async () => {
  await using world = await openWorld()
  const paths = leadsTo(world.roster.publicUrl)

  assert.deepEqual(new Set(paths), new Set(linkPagePaths))
  for (const path of paths) {
    const answer = await world.fetch(path)
    const html = await answer.text()
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/html; charset=utf-8'], path)
    assert.equal(
      answer.headers.get('content-security-policy'),
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
    )
    assert.deepEqual(
      [answer.headers.get('referrer-policy'), answer.headers.get('x-frame-options')],
      ['no-referrer', 'DENY'],
    )
    assert.doesNotMatch(html, /<script(?! src="\/follow-link\.js"><)|\son\w+=|style=|https?:/)
    for (const [, target = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.equal((await world.fetch(target)).status, 200, target)
    }
  }
})

test('a page is the same bytes for everybody, whatever host or token a request names, and opening it spends nothing', async () => {
  await using world = await openWorld({ settings: { DEVELOPMENT_ON_NETWORK: 'yes' } })
  await leaveMail(world.settings, world.core.clock(), [{ kind: 'reset_password' }])
  const token = await tokenInMail(world)

  const plain = await (await world.fetch('/reset-password')).text()
  for (const [path, headers] of [
    [`/reset-password?token=${token}`, {}],
    [
      '/reset-password?next=https://evil.example/',
      { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    ],
    ['/reset-password', { 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/evil', 'x-original-url': '/evil' }],
  ] as const) {
    assert.equal(await (await world.fetch(path, { headers })).text(), plain, path)
  }
  assert.equal((await world.fetch(`/reset-password?token=${token}`, { method: 'HEAD' })).status, 200)
  assert.equal((await world.fetch('/reset-password', { method: 'POST', body: `token=${token}` })).status, 405)

  const id = world.core.linkTokens.read('reset_password', token)
  assert.ok(id)
  assert.equal((await world.core.directory.links.byId(id))?.endedAtMs, null)
})

test('under a public address with a path, and a house that is mounted elsewhere, pages find what they use', async () => {
  const settings = { PUBLIC_URL: 'http://localhost:4000/people', MOUNTS: 'sudigital=/house' }
  await using world = await openWorld({ settings, populate: 'as in development' })

  const html = await (await fetch(`${world.url}/accept-invitation`)).text()

  assert.deepEqual(leadsTo(settings.PUBLIC_URL)[0], '/people/verify-email')
  assert.match(html, /src="\/people\/follow-link\.js"/)
  assert.match(html, /href="\/people\/link-page\.css"/)
  assert.match(html, /data-action="\/people\/house\/api\/auth\/accept-invitation"/)
})

test('in a real browser somebody follows the link in a mail to a new password, once, and can then ask for another link', {
  timeout: 60_000,
}, async () => {
  await using world = await openWorld()
  await using browser = await openBrowser()
  const { email } = cast.grace.user
  const forgotten = await world.fetch('/api/auth/forgot-password', { method: 'POST', json: { email } })
  assert.equal(forgotten.status, 202)
  const href = `${world.url}/reset-password#token=${await tokenInMail(world)}`
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
  const follow = async (password: string) => {
    await page.goto('about:blank')
    await page.goto(href)
    await page.check('#show')
    assert.equal(await page.getAttribute('#password', 'type'), 'text')
    await page.fill('#password', password)
    await page.press('#password', 'Enter')
    await page.waitForSelector('#told:not(:empty)')
    return page.textContent('#told')
  }

  const weak = await follow('password')
  await page.route('**/api/auth/*', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }))
  const away = await follow('Compiler-Pioneer-1952!')
  await page.unroute('**/api/auth/*')
  const good = await follow('Compiler-Pioneer-1952!')
  const { pathname, hash } = new URL(page.url())
  await page.reload()
  const reloaded = await page.textContent('#told')

  assert.match(weak ?? '', /must contain an uppercase letter\.\n/)
  assert.equal(away, 'The server could not do that just now. Nothing is lost: please try again later.')
  assert.equal(good, 'Your password is changed. You can sign in with it now.')
  assert.deepEqual([pathname, hash, reloaded], ['/reset-password', '', good])

  const again = await follow('Another-Pioneer-1952!')
  assert.match(again ?? '', /^This link is not good any more: it was used before/)
  assert.equal(await page.isVisible('#password'), false)
  await page.goto('about:blank')
  await page.goto(href.split('#')[0] ?? '')
  assert.match((await page.textContent('#told')) ?? '', /^A part of the link is missing/)
  await page.fill('#email', email ?? '')
  await page.press('#email', 'Enter')
  await page.waitForSelector('#told.good')
  assert.equal(await page.textContent('#told'), 'If an account has this address, another link is on its way to it.')

  assert.deepEqual(
    complaints.filter((text) => !/status of (400|502)/.test(text)),
    [],
  )
  const json = { email, password: 'Compiler-Pioneer-1952!' }
  assert.equal((await world.fetch('/api/auth/login', { method: 'POST', json })).status, 200)
})

test('in a real browser somebody joins an organization, and is asked for a password only if they have none', {
  timeout: 60_000,
}, async () => {
  await using world = await openWorld()
  await using browser = await openBrowser()
  const { id: organizationId } = await organize(world, 'acme')
  const page = await browser.newPage()
  const follow = async (email: string) => {
    await invite(world, { email, organizationId })
    const token = await mailedToken(world, email, 'organization_invitation')
    await page.goto('about:blank')
    await page.goto(`${world.url}/join-organization#token=${token}`)
    assert.equal(await page.isVisible('input'), false)
    await page.click('button')
  }

  await follow('linus@example.com')
  await page.waitForSelector('#told:not(:empty)')
  const joined = await page.textContent('#told')
  await follow('eve@example.com')
  await page.waitForSelector('input:focus')
  await page.fill('input', 'Lighthouse-Keeper-77!')
  await page.press('input', 'Enter')
  await page.waitForSelector('#told:not(:empty)')

  assert.equal(joined, 'You belong to the organization now, and can sign in.')
  assert.equal(await page.textContent('#told'), joined)
  const { items } = await world.core.directory.members.page({ organizationId, role: null, offset: 0, limit: 10 })
  assert.deepEqual(
    items.map(({ user }) => [user.email, user.status]),
    [
      ['linus@example.com', 'active'],
      ['eve@example.com', 'active'],
    ],
  )
})

async function tokenInMail(world: World): Promise<string> {
  const question = { state: 'sent', offset: 0, limit: 1 } as const
  await until(async () => (await world.core.directory.mail.page(question)).total === 1)
  const [mail] = (await world.core.directory.mail.page(question)).mails
  const answer = await world.fetch(`/api/mail/${mail?.id}`, { as: 'ada' })
  return /#token=(\S+)/.exec(((await answer.json()) as { data: { text: string } }).data.text)?.[1] ?? ''
}

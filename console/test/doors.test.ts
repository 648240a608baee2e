import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse } from '../../server/src/cli/testing/house.ts'
import { insideConsole } from '../src/doors/inside.ts'
import { openConsole, portray, testUsers, violationsOf } from './console.ts'
import { isSound, newSomebody, type Somebody, withApp, withPasskey } from './people.ts'

async function typeIn(page: Page, { email, password }: Somebody): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('somebody signs in, sees who they are, and signs out', async () => {
  const { visit, url } = await openConsole()
  const page = await visit('/')

  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await isSound(page)
  await portray(page, 'sign-in')
  await page.goto('/console/sign-in?next=%2F%5Cevil.example%2Fconsole')
  await typeIn(page, testUsers.admin)

  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  assert.equal(page.url(), `${url}/console`)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assert.equal(await page.evaluate(() => localStorage.getItem('roster.tokens')), null)
})

test('a member comes to their account, and nothing is asked for on the way that is not for them', async () => {
  const { visit } = await openConsole()
  const page = await visit('/')
  const refused: string[] = []
  page.on('response', (response) => response.status() === 403 && refused.push(response.url()))

  await typeIn(page, testUsers.viewer)

  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  await page.getByRole('region', { name: 'Details' }).waitFor()
  assert.deepEqual(refused, [])
  await page.context().close()
})

test('whoever has a second factor is asked for it: by the code of an app, or by a recovery code', async () => {
  const { visit, client } = await openConsole()
  const somebody = await newSomebody()
  const { code, recoveryCodes } = await withApp(somebody)
  const page = await visit('/console/sign-in?next=%2Fconsole%2Faccount')

  await typeIn(page, somebody)
  const field = page.getByRole('textbox', { name: 'Code of the app' })
  await field.waitFor()
  assert.equal(await field.getAttribute('autocomplete'), 'one-time-code')
  await isSound(page)
  await portray(page, 'sign-in-code')
  await field.pressSequentially('000000')
  await page.getByText('That code is not right').waitFor()
  await isSound(page)
  const shown = await code(0)
  await field.pressSequentially(`${shown.slice(0, 3)} ${shown.slice(3)}`)
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  assert.equal(new URL(page.url()).pathname.startsWith('/console/account'), true)

  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await typeIn(page, somebody)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  const admin = await client('admin')
  const { data } = await admin.users.list({ search: somebody.email })
  const [user] = data
  assert.ok(user)
  const { data: entries } = await admin.users.activity.list(user.id, { limit: 20 })
  assert.equal(entries.filter(({ type }) => type === 'login').length, 3, 'two by hand, one by the test')
})

test('after too many wrong codes it goes back to the password, with words, and the address stays', async () => {
  const { visit } = await openConsole()
  const somebody = await newSomebody()
  await withApp(somebody)
  const page = await visit('/console/sign-in')

  await typeIn(page, somebody)
  const field = page.getByRole('textbox', { name: 'Code of the app' })
  await field.waitFor()
  for (let wrong = 0; wrong < 6 && (await field.count()) > 0; wrong += 1) {
    const answered = page.waitForResponse(/\/api\/auth\/mfa$/)
    await field.fill('')
    await field.pressSequentially(`00000${wrong}`)
    await answered
    await page
      .getByRole('alert')
      .filter({ hasText: /That code|Please begin/ })
      .waitFor()
  }

  await page.getByText('Please begin again').waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'E-mail address' }).inputValue(), somebody.email)
  assert.equal(await page.getByRole('textbox', { name: 'Password' }).inputValue(), '')
  await portray(page, 'sign-in-over')
})

test('a passkey finishes a sign-in, and is one by itself', async () => {
  const { visit } = await openConsole()
  const somebody = await newSomebody()
  const page = await visit('/console/sign-in')
  await withPasskey(somebody, page)

  await typeIn(page, somebody)
  await page.getByRole('button', { name: 'Use the passkey' }).click()
  await page.getByRole('button', { name: 'Account of Dora Winter' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('button', { name: 'Account of Dora Winter' }).waitFor()
})

test('whoever is not let in is told why, and where to go from there', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/sign-in')
  const pending = await newSomebody('pending')

  await typeIn(page, { email: pending.email, password: 'wrong' })
  await page.getByText('The address or the password is wrong').waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'E-mail address' }).inputValue(), pending.email)
  await isSound(page)
  await portray(page, 'sign-in-refused')
  await typeIn(page, pending)
  await page.getByText('This account is not active').waitFor()
  await page.getByRole('link', { name: 'Have the link sent again' }).click()
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
  await isSound(page)
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(pending.email)
  await page.getByRole('button', { name: 'Send the link again' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()

  await page.goto('/console/sign-in')
  const locked = await newSomebody()
  for (let guess = 0; guess < 12; guess += 1) {
    const answered = page.waitForResponse(/\/api\/auth\/login$/)
    await typeIn(page, { email: locked.email, password: `wrong ${guess}` })
    if ((await answered).status() === 429) break
  }
  await page.getByText('Too many attempts').waitFor()
  await page
    .getByRole('timer')
    .filter({ hasText: /\d+ min/ })
    .waitFor()
  await isSound(page)
  await portray(page, 'sign-in-locked')
})

test('whether somebody has an address shows neither to whoever signs up nor to whoever forgot a password', async () => {
  const { visit, client } = await openConsole()
  const known = await newSomebody()
  const unknown = { email: `nobody-${crypto.randomUUID()}@example.com`, password: 'Quiet-Harbour-41!' }
  const page = await visit('/console/sign-in')
  const said: string[] = []

  for (const { email, password } of [known, unknown]) {
    await page.goto('/console/sign-in')
    await page.getByRole('link', { name: 'Sign up' }).click()
    // The way in has a field for an address as well.
    await page.getByRole('heading', { name: 'Sign up' }).waitFor()
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email)
    await page.getByRole('textbox', { name: 'First name' }).fill('Nora')
    await page.getByRole('textbox', { name: 'Last name' }).fill('Unseen')
    const send = page.getByRole('button', { name: 'Sign up' })
    const before = await send.boundingBox()
    await page.getByRole('textbox', { name: 'Password' }).fill('weak')
    await page.getByRole('meter').waitFor()
    assert.deepEqual(await send.boundingBox(), before)
    await send.click()
    await page.getByText('Password must be at least 8 characters').waitFor()
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await isSound(page)
    await portray(page, 'sign-up')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    said.push(await page.getByRole('main').innerText())
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email)
    await isSound(page)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    said.push(await page.getByRole('main').innerText())
  }
  await isSound(page)
  await portray(page, 'look-into-mail')

  assert.deepEqual(said.slice(2), said.slice(0, 2))
  const { data } = await (await client('admin')).users.list({ search: unknown.email })
  assert.deepEqual(
    data.map(({ status, firstName }) => [status, firstName]),
    [['pending', 'Nora']],
  )
})

test('the link that a new server prints makes one admin, who is signed in at once', async () => {
  const { browser } = await openConsole()
  await using house = await openHouse({ NODE_ENV: 'production', MASTER_KEY: Buffer.alloc(32, 7).toString('base64') })
  const server = await house.serve()
  const link = (await server.until(/http\S+#token=\S+\n/)).trim()
  const page = await browser.newPage()

  await page.goto(`${server.url}/console/set-up`)
  await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor()
  await page.goto(link)
  await page.reload()
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('first@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('password')
  await page.getByRole('button', { name: 'Become the first admin' }).click()
  await page.getByText(/Password must contain/).waitFor()
  await isSound(page)
  await portray(page, 'set-up')
  await page.getByRole('textbox', { name: 'Password' }).fill('Quiet-Harbour-41!')
  await page.getByRole('button', { name: 'Become the first admin' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()

  const other = await browser.newPage()
  await other.goto(link)
  await other.getByRole('textbox', { name: 'E-mail address' }).fill('second@example.com')
  await other.getByRole('textbox', { name: 'Password' }).fill('Quiet-Harbour-41!')
  await other.getByRole('button', { name: 'Become the first admin' }).click()
  await other.getByRole('heading', { name: 'This link leads nowhere' }).waitFor()
  await isSound(other)
})

test('signing in leads to pages of this console only', () => {
  const origin = 'https://directory.example.com'
  for (const next of ['/console', '/console/users?q=a#b', '/console/users/1']) {
    assert.equal(insideConsole(next, origin), next)
  }
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example/console',
    'javascript:alert(1)',
  ]
  const notInside = [
    '/',
    '/docs',
    '/console/../docs',
    '/consoles',
    '/console/sign-in',
    '/console/set-up#token=1',
    ' //evil.example/console',
    '/\t/evil.example/console',
  ]
  for (const next of [...elsewhere, ...notInside, undefined, 7, ['/console']]) {
    assert.equal(insideConsole(next, origin), undefined, String(next))
  }
  for (const next of ['/console/..//evil.example', '/console/%2e%2e//evil.example']) {
    assert.equal(insideConsole(next, origin), undefined, next)
  }
})

test('who may not see a page finds no way to it, and is told why when they type its address', async () => {
  const { visit } = await openConsole()
  for (const [as, theme] of [
    ['viewer', 'light'],
    ['user', 'dark'],
  ] as const) {
    const page = await visit('/console', { as, theme, width: 360 })

    await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Open the navigation' }).click()
    const ways = page.getByRole('navigation', { name: 'Console' }).getByRole('link')
    assert.deepEqual(await ways.allTextContents(), ['Your account'])
    for (const name of ['users', 'invitations', 'organizations', 'activity', 'mail', 'tokens', 'settings']) {
      await page.goto(`/console/${name}`)
      await page.getByRole('heading', { name: 'This is not for your account' }).waitFor()
    }
    assert.deepEqual(await violationsOf(page), [])
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await portray(page, `forbidden-${theme}`)
    await page.context().close()
  }
})

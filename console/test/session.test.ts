import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse } from '../../server/src/cli/testing/house.ts'
import { openConsole, portray, violationsOf } from './console.ts'
import { isSound, newSomebody, type Somebody, withApp, withPasskey } from './people.ts'

const typed = 'Another-Harbour-42!'

/** Types into a form that is sent later. */
async function type(page: Page, { password }: Somebody): Promise<void> {
  await page.getByRole('textbox', { name: 'Current password' }).fill(password)
  await page.getByRole('textbox', { name: 'New password' }).fill(typed)
}

async function isStillTyped(page: Page, { password }: Somebody): Promise<void> {
  assert.equal(await page.locator('[autocomplete=current-password]').first().inputValue(), password)
  assert.equal(await page.locator('[autocomplete=new-password]').inputValue(), typed)
}

const send = (page: Page) => page.getByRole('button', { name: 'Change the password' }).click()

async function revokeSessionsOf(somebody: Somebody): Promise<void> {
  const { client } = await openConsole()
  const admin = await client('admin')
  const { data } = await admin.users.list({ search: somebody.email })
  const [user] = data
  assert.ok(user)
  await admin.users.sessions.revokeAll(user.id)
}

test('a session that is ended elsewhere is begun again over the page, with the second factor, and nothing typed is lost', async () => {
  const { visit, client } = await openConsole()
  const somebody = await newSomebody()
  const page = await visit('/console/account/security', { as: somebody })
  await type(page, somebody)
  const { code } = await withApp(somebody)

  await revokeSessionsOf(somebody)
  await send(page)
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.waitFor()
  await isSound(page)
  await portray(page, 'session-ended')
  assert.equal(await dialog.getByRole('textbox', { name: 'E-mail address' }).inputValue(), somebody.email)
  await dialog.getByRole('textbox', { name: 'Password' }).fill(somebody.password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Code of the app' }).pressSequentially(await code(0))
  await dialog.waitFor({ state: 'hidden' })

  await isStillTyped(page, somebody)
  await send(page)
  await page.getByText('Your password is changed').waitFor()
  await assert.rejects(client(somebody), 'the old password is good no more')
})

test('signing out in one tab shows in the others, and somebody else who signs in there finds nothing of who was here', async () => {
  const { visit } = await openConsole()
  const somebody = await newSomebody()
  const page = await visit('/console/account/security', { as: somebody })
  await type(page, somebody)
  const other = await page.context().newPage()
  await other.goto('/console')

  await other.getByRole('button', { name: 'Account of Dora Winter' }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
  await isStillTyped(page, somebody)
  await other.getByRole('textbox', { name: 'E-mail address' }).fill('viewer@sudigital.com')
  await other.getByRole('textbox', { name: 'Password' }).fill('viewer123')
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()

  await page.getByRole('button', { name: 'Account of Viewer User' }).waitFor()
  await page.getByRole('textbox', { name: 'New password' }).waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'New password' }).inputValue(), '')
})

test('a tab of somebody is begun anew when another signs in by passkey beside it, unasked, and nothing of the former is shown or kept', async () => {
  const { visit } = await openConsole()
  const [former, next] = [await newSomebody(), await newSomebody()]
  const page = await visit('/console/sign-in?next=%2Fconsole%2Faccount%2Fprofile')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(former.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(former.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('textbox', { name: 'Location' }).fill('Longyearbyen')
  const other = await page.context().newPage()
  await other.goto('/console')
  await other.getByRole('button', { name: 'Account of Dora Winter' }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()

  await withPasskey(next, other)
  page.on('dialog', (asked) => void asked.dismiss())
  await other.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await other.getByRole('button', { name: 'Account of Dora Winter' }).waitFor()

  await page.getByText(next.email).first().waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'Location' }).inputValue(), '')
  const left = await page.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage]),
  )
  for (const trace of [former.email, 'Longyearbyen']) assert.equal(left.includes(trace), false, trace)
})

test('whoever signs in where somebody else signed out finds nothing of what that one asked', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/account/profile', { as: await newSomebody() })
  const asked = async () => {
    await page.getByRole('button', { name: 'As a request' }).click()
    const dialog = page.getByRole('dialog', { name: 'As a request' })
    await dialog.getByText('What this page has asked of the API').waitFor()
    const requests = await dialog.innerText()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'hidden' })
    return requests
  }
  await page.getByRole('textbox', { name: 'Location' }).fill('Tromsø')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  assert.match(await asked(), /PUT/)

  await page.getByRole('button', { name: 'Account of Dora Winter' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('viewer@sudigital.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('viewer123')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/console/account/profile')

  assert.doesNotMatch(await asked(), /PUT/)
})

test('whoever signs out with something unsaved is asked while their session still stands', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/account/profile', { as: await newSomebody() })
  const location = page.getByRole('textbox', { name: 'Location' })
  const signOut = async () => {
    await page.getByRole('button', { name: 'Account of Dora Winter' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    return page.getByRole('dialog', { name: 'Leave without saving?' })
  }
  await location.fill('Tromsø')

  await (await signOut()).getByRole('button', { name: 'Stay here' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()

  await location.fill('Vardø')
  await (await signOut()).getByRole('button', { name: 'Leave without saving' }).click()
  await page.getByRole('textbox', { name: 'E-mail address' }).waitFor()
})

test('without a network nothing typed is lost, pages say that they cannot be fetched, and all goes on when it is back', async () => {
  const { visit, client } = await openConsole()
  const somebody = await newSomebody()
  const page = await visit('/console/account/security', { as: somebody })
  await type(page, somebody)

  await page.context().setOffline(true)
  await page.getByText('You are offline').waitFor()
  await send(page)
  await page.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'offline')
  await page.getByRole('button', { name: 'As a request' }).click()
  const drawer = page.getByRole('dialog', { name: 'As a request' })
  await drawer.getByRole('heading', { name: 'A part of the console is missing' }).waitFor()
  await drawer.getByRole('button', { name: 'Load the page anew' }).click()
  await drawer.getByRole('button', { name: 'Close' }).click()
  await drawer.waitFor({ state: 'hidden' })
  await isStillTyped(page, somebody)
  await page.context().setOffline(false)
  await page.getByText('You are offline').waitFor({ state: 'hidden' })
  await page.getByText('The server cannot be reached').waitFor({ state: 'hidden' })
  await send(page)
  await page.getByText('Your password is changed').waitFor()
  assert.ok(await client({ ...somebody, password: typed }))

  const admin = await visit('/console/settings', { as: 'admin' })
  await admin.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  await admin.context().setOffline(true)
  await admin.getByRole('link', { name: 'Organizations' }).click()
  await admin.getByRole('heading', { name: 'A part of the console is missing' }).waitFor()
  assert.deepEqual(await violationsOf(admin), [])
  await admin.context().setOffline(false)
  await admin.getByRole('heading', { name: 'Organizations', level: 1 }).waitFor()
})

test('whoever comes while the server is away is told so, and goes on when it is back; whose session is over goes to the door', async () => {
  const { visit } = await openConsole()
  const somebody = await newSomebody()
  const page = await visit('/console/account', { as: somebody })
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()

  await page.context().route('**/api/**', (route) => route.abort('connectionrefused'))
  await page.reload()
  await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'server-away')
  await page.context().unroute('**/api/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()

  await revokeSessionsOf(somebody)
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assert.match(new URL(page.url()).searchParams.get('next') ?? '', /^\/console\/account/)
})

test('whoever asks too much is told for how long to wait, and what they typed stays', async () => {
  const { browser } = await openConsole()
  await using house = await openHouse({ RATE_LIMIT_USERS_UPDATE: '1', LOG_LEVEL: 'error' })
  const server = await house.serve()
  const page = await browser.newPage({ baseURL: server.url })
  const somebody = { email: 'user@sudigital.com', password: 'user123' }
  await page.goto('/console/sign-in?next=%2Fconsole%2Faccount%2Fsecurity')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(somebody.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(somebody.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('textbox', { name: 'New password' }).fill('weak')
  await page.getByRole('textbox', { name: 'Current password' }).fill(somebody.password)
  await send(page)
  await page.getByText('Password must be at least 8 characters').waitFor()

  await type(page, somebody)
  await page.getByText('Password must be at least 8 characters').waitFor({ state: 'detached' })
  assert.equal(await page.getByText('Validation failed').count(), 0)
  await send(page)
  await page.getByText('Too many requests').waitFor()
  await page
    .getByRole('timer')
    .filter({ hasText: /\d s left/ })
    .waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'too-many-requests')
  await isStillTyped(page, somebody)
})

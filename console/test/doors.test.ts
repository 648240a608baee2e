import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole, portray, testUsers, violationsOf } from './console.ts'

test('somebody signs in, sees who they are, and signs out', async () => {
  const { visit } = await openConsole()
  const page = await visit('/')

  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'sign-in')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(testUsers.admin.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(testUsers.admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()

  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await portray(page, 'overview')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assert.equal(await page.evaluate(() => localStorage.getItem('roster.tokens')), null)
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

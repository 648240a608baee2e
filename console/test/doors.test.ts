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

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole, portray, violationsOf } from './console.ts'

const themes = ['light', 'dark'] as const

/** Somebody of the test's own. */
async function newMember(role: 'admin' | 'user' | 'viewer' = 'user') {
  const { client } = await openConsole()
  const admin = await client('admin')
  const credentials = { email: `mona-${crypto.randomUUID()}@example.com`, password: 'Quiet-Harbour-41!' }
  await admin.users.create({ ...credentials, firstName: 'Mona', lastName: 'Lindqvist', role, status: 'active' })
  return credentials
}

test('a new password is measured, asked of the server, and good from then on', async () => {
  const { visit, client } = await openConsole()
  const member = await newMember()
  const page = await visit('/console/account/security', { as: member })

  const field = page.getByRole('textbox', { name: 'New password' })
  await field.fill('Mona12!')
  const strength = page.getByRole('meter', { name: 'Strength' })
  await strength.and(page.locator('[aria-valuetext="Weak"], [aria-valuetext="Very weak"]')).waitFor()
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    assert.deepEqual(await violationsOf(page), [])
  }
  await portray(page, 'account-security-password')
  await page.getByRole('textbox', { name: 'Current password' }).fill('wrong')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Password must be at least 8 characters').waitFor()
  await page.getByRole('button', { name: 'Suggest a strong one' }).click()
  await strength.and(page.locator('[aria-valuetext="Strong"]')).waitFor()
  const password = await field.inputValue()
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Current password is incorrect').waitFor()
  assert.equal(await field.inputValue(), password)
  await page.getByRole('textbox', { name: 'Current password' }).fill(member.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Your password is changed').waitFor()

  assert.equal((await (await client({ ...member, password })).me.get()).email, member.email)
  await assert.rejects(client(member))
})

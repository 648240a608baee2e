import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole, portray, violationsOf } from './console.ts'

test('an admin invites somebody, sends it again, and takes it back', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const page = await visit('/console/invitations/new', { as: 'admin' })

  await page.getByRole('textbox', { name: 'E-mail address' }).fill('admin@sudigital.com')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await page
    .getByText(/already/)
    .first()
    .waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'new-invitation')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('mary@invited.example')
  await page.getByRole('textbox', { name: 'First name' }).fill('Mary')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByText('mary@invited.example was invited.').waitFor()

  await page.getByRole('searchbox', { name: 'Find an address' }).fill('mary@invited.example')
  const row = page.getByRole('row', { name: /mary@invited.example/ })
  await row.getByText('pending').waitFor()
  await page.waitForURL(/email=mary/)
  assert.deepEqual(await violationsOf(page), [])
  await row.getByRole('button', { name: /^Send again/ }).click()
  await page.getByText('Too many requests').waitFor()
  await row.getByRole('button', { name: /^Revoke/ }).click()
  await page.getByRole('dialog', { name: 'Revoke this invitation' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'revoke-invitation')
  await page.getByRole('button', { name: 'Revoke the invitation', exact: true }).click()
  await page.getByText('The invitation of mary@invited.example was revoked.').waitFor()

  assert.equal((await admin.users.list({ search: 'mary@invited.example' })).meta.total, 0)
})

test('many are invited at once from a pasted list, after the server was asked what would come of it', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const page = await visit('/console/invitations/new?by=list', { as: 'admin', theme: 'dark' })
  const many = Array.from({ length: 30 }, (_, place) => `many${place}@invited.example`)

  await page.getByRole('textbox', { name: 'People, one a line' }).fill(['user@sudigital.com', ...many].join(', '))
  await page.getByRole('button', { name: 'Check the list' }).click()
  await page.getByRole('row', { name: /Somebody has this address already/ }).waitFor()
  assert.equal((await admin.invitations.list({ email: 'many7@invited.example' })).meta.total, 0)
  assert.deepEqual(await violationsOf(page), [])
  await page.getByRole('button', { name: 'Invite 30 people' }).click()
  await page.getByRole('heading', { name: 'Who was not invited (1)' }).waitFor()
  await page.getByRole('row', { name: /user@sudigital\.com.*Somebody has this address already/ }).waitFor()
  assert.deepEqual(await violationsOf(page), [])

  assert.equal((await admin.invitations.list({ email: 'many7@invited.example' })).data[0]?.state, 'pending')
  await page.getByRole('link', { name: 'Invitations' }).click()
  await page.getByRole('row', { name: /many29@invited.example/ }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'invitations')
  await page.getByText('Revoked', { exact: true }).click()
  await page.getByRole('row', { name: /many29/ }).waitFor({ state: 'detached' })
})

test("an organization's admin invites into theirs only; others are told that it is not for them", async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const acme = await admin.organizations.create({ name: 'Invited & Sons' })
  const boss = { email: 'boss@invited.example', password: 'Sons-and-Daughters-7' }
  const { id } = await admin.users.create({ ...boss, firstName: 'Bo', lastName: 'Ss', status: 'active' })
  await admin.organizations.members.set(acme.id, id, { role: 'admin' })

  const page = await visit('/console/invitations/new', { as: boss, width: 360 })
  await page.getByRole('combobox', { name: 'Organization', exact: true }).waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'Organization', exact: true }).inputValue(), 'Invited & Sons')
  await page.getByRole('combobox', { name: 'Role in the directory' }).click()
  assert.deepEqual(await page.getByRole('option', { name: /^(Admin|User|Viewer):/ }).allTextContents(), [
    'User: looks after their own account',
    'Viewer: sees their own account',
  ])
  await page.keyboard.press('Escape')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('new@invited.example')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByRole('row', { name: /new@invited.example.*Invited & Sons/ }).waitFor()
  assert.equal(await page.getByRole('row', { name: /many/ }).count(), 0)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  const { data } = await admin.invitations.list({ organizationId: acme.id })
  assert.deepEqual(
    data.map(({ email, organizationRole }) => [email, organizationRole]),
    [['new@invited.example', 'member']],
  )

  const other = await visit('/console/invitations', { as: 'user' })
  await other.getByRole('heading', { name: 'This is not for your account' }).waitFor()
})

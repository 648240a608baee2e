import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole, portray, violationsOf } from './console.ts'

test('an admin makes an organization, finds it, adds somebody by typing, and takes them out', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  await admin.users.batch({
    atomic: false,
    operations: [{ op: 'create', body: { email: 'rosa@orgs.example', firstName: 'Rosa', lastName: 'Zzyzx' } }],
  })
  await admin.organizations.create({ name: 'Taken', slug: 'taken-slug' })
  const page = await visit('/console/organizations', { as: 'admin' })

  await page.getByRole('button', { name: 'New organization' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ärzte & Söhne')
  await page.getByRole('textbox', { name: 'Slug' }).fill('taken-slug')
  await page.getByRole('button', { name: 'Make the organization' }).click()
  await page
    .getByText(/slug.*(taken|exists|use)|already/i)
    .first()
    .waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.getByRole('textbox', { name: 'Slug' }).fill('')
  await page.getByRole('button', { name: 'Make the organization' }).click()
  await page.getByRole('heading', { name: 'Ärzte & Söhne' }).waitFor()
  const id = page.url().split('/').at(-1) ?? ''

  await page.getByRole('button', { name: 'Add a member' }).click()
  await page.getByRole('textbox', { name: 'Who' }).fill('rosa zzy')
  await page.getByRole('option', { name: /rosa@orgs.example/ }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('row', { name: /rosa@orgs.example/ }).waitFor()
  await page.getByRole('combobox', { name: 'Role of Rosa Zzyzx here' }).selectOption('admin')
  await page.getByText('Rosa Zzyzx is an admin of it by now.').waitFor()
  assert.deepEqual(
    (await admin.organizations.members.list(id)).data.map(({ role }) => role),
    ['admin'],
  )
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'organization')

  await page.getByRole('link', { name: 'All organizations' }).click()
  await page.getByRole('searchbox', { name: 'Find an organization' }).fill('ARZTE')
  await page.getByRole('link', { name: 'Taken' }).waitFor({ state: 'detached' })
  assert.match(page.url(), /find=ARZTE/)
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'organizations')
  await page.getByRole('link', { name: 'Ärzte & Söhne' }).click()
  await page.getByRole('button', { name: 'Remove Rosa Zzyzx' }).click()
  await page.getByRole('button', { name: 'Remove the member' }).click()
  await page.getByRole('heading', { name: 'Nobody belongs to it yet' }).waitFor()
  assert.equal((await admin.organizations.members.list(id)).meta.total, 0)
})

test('whoever is overtaken sees what somebody else saved, and loses nothing', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const { id } = await admin.organizations.create({ name: 'Overtaken' })
  const page = await visit(`/console/organizations/${id}?part=settings`, { as: 'admin', theme: 'dark' })

  await page.getByRole('textbox', { name: 'Name' }).fill('Mine')
  await admin.organizations.update(id, { name: 'Theirs' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The name was “Overtaken” and is “Theirs” by now.').waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Mine')
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'organization-conflict')
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor()
  assert.equal((await admin.organizations.get(id)).name, 'Mine')

  await page.getByRole('button', { name: 'Delete the organization' }).click()
  const forGood = page.getByRole('button', { name: 'Delete it for good' })
  assert.ok(await forGood.isDisabled())
  await page.getByRole('textbox', { name: 'Type “Mine” to go on' }).fill('Mine')
  assert.deepEqual(await violationsOf(page), [])
  await forGood.click()
  await page.getByRole('heading', { name: 'Organizations' }).waitFor()
  await assert.rejects(async () => admin.organizations.get(id), { status: 404 })
})

test("an organization's admin looks after theirs on a phone, and is shown no more than that", async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const { id } = await admin.organizations.create({ name: 'Little Shop' })
  const boss = { email: 'boss@orgs.example', password: 'Feed-Me-Seymour-86' }
  const { id: bossId } = await admin.users.create({ ...boss, firstName: 'Aud', lastName: 'Rey', status: 'active' })
  await admin.organizations.members.set(id, bossId, { role: 'admin' })
  await admin.invitations.create({ email: 'orin@orgs.example', organizationId: id })

  const page = await visit('/console/organizations', { as: boss, width: 360 })
  await page.getByRole('link', { name: 'Little Shop' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Taken' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: 'New organization' }).count(), 0)
  await page.getByRole('link', { name: 'Little Shop' }).click()
  await page.getByRole('row', { name: /boss@orgs.example/ }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Add a member' }).count(), 0)
  await page.getByText('People join by invitation.').waitFor()
  await page.getByRole('tab', { name: 'Invitations' }).click()
  await page.getByRole('row', { name: /orin@orgs.example/ }).waitFor()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByText('Only admins of the directory change it.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Delete the organization' }).count(), 0)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  assert.deepEqual(await violationsOf(page), [])
})

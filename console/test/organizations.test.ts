import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole, portray, violationsOf } from './console.ts'
import { holdSaving } from './held.ts'
import { inBothThemes } from './members.ts'

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
  await page.getByRole('combobox', { name: 'Who' }).fill('rosa zzy')
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

test('what somebody else saved first of an organization stands beside what was typed, and nothing of either is lost', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const { id } = await admin.organizations.create({ name: 'Overtaken' })
  const page = await visit(`/console/organizations/${id}?part=settings`, { as: 'admin', theme: 'dark' })
  const name = page.getByRole('textbox', { name: 'Name' })

  await name.fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/^Name (is|must|cannot)/).waitFor()
  await name.fill('Mine')
  await admin.organizations.update(id, { name: 'Theirs', slug: `theirs-${id}` })
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
  const choice = dialog.getByRole('radiogroup', { name: 'Name' })
  await dialog.getByText('Only they changed Slug').waitFor()
  await dialog.getByText('Before: Overtaken').waitFor()
  await choice.getByRole('radio', { name: /Theirs/ }).waitFor()
  await inBothThemes(page, async () => {
    assert.deepEqual(await violationsOf(page), [])
    await portray(
      page,
      `organization-conflict-${await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)}`,
    )
  })
  await choice.getByRole('radio', { name: /Yours/ }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor()
  const { name: stored, slug } = await admin.organizations.get(id)
  assert.deepEqual([stored, slug], ['Mine', `theirs-${id}`])
  assert.equal(await page.getByRole('textbox', { name: 'Slug' }).inputValue(), slug)

  await page.getByRole('button', { name: 'Delete the organization' }).click()
  const forGood = page.getByRole('button', { name: 'Delete it for good' })
  assert.ok(await forGood.isDisabled())
  await page.getByRole('textbox', { name: 'Type “Mine” to go on' }).fill('Mine')
  assert.deepEqual(await violationsOf(page), [])
  await forGood.click()
  await page.getByRole('heading', { name: 'Organizations' }).waitFor()
  await assert.rejects(async () => admin.organizations.get(id), { status: 404 })
})

test('what is typed of an organization while it is saved stays, wherever one goes meanwhile, and the next save has it', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const { id } = await admin.organizations.create({ name: 'Harbour' })
  const page = await visit(`/console/organizations/${id}?part=settings`, { as: 'admin' })
  const name = page.getByRole('textbox', { name: 'Name' })
  const slug = page.getByRole('textbox', { name: 'Slug' })
  const save = page.getByRole('button', { name: 'Save' })

  await name.press('Home')
  await name.pressSequentially('Old ')
  assert.equal(await name.inputValue(), 'Old Harbour')
  await name.fill('Old Harbour ')
  const saving = await holdSaving(page, () => save.click())
  await name.press('End')
  await name.pressSequentially('and Docks')
  await page.getByRole('tab', { name: 'Members' }).click()
  await page.getByRole('heading', { name: 'Nobody belongs to it yet' }).waitFor()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await slug.fill(`docks-${id}`)
  await saving.end()
  await page.getByRole('heading', { name: 'Old Harbour', level: 1, exact: true }).waitFor()
  assert.deepEqual([await name.inputValue(), await slug.inputValue()], ['Old Harbour and Docks', `docks-${id}`])
  await page.getByRole('link', { name: 'All organizations' }).click()
  await page.getByRole('heading', { name: 'Organizations' }).waitFor()
  await page.goBack()
  await save.click()
  await page.getByText('Everything is saved.').waitFor()

  const stored = await admin.organizations.get(id)
  assert.deepEqual([stored.name, stored.slug], ['Old Harbour and Docks', `docks-${id}`])
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

test('whoever asks for a page behind the last of a list is led to the last, and back from there to where they were', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const { id } = await admin.organizations.create({ name: 'Short List' })
  await admin.invitations.create({ email: 'last@lists.example', organizationId: id })
  const boss = { email: 'short@lists.example', password: 'Feed-Me-Seymour-86' }
  const { id: bossId } = await admin.users.create({ ...boss, firstName: 'Sho', lastName: 'Rt', status: 'active' })
  await admin.organizations.members.set(id, bossId, { role: 'member' })
  const page = await visit('/console', { as: 'admin' })

  for (const [address, item] of [
    [`/console/organizations/${id}?page=99`, /short@lists.example/],
    [`/console/organizations/${id}?part=invitations&page=99`, /last@lists.example/],
    ['/console/organizations?find=Short+List&page=99', /Short List/],
    [`/console/invitations?organization=${id}&page=99`, /last@lists.example/],
    ['/console/mail?page=9999', /example/],
  ] as const) {
    await page.goto('/console/settings')
    await page.goto(address)
    await page.getByRole('row', { name: item }).first().waitFor()
    assert.doesNotMatch(page.url(), /page=99/)
    await page.goBack()
    await page.waitForURL('**/console/settings')
  }
})

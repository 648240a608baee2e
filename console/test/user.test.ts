import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, describe, test } from 'node:test'
import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { SUDIGITALClient } from '../../clients/typescript/src/index.ts'
import { type OpenConsole, openConsole, portray, violationsOf } from './console.ts'
import { holdSaving } from './held.ts'

describe('the page of a user', () => {
  let house: OpenConsole
  let admin: SUDIGITALClient
  let count = 0

  before(async () => {
    house = await openConsole()
    admin = await house.client('admin')
  })

  /** Somebody who is active and whose password is `password`. */
  async function newPerson(about: { status?: 'active' | 'pending'; role?: 'user' | 'viewer' } = {}) {
    count += 1
    const email = `person-${count}-${process.pid}@example.com`
    return admin.users.create({ email, password, firstName: 'Grace', lastName: 'Hopper', status: 'active', ...about })
  }

  function visit(id: string, part = '', options: Parameters<OpenConsole['visit']>[1] = {}) {
    return house.visit(`/console/users/${id}${part}`, { as: 'admin', ...options })
  }

  test('what somebody else saved first stands beside what was typed, and nothing of either is lost', async () => {
    const { id } = await newPerson()
    await admin.users.update(id, { profile: { location: 'Arlington', bio: 'Wrote compilers' } })
    const page = await visit(id)
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    await field('First name').fill('Amazing')
    await field('Location').fill('New York')
    await field('GitHub').fill('cobol')
    const other = await visit(id)
    await other.getByRole('textbox', { name: 'First name', exact: true }).fill('Brewster')
    await other.getByRole('textbox', { name: 'Website' }).fill('https://example.com/grace')
    await other.getByRole('button', { name: 'Save' }).click()
    await other.getByText('Saved.', { exact: true }).waitFor()
    await admin.users.update(id, { profile: { location: 'Vassar' }, role: 'viewer' })

    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
    await dialog.getByText(/changed this while you were typing/).waitFor()
    assert.deepEqual(await violationsOf(page), [])
    await portray(page, 'user-conflict')
    const choice = (name: string) => dialog.getByRole('radiogroup', { name })
    await dialog.getByText('Only they changed Website').waitFor()
    assert.equal(await dialog.getByRole('radiogroup').count(), 2)
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled())
    await dialog.getByRole('button', { name: 'Back to the form' }).click()
    assert.equal(await field('First name').inputValue(), 'Amazing')
    await page.getByRole('button', { name: 'Save' }).click()
    await choice('First name').getByRole('radio', { name: /Yours/ }).click()
    await choice('Location')
      .getByRole('radio', { name: /Theirs/ })
      .click()
    await admin.users.update(id, { lastName: 'Murray' })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. Somebody else had changed Website, Last name meanwhile; that stays.').waitFor()

    const stored = await admin.users.get(id)
    assert.deepEqual(
      [stored.firstName, stored.lastName, stored.role, stored.profile],
      [
        'Amazing',
        'Murray',
        'viewer',
        { bio: 'Wrote compilers', location: 'Vassar', website: 'https://example.com/grace', github: 'cobol' },
      ],
    )
    assert.equal(await field('Website').inputValue(), 'https://example.com/grace')
  })

  test('what is typed while a save is under way stays and is saved by the next, as what others changed meanwhile does', async () => {
    const { id } = await newPerson()
    await admin.users.update(id, { profile: { location: 'Arlington' } })
    const page = await visit(id)
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    const save = page.getByRole('button', { name: 'Save' })
    await field('About').fill('Wrote ')
    const saving = await holdSaving(page, () => save.click())
    await field('About').pressSequentially('compilers')
    await field('First name').fill('Amazing')
    await field('Location').fill('New York')
    await page.getByRole('button', { name: 'Discard' }).click()
    assert.deepEqual([await field('About').inputValue(), await field('First name').inputValue()], ['Wrote ', 'Grace'])
    await field('About').fill('Wrote compilers')
    await field('Location').fill('Newport')
    await admin.users.update(id, { lastName: 'Murray', profile: { location: 'Vassar' } })
    await saving.end()
    await page.getByText(/^Saved\. Somebody else had changed Last name, Location meanwhile/).waitFor()
    assert.deepEqual(
      [await field('About').inputValue(), await field('Location').inputValue()],
      ['Wrote compilers', 'Newport'],
    )
    assert.equal((await admin.users.get(id)).profile?.bio, 'Wrote')

    await field('Location').press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
    const choice = dialog.getByRole('radiogroup')
    await dialog.getByText('Only they changed Last name').waitFor()
    await dialog.getByText('Before: Arlington').waitFor()
    assert.match(await choice.innerText(), /^Theirs\s+Vassar\s+Yours\s+Newport$/)
    await choice.getByRole('radio', { name: /Theirs/ }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved.').waitFor()
    const { firstName, lastName, profile } = await admin.users.get(id)
    assert.deepEqual(
      [firstName, lastName, profile],
      ['Grace', 'Murray', { bio: 'Wrote compilers', location: 'Vassar' }],
    )
    assert.deepEqual(
      [await field('Last name').inputValue(), await field('Location').inputValue()],
      ['Murray', 'Vassar'],
    )
  })

  test('a save that fails leaves everything as it was typed, also what was typed meanwhile', async () => {
    const { id } = await newPerson()
    const page = await visit(id, '/attributes')
    const value = page.getByRole('textbox', { name: 'Value of plan' })
    await page.getByRole('button', { name: 'Add an attribute' }).click()
    await page.getByRole('textbox', { name: 'Name of attribute 1' }).fill('plan')
    await value.fill('gold')
    const saving = await holdSaving(page, () => page.getByRole('button', { name: 'Save' }).click())
    await value.press('End')
    await value.pressSequentially('en')
    await saving.end('lost')
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
    assert.equal(await value.inputValue(), 'golden')
    await page.unroute('**/api/**')
    const second = await holdSaving(page, () => page.getByRole('button', { name: 'Save' }).click())
    await value.pressSequentially(' age')
    await page.getByRole('button', { name: 'Add an attribute' }).click()
    await second.end()
    await page.getByText('Saved.', { exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Name of attribute 2' }).fill('seats')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved.').waitFor()

    const { attributes } = await admin.users.get(id, { fields: ['attributes'] })
    assert.deepEqual(attributes, { plan: 'golden age', seats: '' })
  })

  test('what only one of the two changed is brought together without a question', async () => {
    const { id } = await newPerson()
    const page = await visit(id)
    await page.getByRole('textbox', { name: 'About' }).fill('Found the first bug')
    await admin.users.update(id, { firstName: 'Anna' })

    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/^Saved\. Somebody else had changed First name/).waitFor()
    const { firstName, profile } = await admin.users.get(id)
    assert.deepEqual([firstName, profile], ['Anna', { bio: 'Found the first bug' }])
  })

  test('what is wrong stands beside its field, what was typed stays, and whoever leaves is asked first', async () => {
    const { id } = await newPerson()
    const page = await visit(id)
    await page.getByRole('textbox', { name: 'Website' }).fill('nowhere')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/must be an http or https URL/).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('textbox', { name: 'Website' }).fill('https://example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
    await page.context().setOffline(false)

    await page.getByRole('link', { name: 'Attributes' }).click()
    const asked = page.getByRole('dialog', { name: 'Leave without saving?' })
    await asked.waitFor()
    assert.deepEqual(await violationsOf(page), [])
    await asked.getByRole('button', { name: 'Stay here' }).click()
    assert.equal(await page.getByRole('textbox', { name: 'Website' }).inputValue(), 'https://example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Attributes' }).click()
    await page.getByRole('heading', { name: 'Attributes' }).waitFor()
  })

  test('attributes are kept by rows and as JSON, with what cannot be kept in words, and conflicts key by key', async () => {
    const { id } = await newPerson()
    await admin.users.update(id, { attributes: { plan: 'basic', seats: 3, address: { city: 'London', zip: 'N1' } } })
    const page = await visit(id, '/attributes')
    await page.getByRole('button', { name: 'Add an attribute' }).click()
    await page.getByText('Give it a name.').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByText('Everything is saved.').waitFor()
    await page.getByRole('textbox', { name: 'Value of seats' }).fill('many')
    await page.getByText('Type a number, such as 12 or 3.5.').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled())
    const seats = page.getByRole('textbox', { name: 'Value of seats' })
    await seats.fill('9007199254740993')
    await page.getByText('A number cannot hold 9007199254740993 exactly. Keep it as text.').waitFor()
    assert.equal(await page.getByText('bytes used').count(), 0)
    await seats.fill('5')
    await page.getByText('65 bytes used').waitFor()
    await page.getByRole('textbox', { name: 'Value of plan' }).fill('gold')
    await page.getByRole('button', { name: 'Add an attribute' }).click()
    await page.getByRole('textbox', { name: 'Name of attribute 4' }).fill('vip')
    await page.getByRole('combobox', { name: 'Kind of vip' }).selectOption('yes or no')
    await page.getByRole('combobox', { name: 'Value of vip' }).selectOption('yes')
    await portray(page, 'user-attributes')
    assert.deepEqual(await violationsOf(page), [])
    await admin.users.update(id, { attributes: { plan: 'silver', region: 'eu' } })

    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
    await dialog.getByRole('radiogroup', { name: 'plan' }).getByRole('radio', { name: /Yours/ }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/^Saved\. Somebody else had changed region/).waitFor()
    await page.getByRole('radiogroup', { name: 'How they are shown' }).getByText('JSON').click()
    await page.waitForURL(/view=json/)
    const text = page.getByRole('textbox', { name: 'As JSON' })
    await text.fill('{"a": ')
    await page.getByText('This is not JSON that can be read.').waitFor()
    await text.fill('{"address": {"city": "Paris"}, "note": null}')
    await page.getByText(/null cannot be kept/).waitFor()
    await text.fill('{"code": "12345678901234567890", "id": [{"is": 12345678901234567890}]}')
    await page.getByText('A number cannot hold 12345678901234567890 exactly. Keep it as text.').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled())
    assert.deepEqual(await violationsOf(page), [])
    await text.fill('{"address": {"city": "Paris"}, "seats": 5}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Everything is saved.').waitFor()

    const { attributes } = await admin.users.get(id, { fields: ['attributes'] })
    assert.deepEqual(attributes, { address: { city: 'Paris' }, seats: 5 })
  })

  test('an administrator changes role, status and password, unlocks, verifies, invites and acts in their stead', async () => {
    const { id, email } = await newPerson()
    const theirs = await house.client({ email: email ?? '', password })
    const page = await visit(id)
    await page.getByRole('button', { name: 'Actions' }).click()
    const grave = page.getByRole('menuitem', { name: 'Erase for good' })
    assert.equal(await grave.evaluate((item) => getComputedStyle(item).color), 'rgb(201, 42, 42)')
    await page.getByRole('menuitem', { name: 'Change the role' }).click()
    const roles = page.getByRole('dialog', { name: 'Change the role' })
    await roles.getByRole('radio', { name: /Viewer/ }).click()
    assert.deepEqual(await violationsOf(page), [])
    await portray(page, 'user-role')
    await roles.getByRole('button', { name: 'Change the role' }).click()
    await page.getByText('Grace Hopper is a viewer from now on.').waitFor()
    await act(page, 'Act in their stead')
    const acting = page.getByRole('dialog', { name: 'Act in their stead' })
    await acting.getByRole('button', { name: 'Make a token' }).click()
    const token = await acting.getByRole('textbox', { name: 'Token' }).inputValue()
    assert.equal((await new SUDIGITALClient({ baseURL: house.url, token }).me.get()).id, id)
    await page.keyboard.press('Escape')
    await page.mouse.click(5, 5)
    assert.equal(await acting.getByRole('textbox', { name: 'Token' }).inputValue(), token)
    await acting.getByRole('button', { name: 'Done' }).click()
    await act(page, 'Send a verification')
    await page.getByText(`A link is on its way to ${email}.`).waitFor()
    await act(page, 'Unlock')
    await page.getByText('The account was not locked.').waitFor()
    await act(page, 'Set a password')
    const setting = page.getByRole('dialog', { name: 'Set a password' })
    await setting.getByLabel('New password').first().fill('password')
    await setting.getByRole('button', { name: 'Set the password' }).click()
    await setting.getByText(/must contain an uppercase letter/).waitFor()
    await setting.getByLabel('New password').first().fill('Brass-Otter-17-Lantern')
    await setting.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('Grace Hopper has another password, and is signed out everywhere.').waitFor()
    await assert.rejects(theirs.me.get(undefined, { maxRetries: 0 }))
    await act(page, 'Deactivate')
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('Grace Hopper cannot sign in any more.').waitFor()
    const { role, status } = await admin.users.get(id)
    assert.deepEqual([role, status], ['viewer', 'inactive'])

    const pending = await newPerson({ status: 'pending' })
    await page.goto(`/console/users/${pending.id}`)
    await act(page, 'Invite again')
    await page.getByText(`An invitation is on its way to ${pending.email}.`).waitFor()
    const { data } = await admin.invitations.list({ email: pending.email ?? '' })
    assert.equal(data[0]?.userId, pending.id)
    await act(page, 'Invite again')
    await page.getByRole('alert').getByText('Too many requests').waitFor()
  })

  test('sessions end one by one and all at once', async () => {
    const { id, email } = await newPerson()
    const credentials = { email: email ?? '', password }
    for (let times = 0; times < 3; times += 1) await house.client(credentials)
    const page = await visit(id, '/sign-in')
    const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('row')
    await rows.nth(3).waitFor()
    await page.getByText('None is set up').waitFor()
    assert.deepEqual(await violationsOf(page), [])
    await portray(page, 'user-sign-in')
    await page
      .getByRole('button', { name: /^End the session/ })
      .first()
      .click()
    await page.getByText('The session is over.').waitFor()
    assert.equal((await admin.users.sessions.list(id)).meta.total, 2)

    await page.getByRole('button', { name: 'End all sessions' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End them' }).click()
    await page.getByText('2 sessions are over.').waitFor()
    await page.getByText('Signed in nowhere').waitFor()
    assert.equal((await admin.users.sessions.list(id)).meta.total, 0)
  })

  test('second factors that were lost are removed', async () => {
    const { id, email } = await newPerson()
    const theirs = await house.client({ email: email ?? '', password })
    const { secret } = await theirs.me.factors.enrolTotp({ currentPassword: password })
    await theirs.me.factors.confirmTotp({ code: await generate({ secret }) })
    const page = await visit(id, '/sign-in')
    await page.getByText('Recovery codes that were not used: 10').waitFor()
    await page.getByRole('button', { name: /^Remove / }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('None is set up').waitFor()
    assert.equal((await admin.users.factors.list(id)).meta.total, 0)
  })

  test('somebody is added to an organization, made its admin, and removed', async () => {
    const { id } = await newPerson()
    const organization = await admin.organizations.create({ name: `Acme ${process.pid}` })
    const page = await visit(id, '/organizations')
    await page.getByText('They belong to none').waitFor()
    await page.getByRole('button', { name: 'Add to an organization' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add to an organization' })
    await dialog.getByRole('combobox', { name: 'Organization' }).fill(organization.name)
    await page.getByRole('option', { name: organization.name }).click()
    assert.deepEqual(await violationsOf(page), [])
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    const role = page.getByRole('combobox', { name: `Role in ${organization.name}` })
    await role.selectOption('admin')
    await page.getByText(`Grace Hopper is an admin of ${organization.name}.`).waitFor()
    assert.equal((await admin.users.organizations.list(id)).data[0]?.role, 'admin')
    await role.selectOption('member')
    await page.getByText(/is a member of|last admin/i).waitFor()
    await portray(page, 'user-organizations')
    assert.deepEqual(await violationsOf(page), [])
    const second = await newPerson()
    await admin.organizations.members.set(organization.id, second.id, { role: 'admin' })

    await page.getByRole('button', { name: `Remove from ${organization.name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('They belong to none').waitFor()
    assert.equal((await admin.users.organizations.list(id)).meta.total, 0)
  })

  test('the activity of somebody is one long list that names who did what', async () => {
    const { id } = await newPerson()
    for (let at = 0; at < 60; at += 1) await admin.users.update(id, { profile: { location: `Room ${at}` } })
    await admin.users.update(id, { role: 'viewer' })
    const page = await visit(id, '/activity')
    const entries = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
    await entries.first().waitFor()
    assert.match((await entries.first().innerText()) ?? '', /Role changed: from user to viewer\s+You/)
    await portray(page, 'user-activity')
    assert.deepEqual(await violationsOf(page), [])
    await entries.last().scrollIntoViewIfNeeded()
    await entries.nth(61).waitFor()

    await page.goto(`/console/users/${id}/activity?type=created`)
    await entries.first().waitFor()
    assert.equal(await entries.count(), 1)
  })

  test('everything that is held is downloaded; who is deleted comes back, and who is erased does not', async () => {
    const { id, email } = await newPerson()
    const page = await visit(id, '/data')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download everything' }).click()
    const held = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
    assert.equal(held.user.email, email)
    await portray(page, 'user-data')
    assert.deepEqual(await violationsOf(page), [])
    await page.getByRole('main').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByText('bring them back for 30 days').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('heading', { name: 'This user was deleted' }).waitFor()
    await assert.rejects(admin.users.get(id))
    assert.deepEqual(await violationsOf(page), [])
    await portray(page, 'user-deleted')
    const isActivity = ({ pathname }: URL) => pathname.endsWith('/api/activity')
    await page.route(isActivity, (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor()
    assert.equal(await page.getByRole('heading', { name: 'There is nobody here' }).count(), 0)
    await page.unroute(isActivity)
    await page.getByRole('button', { name: 'Try again' }).click()
    const usurper = await admin.users.create({
      email: email ?? '',
      password,
      firstName: 'Other',
      lastName: 'Person',
    })
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The email address has been taken meanwhile').waitFor()
    await admin.users.delete(usurper.id)
    await page.goto(`/console/activity?user=${id}&type=deleted`)
    await page
      .getByRole('button', { name: /^User deleted/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('link', { name: 'Somebody not here any more' }).click()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor()
    assert.equal((await admin.users.get(id)).email, email)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Mail a link to choose a password' }).click()
    await page.getByText(`A link is on its way to ${email}.`).waitFor()
    await page.goto(`/console/users/${id}/data`)

    await page.getByRole('button', { name: 'Erase for good' }).click()
    const dialog = page.getByRole('dialog', { name: 'Erase for good' })
    const erase = dialog.getByRole('button', { name: 'Erase for good' })
    await dialog.getByRole('textbox').fill('somebody')
    assert.ok(await erase.isDisabled())
    await dialog.getByRole('textbox').fill(email ?? '')
    assert.deepEqual(await violationsOf(page), [])
    await portray(page, 'user-erase')
    await erase.click()
    await page.getByRole('heading', { name: 'This person was erased' }).waitFor()
    await assert.rejects(admin.users.restore(id))
    await page.goto('/console/users/01900000-0000-7000-8000-00000000dead')
    await page.getByRole('heading', { name: 'There is nobody here' }).waitFor()
    assert.deepEqual(await violationsOf(page), [])
  })

  test('a picture is seen, and taken away', async () => {
    const { id } = await newPerson()
    await admin.users.update(id, { avatar: 'https://example.com/picture.png' })
    const page = await visit(id)
    await page.getByRole('button', { name: 'Picture' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the picture' }).click()
    await page.getByText('The picture is removed.').waitFor()
    assert.equal((await admin.users.get(id)).avatar, null)
  })

  test('a viewer sees their own record and changes nothing; nobody else sees it but admins', async () => {
    const viewer = await newPerson({ role: 'viewer' })
    const other = await newPerson()
    const as = { email: viewer.email ?? '', password }
    const page = await visit(viewer.id, '', { as })
    await page.getByText(/As a viewer you can look at everything here and change none of it/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Actions' }).count(), 0)
    assert.equal(await page.locator('input:not([readonly])').count(), 0)
    assert.deepEqual(await violationsOf(page), [])
    for (const part of ['Attributes', 'Sign-in', 'Organizations', 'Activity', 'Data']) {
      await page.getByRole('link', { name: part, exact: true }).click()
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
    }
    assert.deepEqual(await violationsOf(page), [])
    assert.equal(await page.getByRole('button', { name: /Delete|Erase/ }).count(), 0)

    await page.goto(`/console/users/${other.id}`)
    await page.getByRole('heading', { name: 'This is not for your account' }).waitFor()
    assert.deepEqual(await violationsOf(page), [])
    const organization = await admin.organizations.create({ name: `Border ${process.pid}` })
    for (const { id } of [viewer, other]) await admin.organizations.members.set(organization.id, id, { role: 'admin' })
    await page.reload()
    await page.getByRole('link', { name: `Members of ${organization.name}` }).waitFor()
    assert.equal(await page.getByText(other.email ?? '').count(), 0)
  })

  test('every part fits a small screen, and stands out in the dark', async () => {
    const { id } = await newPerson()
    await admin.users.update(id, { attributes: { plan: 'gold', address: { city: 'London' } } })
    const page = await visit(id, '', { width: 360, height: 780, theme: 'dark' })
    for (const part of [
      '',
      '/attributes',
      '/sign-in',
      '/organizations',
      '/activity',
      '/data',
      '?do=erase',
      '?do=password',
    ]) {
      await page.goto(`/console/users/${id}${part}`)
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
      assert.deepEqual(await violationsOf(page), [], part)
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), part)
    }
  })
})

const password = 'Correct-Horse-9-Battery'

async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name }).click()
}

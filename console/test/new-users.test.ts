import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openConsole, portray, violationsOf } from './console.ts'

const path = '/console/users/new'

test('an admin adds one person; what is wrong is told beside its field, and what was typed is there after a walk elsewhere', async () => {
  const { visit, client } = await openConsole()
  const page = await visit(path, { as: 'admin' })

  await page.getByRole('textbox', { name: 'First name' }).fill('Ada')
  await page.getByRole('textbox', { name: 'Last name' }).fill('Lovelace')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('ada at example')
  await page.getByRole('textbox', { name: 'Username' }).fill('countess')
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('weak')
  await page.getByRole('button', { name: 'Add this person' }).click()
  await page.getByText('Invalid email format').waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'E-mail address' }).getAttribute('aria-invalid'), 'true')
  await page.getByText(/Password must be at least 8/).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'new-user')

  await page.getByRole('link', { name: 'Invitations' }).click()
  await page.getByRole('heading', { name: 'Invitations' }).waitFor()
  await page.goBack()
  assert.equal(await page.getByRole('textbox', { name: 'Last name' }).inputValue(), 'Lovelace')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('ada@entry.example')
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('Difference-Engine-1843')
  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: /^Viewer/ }).click()
  await page.getByRole('combobox', { name: 'What they get' }).click()
  await page.getByRole('option', { name: /An account at once/ }).click()
  await page.getByRole('button', { name: 'Add this person' }).click()
  await page.getByText('Ada Lovelace was added.').waitFor()

  const { data } = await (await client('admin')).users.list({
    search: 'ada@entry.example',
    fields: ['role', 'status', 'username'],
  })
  assert.deepEqual(data, [{ role: 'viewer', status: 'active', username: 'countess' }])
  assert.match(page.url(), /\/console\/users\/[0-9a-f-]{36}$/)
})

test('a pasted list shows what was understood before anything is sent, and who was refused afterwards', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const page = await visit(`${path}?by=list`, { as: 'admin', theme: 'dark' })

  await page
    .getByRole('textbox', { name: 'People, one a line' })
    .fill(
      'Grace Hopper <grace@entry.example>\nlinus@entry.example\nnobody here\nGRACE@entry.example\nadmin@sudigital.com',
    )
  const preview = page.getByRole('region', { name: 'What was understood' })
  await preview.getByRole('row', { name: /nobody|no e-mail address in this line/ }).waitFor()
  await preview.getByRole('row', { name: /The same as in line 1/ }).waitFor()
  await page.getByText('3 people, and 2 lines with a problem, left out').waitFor()
  await page.getByRole('button', { name: 'Check the list' }).click()
  await preview.getByRole('row', { name: /Somebody has this address already/ }).waitFor()
  assert.equal((await admin.users.list({ search: 'entry.example hopper' })).meta.total, 0)
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'new-users-list')

  await admin.users.batch({
    atomic: false,
    operations: [{ op: 'create', body: { email: 'linus@entry.example', ...named('Linus') } }],
  })
  await page.getByRole('button', { name: 'Add 2 people' }).click()
  await page.getByRole('heading', { name: 'Done' }).waitFor()
  await page.getByText('2 of 2: 1 added, 1 refused, 3 left out').waitFor()
  await page.getByRole('heading', { name: 'Who was not added (4)' }).waitFor()
  await page
    .getByRole('row', { name: /linus@entry.example/ })
    .getByText('Somebody has this address already')
    .waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'new-users-refused')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as CSV' }).click()
  assert.equal((await download).suggestedFilename(), 'refused-users.csv')
  const kept = await readFile(await (await download).path(), 'utf8')
  for (const problem of ['Somebody has this address already', 'The same as in line 1'])
    assert.ok(kept.includes(problem))
  const { data } = await admin.users.list({ search: 'entry.example hopper' })
  assert.deepEqual(
    data.map(({ email, status }) => [email, status]),
    [['grace@entry.example', 'pending']],
  )
})

test('a file is dropped, its columns are mapped, and hundreds are imported', async () => {
  const { visit, client } = await openConsole()
  const page = await visit(`${path}?by=file`, { as: 'admin' })
  const names = Array.from({ length: 300 }, (_, place) => `f${place}@file.example;Person ${place};member`)

  await page.getByRole('button', { name: 'Choose a file' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.locator('input[type=file]').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Contact;Name;Kind\n${names.join('\n')}\nnot an address;X;member\n`),
  })
  await page.getByRole('combobox', { name: 'Contact' }).waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'Kind' }).inputValue(), '')
  await page.getByText('300 people, and 1 line with a problem, left out').waitFor()
  await choose(page, 'What they get', /An account at once/)
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'new-users-file')
  await page.getByRole('button', { name: 'Check the list' }).click()
  await page.getByRole('button', { name: 'Add 300 people' }).click()
  await page.getByText('300 of 300: 300 added, 0 refused, 1 left out').waitFor()
  const leftOut = page.getByRole('region', { name: 'Who was not added' })
  await leftOut.getByRole('row', { name: /not an address.*This is no e-mail address/ }).waitFor()
  assert.equal(await page.getByText('Everybody in the list was added.').count(), 0)
  assert.deepEqual(await violationsOf(page), [])

  const { meta, data } = await (await client('admin')).users.list({
    search: 'file.example',
    status: 'active',
    limit: 1,
  })
  assert.equal(meta.total, 300)
  assert.match(data[0]?.lastName ?? '', /^\d+$/)
})

test('a run outlives a walk elsewhere, a lost network, a session that ends and a pause that the server asks for, and can be stopped', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const keeper = { email: 'keeper@keeper.example', password: 'Keep-Going-Until-100' }
  const { id } = await admin.users.create({ ...keeper, ...named('Kim'), role: 'admin', status: 'active' })
  const page = await visit(`${path}?by=list`, { as: keeper })
  const list = Array.from({ length: 100 }, (_, place) => `Run Ner${place} <run${place}@run.example>`).join('\n')
  await page.getByRole('textbox', { name: 'People, one a line' }).fill(list)
  await page.getByRole('button', { name: 'Check the list' }).click()
  let isDown = true
  let sent = 0
  await page.route('**/api/users/batch', async (route) => {
    if (isDown) return route.abort()
    sent += 1
    if (sent === 2) await admin.users.sessions.revokeAll(id)
    if (sent === 4) await page.getByRole('button', { name: 'Stop' }).click()
    if (sent === 5) return route.fulfill(tooMany)
    return route.continue()
  })

  await page.getByRole('button', { name: 'Add 100 people' }).click()
  await page.getByText('The server cannot be reached').waitFor()
  await page.getByRole('link', { name: 'Invitations' }).click()
  await page.getByRole('heading', { name: 'Invitations' }).waitFor()
  await page.goBack()
  await page.getByText('0 of 100: 0 added, 0 refused').waitFor()
  isDown = false
  await page.getByRole('button', { name: 'Go on with the rest' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByRole('textbox', { name: 'Password' }).fill(keeper.password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()

  await page.getByText('60 of 100: 60 added, 0 refused, 40 not sent').waitFor()
  const stored = async () => (await admin.users.list({ search: 'run.example', limit: 1 })).meta.total
  assert.equal(await stored(), 60)
  assert.deepEqual(await violationsOf(page), [])
  await page.getByRole('button', { name: 'Go on with the rest' }).click()
  await page.getByText(/The server asks for a pause. It goes on by itself in \d s/).waitFor()
  await page.getByText('Everybody in the list was added.').waitFor()
  assert.equal(await stored(), 100)
})

test('nobody but admins adds people, and the pages fit on a phone', async () => {
  const { visit } = await openConsole()
  for (const as of ['user', 'viewer'] as const) {
    const page = await visit(path, { as })
    await page.getByRole('heading', { name: 'This is not for your account' }).waitFor()
  }
  const page = await visit(`${path}?by=list`, { as: 'admin', width: 360 })
  await page.getByRole('textbox', { name: 'People, one a line' }).fill(`${'long'.repeat(20)}@entry.example\nwrong`)
  await page.getByRole('region', { name: 'What was understood' }).waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  assert.deepEqual(await violationsOf(page), [])
})

const tooMany = {
  status: 429,
  headers: { 'retry-after': '3' },
  json: { error: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' }, status: 429 },
}

function named(firstName: string) {
  return { firstName, lastName: 'Somebody' }
}

async function choose(page: Page, select: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: select }).click()
  await page.getByRole('option', { name: option }).click()
}

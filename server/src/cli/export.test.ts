import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHouse, signIn } from './testing/house.ts'

const admin = { email: 'admin@sudigital.com', password: 'admin123' }

test('beside a running server an admin who shows who they are takes everybody out, and brings them into another directory', async () => {
  await using house = await openHouse()
  await using place = await openPlace()
  const server = await house.serve()
  const file = place.path('all.ndjson')
  const asked = ['export', file, '--with-credentials', '--email', admin.email, '--password-stdin']

  const wrong = await house.run(asked, { input: 'admin124\n' })
  const user = await house.run(
    ['export', file, '--with-credentials', '--email', 'user@sudigital.com', '--password-stdin'],
    {
      input: 'user123',
    },
  )
  assert.deepEqual([wrong.code, user.code, await readdir(place.path(''))], [4, 4, []])
  assert.match(wrong.errors, /is not right/)
  const { code, out, errors } = await house.run(asked, { input: `${admin.password}\n` })

  assert.equal(code, 0, errors)
  assert.match(out, /^Wrote \d+ people and 0 organizations in \d+\.\d s\.\n$/)
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600)
  const written = await readFile(file, 'utf8')
  assert.match(written, /"passwordHash":"\$argon2id/)
  const headers = await signIn(server)
  const answer = await fetch(`${server.url}/api/users/me/activity`, { headers })
  const { data } = (await answer.json()) as { data: { type: string }[] }
  assert.ok(data.some(({ type }) => type === 'exported'))

  await using other = await openHouse()
  const came = await other.run(['import', file, '--json'])
  assert.equal(came.code, 0, came.errors)
  assert.ok(await signIn(await other.serve(), admin))
})

test('without being asked for, no credential goes out, and nothing is written over', async () => {
  await using house = await openHouse()
  await using place = await openPlace()
  await house.run(['create-admin', '--email', 'ada@example.org', '--password-stdin'], {
    input: 'Analytical-Engine-1843',
  })
  const [table, there] = [place.path('people.csv'), place.path('there.csv')]
  await writeFile(there, 'mine')

  const written = await house.run(['export', table, '--json'])
  const piped = await house.run(['export', '-', '--format', 'ndjson'])
  const refused = await house.run(['export', there])
  const forced = await house.run(['export', there, '--force'])
  assert.match(forced.out, /^Wrote 1 person in \d+\.\d s\.\n$/)
  assert.equal(forced.errors, '')

  assert.equal(written.code, 0, written.errors)
  const { seconds: _, ...sum } = JSON.parse(written.out) as { seconds: number }
  assert.deepEqual(sum, { users: 1, organizations: 0, credentials: false })
  const [head = '', record = ''] = (await readFile(table, 'utf8')).split('\r\n')
  assert.match(head, /^id,number,email,/)
  assert.match(record, /,ada@example\.org,/)
  assert.doesNotMatch(head + record + piped.out, /passwordHash|argon2/)
  assert.equal((JSON.parse(piped.out) as { email: string }).email, 'ada@example.org')
  assert.deepEqual([refused.code, forced.code], [2, 0])
  assert.match(refused.errors, /nothing is written over.*--force/)
  assert.match(await readFile(there, 'utf8'), /^id,/)
  for (const words of [['-'], [place.path('x.ndjson'), '--with-credentials']])
    assert.equal((await house.run(['export', ...words])).code, 2)
  assert.deepEqual((await readdir(place.path(''))).sort(), ['people.csv', 'there.csv'])
})

async function openPlace() {
  const directory = await mkdtemp(join(tmpdir(), 'roster-'))
  return {
    path: (name: string) => join(directory, name),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}

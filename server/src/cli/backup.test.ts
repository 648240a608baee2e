import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasPgPrograms, pgProgramsAreMissing } from '../../test/pg-programs.ts'
import { engines } from '../../test/place.ts'
import { freshDatabase } from '../../test/postgres.ts'
import { openHouse, type RunningServer, signIn } from './testing/house.ts'

const key = (byte: number) => ({ MASTER_KEY: Buffer.alloc(32, byte).toString('base64') })

for (const engine of engines) {
  test(`a backup beside a server is taken back without one; then nobody is signed in, and no API token stands (${engine})`, async (t) => {
    if (engine === 'postgres' && !hasPgPrograms) return t.diagnostic(pgProgramsAreMissing)
    await using database = engine === 'postgres' ? await freshDatabase() : null
    await using house = await openHouse({ ...key(7), ...(database && { DATABASE_URL: database.url }) })
    const folder = join(house.dataDirectory, '../backup')
    const server = await house.serve()
    const session = await signIn(server)
    const apiToken = await makeApiToken(server, session)
    assert.deepEqual([await statusFor(server, session), await statusFor(server, apiToken)], [200, 200])

    const made = await house.run(['backup', folder, '--json'])
    const beside = await house.run(['restore', folder, '--replace'])
    const gone = `${folder}-gone.ids`
    await writeFile(gone, `${await idOf(server, session, 'viewer@sudigital.com')}\n`)
    await server.stop()
    const wrongKey = await house.run(['restore', folder, '--replace'], { settings: key(8) })
    const restored = await house.run(['restore', folder, '--replace', '--erased', gone])

    assert.deepEqual([made.code, made.errors], [0, ''])
    const { users, engine: of } = JSON.parse(made.out) as { users: number; engine: string }
    assert.deepEqual([users, of], [3, engine])
    const data = engine === 'sqlite' ? 'roster.db' : 'database.sealed'
    assert.deepEqual((await readdir(folder)).sort(), ['directory.key', 'manifest.json', data].sort())
    for (const [{ code, errors }, says] of [
      [beside, /^.+ uses .+: stop .+ before you restore\.\n$/],
      [wrongKey, /^The backup was made under the master key [0-9a-f]{16}, .+ --backup-key-file\.\n$/],
    ] as const) {
      assert.equal(code, 1)
      assert.match(errors, says)
    }
    assert.equal(restored.code, 0, restored.errors)
    assert.match(restored.out, /^The directory is as it was on \d{4}-.+Z, with 2 users\.\n.+ 1 id is known\.\n/)
    assert.match(restored.out, /✓ directory /)
    const again = await house.serve()
    assert.deepEqual([await statusFor(again, session), await statusFor(again, apiToken)], [401, 401])
    const fresh = await signIn(again)
    assert.equal(await statusFor(again, fresh), 200)
    assert.notEqual(signedBy(fresh), signedBy(session))
  })
}

/** What a token says of its key. */
function signedBy({ authorization }: { authorization: string }): string | undefined {
  return authorization.split('.')[0]
}

async function makeApiToken({ url }: RunningServer, session: { authorization: string }) {
  const answer = await fetch(`${url}/api/tokens`, {
    method: 'POST',
    headers: { ...session, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'nightly', permissions: ['users:list', 'users:read'] }),
  })
  const { data } = (await answer.json()) as { data: { token: string } }
  return { authorization: `Bearer ${data.token}` }
}

async function statusFor({ url }: RunningServer, headers: { authorization: string }): Promise<number> {
  return (await fetch(`${url}/api/users?limit=1`, { headers })).status
}

async function idOf({ url }: RunningServer, headers: { authorization: string }, name: string) {
  const answer = await fetch(`${url}/api/users?search=${encodeURIComponent(name)}`, { headers })
  const { data } = (await answer.json()) as { data: { id: string }[] }
  return data[0]?.id
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import { cast } from './cast.ts'
import { clamdIsMissing, isClamdInstalled, marker, signature, startClamd } from './clamd.ts'
import { clean, openClamdPeer, says } from './clamd-peer.ts'
import { rotatedJpeg, smallPng } from './images.ts'
import { engines } from './place.ts'
import { look, upload, uploaded } from './uploads.ts'
import { openWorld, type World } from './world.ts'

const marked = Buffer.concat([smallPng, Buffer.from(marker)])

async function verdictOf(answer: Response): Promise<string> {
  const text = await answer.text()
  return answer.ok ? '200' : `${answer.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`
}

/** What stands in the record of somebody's account, newest first. */
async function recorded(world: World): Promise<[string, string | undefined][]> {
  const answer = await world.fetch('/api/users/me/activity', { as: 'grace' })
  const { data } = (await answer.json()) as { data: { type: string; metadata: { name?: string } }[] }
  return data.map(({ type, metadata }) => [type, metadata.name])
}

for (const engine of engines) {
  test(`nothing is kept unscanned: what is flagged is refused and recorded, and without a scanner nothing is taken (${engine})`, async () => {
    await using peer = await openClamdPeer()
    await using world = await openWorld({ engine, settings: { CLAMD_URL: peer.url } })
    const kept = await uploaded(await upload(world, await rotatedJpeg()))
    assert.ok(peer.files[0]?.equals(await rotatedJpeg()))

    peer.answer = says('stream: Win.Test.\u001b[2J<b> FOUND\0')
    assert.equal(await verdictOf(await upload(world, smallPng)), '422 FILE_REJECTED')
    peer.answer = (socket) => void socket.end('stream: O')
    const away = await upload(world, smallPng)
    peer.answer = says('INSTREAM size limit exceeded. ERROR\0')
    const tooLong = await upload(world, smallPng)

    for (const answer of [away, tooLong]) {
      assert.equal(answer.headers.get('retry-after'), '30')
      assert.equal(await verdictOf(answer), '503 UNAVAILABLE')
    }
    assert.equal((await look(world, kept.avatar)).status, 200)
    assert.deepEqual((await recorded(world)).slice(0, 2), [
      ['avatar_rejected', 'Win.Test._[2J<b>'],
      ['avatar_changed', undefined],
    ])
    assert.match(world.logged.join(''), /scanner-away code=hung_up.*scanner-away code=file_too_long/s)
    assert.doesNotMatch(world.logged.join(''), /Win\.Test/)

    peer.answer = clean
    const again = { 'idempotency-key': 'again' }
    assert.equal(await verdictOf(await upload(world, smallPng, { headers: again })), '200')
    peer.answer = says('stream: Found.Later FOUND\0')
    assert.equal(await verdictOf(await upload(world, smallPng, { headers: again })), '422 FILE_REJECTED')
  })
}

test('who may no more by the time that their picture has been looked at changes nothing', async () => {
  await using peer = await openClamdPeer()
  await using world = await openWorld({ settings: { CLAMD_URL: peer.url } })
  const { id } = cast.grace.user
  const kept = await uploaded(await upload(world, await rotatedJpeg()))

  const verdicts: string[] = []
  for (const changes of [{ role: 'viewer' }, { role: 'user', status: 'inactive' }] as const) {
    peer.answer = (socket) => {
      world.core.commit('update-user', { actor: system, id, changes, versions: null }).then(() => clean(socket))
    }
    verdicts.push(await verdictOf(await upload(world, smallPng)))
    await world.core.commit('update-user', { actor: system, id, changes: { role: 'user' }, versions: null })
  }

  assert.deepEqual(verdicts, ['403 INSUFFICIENT_PERMISSIONS', '403 ACCOUNT_INACTIVE'])
  assert.equal((await look(world, kept.avatar)).status, 200)
})

test('a real ClamAV refuses a picture that carries what it looks for, and nothing is taken while it is stopped', async (t) => {
  if (!isClamdInstalled) return t.diagnostic(clamdIsMissing)
  await using clamd = await startClamd()
  await using world = await openWorld({ settings: { CLAMD_URL: clamd.url } })

  assert.equal(await verdictOf(await upload(world, smallPng)), '200')
  assert.equal(await verdictOf(await upload(world, marked)), '422 FILE_REJECTED')
  const large = Buffer.concat([await rotatedJpeg(), Buffer.alloc(4 * 1024 * 1024), Buffer.from(marker)])
  assert.equal(await verdictOf(await upload(world, large)), '422 FILE_REJECTED')
  assert.deepEqual((await recorded(world))[0], ['avatar_rejected', `${signature}.UNOFFICIAL`])
  await clamd.stop()
  assert.equal(await verdictOf(await upload(world, smallPng)), '503 UNAVAILABLE')
})

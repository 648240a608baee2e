import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freezableProxy } from '../../../../test/freezable-proxy.ts'
import { add, newUser, openWorld, setStatus } from '../../../../test/postgres-nodes.ts'
import { msOf, takes, until } from '../../../../test/timing.ts'
import { nowhere, system } from '../../../core/actor.ts'
import type { Session, SessionId } from '../../../core/sessions/session.ts'

test('when a change is answered, every node has heard of it', async () => {
  await using world = await openWorld()
  const nodes = [await world.node(), await world.node(), await world.node()] as const
  const [first, ...others] = nodes
  const ada = await add(first, newUser('ada'))

  for (const status of ['inactive', 'active', 'inactive'] as const) {
    for (const node of nodes) node.told.length = 0
    await setStatus(first, ada.id, status)

    for (const node of nodes) assert.deepEqual(node.told, [[ada.id]])
  }
  for (const node of others) assert.equal(node.trustsMemory(), true)
})

test('a node that hears nothing has stopped trusting its memory by the time a change is answered', async () => {
  await using world = await openWorld()
  await using proxy = await freezableProxy(world.url)
  const here = await world.node()
  const away = await world.node(proxy.url)
  const ada = await add(here, newUser('ada'))

  await takes({ msMin: 300, msMax: 800 }, async () => {
    away.told.length = 0
    proxy.freeze()
    const tookMs = await msOf(() => setStatus(here, ada.id, 'inactive'))

    assert.deepEqual(away.told, [])
    assert.equal(away.trustsMemory(), false)
    await setStatus(here, ada.id, 'active')
    proxy.thaw()
    await until(() => away.trustsMemory())
    return tookMs
  })
})

test('a node that is away holds up others once only', async () => {
  await using world = await openWorld()
  await using proxy = await freezableProxy(world.url)
  const here = await world.node()
  await world.node(proxy.url)
  const ada = await add(here, newUser('ada'))

  proxy.freeze()
  await setStatus(here, ada.id, 'inactive')
  await takes({ msMax: 300 }, async () => {
    await setStatus(here, ada.id, 'active')
    return msOf(() => setStatus(here, ada.id, 'inactive'))
  })
  proxy.thaw()
})

test('a node that comes back hears what it missed before it trusts its memory again', async () => {
  await using world = await openWorld()
  await using proxy = await freezableProxy(world.url)
  const here = await world.node()
  const away = await world.node(proxy.url)
  const ada = await add(here, newUser('ada'))
  away.told.length = 0

  proxy.freeze()
  await setStatus(here, ada.id, 'inactive')
  proxy.thaw()
  await until(() => away.trustsMemory())

  assert.deepEqual(away.told, [[ada.id]])
})

test('a node whose connection for notices broke forgets everybody before it trusts its memory again', async () => {
  await using world = await openWorld()
  const node = await world.node()
  node.told.length = 0

  await world.outside.query(breakNotices)
  await until(() => !node.trustsMemory())
  assert.deepEqual(node.told, [])
  await until(() => node.trustsMemory())

  assert.deepEqual(node.told, ['everybody'])
})

test('a node that froze for long is given up, connects anew and forgets everybody', async () => {
  await using world = await openWorld()
  await using proxy = await freezableProxy(world.url)
  const node = await world.node(proxy.url)
  node.told.length = 0

  const before = proxy.connections()
  proxy.freeze()
  await until(() => proxy.connections() > before)
  assert.equal(node.trustsMemory(), false)
  proxy.thaw()
  await until(() => node.trustsMemory())

  assert.deepEqual(node.told, ['everybody'])
})

test('a change is answered a lease later while its own node cannot hear itself', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const ada = await add(node, newUser('ada'))

  await takes({ msMin: 500, msMax: 800 }, async () => {
    await world.outside.query(breakNotices)
    await until(() => !node.trustsMemory())
    const tookMs = await msOf(() => setStatus(node, ada.id, 'inactive'))
    await setStatus(node, ada.id, 'active')
    await until(() => node.trustsMemory())
    return tookMs
  })
})

test('a node that closes is not waited for', async () => {
  await using world = await openWorld()
  const here = await world.node()
  const ada = await add(here, newUser('ada'))

  await takes({ msMax: 300 }, async () => {
    await setStatus(here, ada.id, 'active')
    const leaving = await world.node()
    await leaving.close()
    return msOf(() => setStatus(here, ada.id, 'inactive'))
  })
})

test('sign-ins send no notices, and their own node hears of them', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const ada = await add(node, newUser('ada'))
  const heard: (string | undefined)[] = []
  world.outside.on('notification', ({ payload }) => heard.push(payload))
  await world.outside.query('listen roster_changes')
  node.told.length = 0

  const session = { id: ada.id as string as SessionId, userId: ada.id, ...times, origin: nowhere } satisfies Session
  const question = { actor: system, session, refreshTokenDigest: 'digest', verifiedHash: 'hash' }
  const signedIn = await node.commit('sign-in', question, 3)
  assert.equal(signedIn.ok, true)
  assert.deepEqual(node.told, [[ada.id]])
  await setStatus(node, ada.id, 'inactive')
  await world.outside.query('select 1')

  assert.equal(heard.length, 1)
  assert.match(heard[0] ?? '', /:1:0:/)
})

test('a change of many people is told in as many notices as it takes', async () => {
  await using world = await openWorld()
  const [here, there] = [await world.node(), await world.node()]
  const people = Array.from({ length: 450 }, (_, at) => ({ user: newUser(`person-${at}`), passwordHash: null }))
  await here.commit('add-people', { actor: system, people, onlyIfEmpty: false }, 1)
  assert.deepEqual(there.told, [], 'nobody can remember who was not there before')

  const steps = people.map(({ user: { id } }) => ({
    name: 'update-user' as const,
    input: { actor: system, id, changes: { firstName: 'Changed' }, versions: null },
  }))
  const changed = await here.commit('run-batch', { steps }, 2)

  assert.equal(changed.ok, true)
  assert.equal(there.told.length, 3)
  assert.deepEqual(new Set(there.told.flat()), new Set(people.map(({ user }) => user.id)))
})

const breakNotices = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'roster notices'`

const times = { createdAtMs: 3, lastUsedAtMs: 3, expiresAtMs: 1_000, endedAtMs: null }

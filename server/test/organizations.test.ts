import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../src/core/actor.ts'
import { limits } from '../src/core/limits.ts'
import type { UserId } from '../src/core/users/user.ts'
import { cast } from './cast.ts'
import { openNodes } from './nodes.ts'
import { adminsOf, at, organize, settle } from './organized.ts'
import { engines } from './place.ts'
import { openWorld, type World } from './world.ts'

const ada = cast.ada.user.id
const grace = cast.grace.user.id
const linus = cast.linus.user.id

for (const engine of engines) {
  test(`${engine}: of two admins of an organization who remove or demote each other at once one stays`, async () => {
    await using nodes = await openNodes(engine)
    const [near, far = near] = nodes.worlds as [World, World?]
    for (const [round, how] of ['DELETE', 'PUT', 'DELETE', 'PUT', 'DELETE', 'PUT'].entries()) {
      const organization = await organize(near, `round-${round}`, [
        [grace, 'admin'],
        [linus, 'admin'],
      ])
      const more = how === 'PUT' ? { method: 'PUT', json: { role: 'member' } } : { method: 'DELETE' }

      const answers = await Promise.all([
        near.fetch(at(organization, linus), { as: 'grace', ...more }),
        far.fetch(at(organization, grace), { as: 'linus', ...more }),
      ])

      const statuses = answers.map(({ status }) => status).sort()
      assert.equal(statuses[0], 200, how)
      assert.ok(statuses[1] === 403 || statuses[1] === 409, `${how}: ${statuses}`)
      assert.equal((await adminsOf(near, organization)).length, 1, how)
    }
  })

  test(`${engine}: of many admins who all leave at once the last stays, and an admin who cannot sign in is none to rely on`, async () => {
    await using world = await openWorld({ engine })
    const others = await Promise.all(Array.from({ length: 8 }, (_, n) => settle(world, { place: 100 + n })))
    const organization = await organize(world, 'acme', [
      [grace, 'admin'],
      ...others.map((id) => [id, 'admin'] as const),
    ])

    const outcomes = await Promise.all(
      [grace, ...others].map((userId) =>
        world.core.commit('remove-member', { actor: system, organizationId: organization.id, userId }),
      ),
    )

    assert.equal(outcomes.filter(({ ok }) => ok).length, 8)
    const [last] = await adminsOf(world, organization)
    assert.ok(last !== undefined)

    await world.core.commit('put-member', {
      actor: system,
      organizationId: organization.id,
      userId: linus,
      role: 'admin',
    })
    await world.fetch(`/api/users/${last}`, { method: 'PATCH', as: 'ada', json: { status: 'inactive' } })
    const left = await world.fetch(at(organization, linus), { method: 'DELETE', as: 'ada' })
    assert.equal(left.status, 409)
    assert.equal((await world.fetch(at(organization, last), { method: 'DELETE', as: 'ada' })).status, 200)
  })

  test(`${engine}: whoever is deleted belongs nowhere, however needed, and belongs to it again when restored`, async () => {
    await using world = await openWorld({ engine })
    const eve = await settle(world, { place: 100 })
    const organization = await organize(world, 'acme', [
      [grace, 'admin'],
      [eve, 'member'],
    ])
    const seen = async () => {
      const listed = await world.fetch(`${at(organization)}/members`, { as: 'ada' })
      const { data, meta } = (await listed.json()) as { data: { userId: UserId }[]; meta: { total: number } }
      assert.equal(meta.total, data.length)
      return data.map(({ userId }) => userId)
    }
    const { members } = world.core.directory
    assert.equal(await members.areFellows(grace, eve), true)
    assert.equal(await members.areFellows(grace, linus), false)

    assert.equal((await world.fetch(`/api/users/${grace}`, { method: 'DELETE', as: 'ada' })).status, 200)
    assert.deepEqual(await seen(), [eve])
    assert.equal(await members.roleIn(organization.id, grace), null)
    assert.deepEqual(await members.ofUser(grace), [])
    assert.equal(await members.areFellows(grace, eve), false)
    assert.equal(await members.areFellows(eve, grace), false)
    assert.equal((await world.fetch(at(organization, grace), { method: 'DELETE', as: 'ada' })).status, 404)

    assert.equal((await world.fetch(`/api/users/${grace}/restore`, { method: 'POST', as: 'ada' })).status, 200)
    assert.deepEqual(await seen(), [grace, eve])
    assert.equal(await members.roleIn(organization.id, grace), 'admin')
  })

  test(`${engine}: a slug is one organization's, whoever wants it at once, and a number is given once`, async () => {
    await using world = await openWorld({ engine })
    const make = (json: object, headers = {}) =>
      world.fetch('/api/organizations', { method: 'POST', as: 'ada', json, headers })
    const same = await Promise.all(Array.from({ length: 6 }, () => make({ name: 'Taken', slug: 'taken' })))
    assert.deepEqual(same.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])

    const named = await Promise.all(
      Array.from({ length: limits.organizationSlugsTriedMax + 2 }, () => make({ name: 'Żółć!' })),
    )
    const shown = await Promise.all(named.map(async (answer) => ((await answer.json()) as { data: Shown }).data))
    assert.equal(new Set(shown.map(({ slug }) => slug)).size, named.length)
    assert.ok(shown.some(({ slug }) => slug === 'zolc') && shown.some(({ slug }) => slug === 'zolc-2'))
    assert.match((await shownIn(await make({ name: '\u{2063}\u{2063}x'.repeat(20) }))).slug, /^[a-z0-9]+(-[a-z0-9]+)*$/)

    const renamed = await Promise.all(
      shown
        .slice(0, 4)
        .map(({ id }) => world.fetch(at({ id }), { method: 'PATCH', as: 'ada', json: { slug: 'wanted' } })),
    )
    assert.deepEqual(renamed.map(({ status }) => status).sort(), [200, 409, 409, 409])
    const [freed] = shown.slice(0, 4).filter((_, n) => renamed[n]?.status === 200)
    assert.equal((await make({ name: 'x', slug: freed?.slug })).status, 201, 'a slug that was given up is free')

    const first = await shownIn(await make({ name: 'gone' }, { 'idempotency-key': 'one' }))
    assert.equal((await world.fetch(at(first), { method: 'DELETE', as: 'ada' })).status, 200)
    assert.deepEqual(await shownIn(await make({ name: 'gone' }, { 'idempotency-key': 'one' })), first)
    assert.ok((await shownIn(await make({ name: 'gone' }))).number > first.number)
  })

  test(`${engine}: nobody belongs to more organizations than there is room for, and lists have pages`, async () => {
    await using world = await openWorld({ engine })
    const max = limits.organizationsPerUserMax
    for (let n = 0; n < max; n += 1) await organize(world, `org-${n}`, [[grace, 'member']])
    const [one, another] = [await organize(world, 'one-more'), await organize(world, 'another')]

    const answers = await Promise.all(
      [one, another].map((to) => world.fetch(at(to, grace), { method: 'PUT', as: 'ada', json: { role: 'member' } })),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [409, 409],
    )
    for (const path of ['/api/organizations', '/api/users/me/organizations']) {
      const page = await world.fetch(`${path}?page=34&limit=3`, { as: 'grace' })
      const { data, meta } = (await page.json()) as { data: { slug: string }[]; meta: object }
      assert.deepEqual([data.map(({ slug }) => slug), meta], [[`org-${max - 1}`], { page: 34, limit: 3, total: max }])
    }
    const all = await world.fetch('/api/organizations?limit=100&page=2', { as: 'ada' })
    assert.deepEqual(((await all.json()) as { meta: object }).meta, { page: 2, limit: 100, total: max + 2 })
    assert.equal((await world.fetch('/api/organizations?limit=101', { as: 'ada' })).status, 400)
    assert.equal((await world.fetch(at(one, ada), { method: 'PUT', as: 'ada', json: { role: 'owner' } })).status, 400)
  })
}

interface Shown {
  readonly id: never
  readonly number: number
  readonly slug: string
}

async function shownIn(answer: Response): Promise<Shown> {
  assert.equal(answer.status, 201)
  return ((await answer.json()) as { data: Shown }).data
}

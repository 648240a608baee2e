import assert from 'node:assert/strict'
import { test } from 'node:test'
import { add, newUser, openWorld, setStatus, somebody } from '../../../../test/postgres-nodes.ts'
import { statement } from '../../queries.ts'
import { userReads } from '../../users.ts'

test('what nobody searches by cannot be read from the database', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const bio = 'Countess and mathematician'

  const { id } = await add(node, newUser('ada', { ...somebody, profile: { bio } }))

  const { rows } = await world.outside.query('select particulars from users')
  assert.ok(Buffer.isBuffer(rows[0].particulars))
  assert.equal(rows[0].particulars.includes('Countess'), false)
  assert.equal((await userReads(node.here).byId(id))?.particulars.profile.bio, bio)
})

test('a sealed value means nothing in the row of somebody else', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const ada = await add(node, newUser('ada'))
  const grace = await add(node, newUser('grace'))

  await world.outside.query(
    'update users set particulars = (select particulars from users where id = $1) where id = $2',
    [ada.id, grace.id],
  )

  await assert.rejects(async () => userReads(node.here).byId(grace.id))
})

test('whole numbers come back as numbers', async () => {
  await using world = await openWorld()
  const { here } = await world.node()
  const instant = Date.UTC(2999, 0)

  await here.query(here.sql.insertInto('user_counts').values({ role: 'user', status: 'active', n: instant }))

  assert.deepEqual(await here.query(here.sql.selectFrom('user_counts').select('n')), [{ n: instant }])
})

test('a statement survives that a newer node adds a column to its table', async () => {
  await using world = await openWorld()
  const node = await world.node()
  const ada = await add(node, newUser('ada'))
  const everything = statement((sql, p: { name: string }) =>
    sql.selectFrom('facts').selectAll().where('name', '=', p.name),
  )
  const ask = async () => node.here.all(everything, { name: 'first_node' })
  await Promise.all([ask(), ask(), ask(), setStatus(node, ada.id, 'inactive')])

  await world.outside.query('alter table facts add column more text; alter table users add column more text')

  const answers = await Promise.all([ask(), ask(), ask()])
  for (const rows of answers) assert.equal(rows.length, 1)
  await setStatus(node, ada.id, 'active')
})

test('a fault of the database does not quote the row', async () => {
  await using world = await openWorld()
  const { here } = await world.node()
  const claim = here.sql
    .insertInto('claims')
    .values({ kind: 'email', value: 'ada@example.com', user_id: newUser('x').id })

  await here.query(claim)

  await assert.rejects(
    async () => here.query(claim),
    (thrown: Error) => !JSON.stringify({ ...thrown, message: thrown.message, stack: thrown.stack }).includes('ada@'),
  )
})

import { sql as raw } from '#kysely'
import type { NewOrganization, Organization, OrganizationId, Slug } from '../core/organizations/organization.ts'
import type { OrganizationReads, OrganizationStore, PageQuestion } from '../core/organizations/ports.ts'
import { grant, refuse } from '../core/outcome.ts'
import { first, type Queries, statement } from './queries.ts'
import type { OrganizationsTable } from './tables.ts'

export function organizationReads(queries: Queries): OrganizationReads {
  return {
    byId: async (id) => organizationOrNull(await first(queries.all(byId, { id }))),
    byNumber: async (number) => organizationOrNull(await first(queries.all(byNumber, { number }))),
    bySlug: async (slug) => organizationOrNull(await first(queries.all(bySlug, { slug }))),
  }
}

export function organizationStore(queries: Queries): OrganizationStore {
  return {
    ...organizationReads(queries),
    byId: async (id) => organizationOrNull(await first(queries.all(byIdHeld, { id }))),
    async add(organization) {
      if (!(await claimSlug(queries, organization))) return null
      const number = await insertNext(queries, organization)
      return { ...organization, number }
    },
    async arrive(organization, wanted) {
      if ((await queries.all(byId, { id: organization.id })).length > 0) return refuse({ code: 'id_taken' })
      if (!(await claimSlug(queries, organization))) return refuse({ code: 'slug_taken' })
      const asWanted = wanted === null ? null : await insertAs(queries, organization, wanted)
      return grant({ ...organization, number: asWanted ?? (await insertNext(queries, organization)) })
    },
    async save(before, after) {
      if (before.slug !== after.slug) {
        if (!(await claimSlug(queries, after))) return false
        await queries.run(freeSlug, { slug: before.slug })
      }
      const changed = await queries.run(update, { ...rowOf(after), expected: before.version })
      if (changed !== 1) throw new Error('an organization held by this transaction changed under it')
      return true
    },
    async remove({ id, slug }) {
      await queries.run(freeSlug, { slug })
      await queries.run(removeMembers, { id })
      await queries.run(remove, { id })
    },
  }
}

/** A number that came along with an organization may be the next: it is gone past. */
async function insertNext(queries: Queries, organization: NewOrganization): Promise<number> {
  for (let attempt = 0; attempt < numberAttemptsMax; attempt += 1) {
    const [inserted] = (await queries.all(insert, rowOf(organization))) as { number: number }[]
    if (inserted !== undefined) return inserted.number
  }
  throw new Error('no number is free')
}

const numberAttemptsMax = 1_000

/** Null when another organization has the number. */
async function insertAs(queries: Queries, organization: NewOrganization, number: number): Promise<number | null> {
  const inserted = await queries.all(insertNumbered, { ...rowOf(organization), number })
  if (inserted.length === 0) return null
  await queries.dialect.numberOn(queries, 'organizations', number)
  return number
}

/** A page of all organizations in order of creation, with the exact total. */
export async function pageOfOrganizations(
  queries: Queries,
  { offset, limit }: PageQuestion,
): Promise<{ items: Organization[]; total: number }> {
  const rows = await queries.all(page, { offset, limit })
  return { items: rows.map(organizationOf), total: (await first(queries.all(count, {})))?.n ?? 0 }
}

/** A row of the table as it is read. */
export type OrganizationRow = Omit<OrganizationsTable, 'number'> & { number: number }
type NewRow = Omit<OrganizationsTable, 'number'>

export function organizationOf(row: OrganizationRow): Organization {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    slug: row.slug as Slug,
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }
}

function organizationOrNull(row: OrganizationRow | undefined): Organization | null {
  return row === undefined ? null : organizationOf(row)
}

function rowOf({ id, name, slug, version, createdAtMs, updatedAtMs }: NewOrganization): NewRow {
  return { id, name, slug, version, created_at: createdAtMs, updated_at: updatedAtMs }
}

/** False when it is somebody's: the key of the table decides. */
async function claimSlug(queries: Queries, { slug, id }: Pick<NewOrganization, 'slug' | 'id'>): Promise<boolean> {
  return (await queries.all(claim, { slug, id })).length === 1
}

const claim = statement((sql, p: { slug: string; id: OrganizationId }) =>
  sql
    .insertInto('organization_slugs')
    .values({ slug: p.slug, organization_id: p.id })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('slug'),
)

const freeSlug = statement((sql, p: { slug: string }) =>
  sql.deleteFrom('organization_slugs').where('slug', '=', p.slug),
)

const byId = statement((sql, p: { id: OrganizationId }) =>
  sql.selectFrom('organizations').selectAll().where('id', '=', p.id),
)

const byIdHeld = statement((sql, p: { id: OrganizationId }, dialect) =>
  dialect.lock(sql.selectFrom('organizations').selectAll().where('id', '=', p.id)),
)

const byNumber = statement((sql, p: { number: number }) =>
  sql.selectFrom('organizations').selectAll().where('number', '=', p.number),
)

const bySlug = statement((sql, p: { slug: string }) =>
  sql.selectFrom('organizations').selectAll().where('slug', '=', p.slug),
)

const page = statement((sql, p: PageQuestion) =>
  sql.selectFrom('organizations').selectAll().orderBy('number').limit(p.limit).offset(p.offset),
)

const count = statement((sql, _: object) =>
  sql.selectFrom('organizations').select(raw<number>`cast(count(*) as bigint)`.as('n')),
)

const insert = statement((sql, p: NewRow) =>
  sql
    .insertInto('organizations')
    .values(columnsOf(p))
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('number'),
)

const insertNumbered = statement((sql, p: NewRow & { number: number }) =>
  sql
    .insertInto('organizations')
    .values({ number: p.number, ...columnsOf(p) })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('number'),
)

/** Names every column, so that placeholders stand for them. */
function columnsOf(p: NewRow): NewRow {
  return {
    id: p.id,
    name: p.name,
    slug: p.slug,
    version: p.version,
    created_at: p.created_at,
    updated_at: p.updated_at,
  }
}

const update = statement((sql, p: NewRow & { expected: number }) =>
  sql
    .updateTable('organizations')
    .set({ name: p.name, slug: p.slug, version: p.version, updated_at: p.updated_at })
    .where('id', '=', p.id)
    .where('version', '=', p.expected),
)

const removeMembers = statement((sql, p: { id: OrganizationId }) =>
  sql.deleteFrom('members').where('organization_id', '=', p.id),
)

const remove = statement((sql, p: { id: OrganizationId }) => sql.deleteFrom('organizations').where('id', '=', p.id))

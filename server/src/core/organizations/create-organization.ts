import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Store, Transaction } from '../ports.ts'
import {
  type NewOrganization,
  type Organization,
  type OrganizationId,
  parseOrganizationName,
  parseSlug,
  type Slug,
} from './organization.ts'

export interface OrganizationValues {
  name: string
  /** Made of the name where none is sent. */
  slug: string
}

/** Makes an organization to which nobody belongs. */
export async function createOrganization(
  core: Pick<Core, 'commit' | 'clock' | 'ids' | 'toAscii'>,
  actor: Actor,
  { values, faults }: Form<OrganizationValues>,
): Promise<Outcome<Organization, 'not_allowed' | 'invalid' | 'slug_taken'>> {
  if (!may(actor, 'organizations:manage')) return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const reading = startReading(faults)
  reading.need('name', values.name)
  const name = reading.read('name', values.name, parseOrganizationName)
  const slug = reading.read('slug', values.slug, parseSlug)
  if (reading.faults.length > 0 || name === undefined) return invalid(reading.faults)
  const nowMs = core.clock()
  const id = core.ids.next() as OrganizationId
  const slugs = slug === undefined ? slugsFor(await core.toAscii(name), id) : [slug]
  return core.commit('create-organization', { actor, organization: { id, name, version: 1, ...madeAt(nowMs) }, slugs })
}

function madeAt(nowMs: number) {
  return { createdAtMs: nowMs, updatedAtMs: nowMs }
}

/** `acme`, `acme-2`, `acme-3` …, and at last one that nobody can have. A name that cannot be spelled gives `organization`. */
function slugsFor(ascii: string, id: OrganizationId): readonly Slug[] {
  const words = ascii
    .toLowerCase()
    .replaceAll("'", '')
    .match(/[a-z0-9]+/g) ?? ['organization']
  const stem = words.join('-')
  const ends = Array.from({ length: limits.organizationSlugsTriedMax }, (_, at) => (at === 0 ? '' : `-${at + 1}`))
  return [...ends, `-${id}`].map((end) => endedBy(stem, end))
}

function endedBy(stem: string, end: string): Slug {
  const room = limits.organizationSlugLengthMax - end.length
  return `${stem.slice(0, room).replace(/-$/, '')}${end}` as Slug
}

export async function commitCreateOrganization(
  transaction: Transaction,
  { actor, organization, slugs }: { actor: Actor; organization: Omit<NewOrganization, 'slug'>; slugs: readonly Slug[] },
): Promise<Outcome<Organization, 'slug_taken'>> {
  const added = await addWithFirst(transaction.store, organization, slugs)
  if (added === null) return refuse({ code: 'slug_taken' })
  const maker = actorId(actor)
  if (maker !== null) await record(transaction, actor, maker, 'organization_created', { organization: added.id })
  return grant(added)
}

/** The first slug that is free is the organization's. */
async function addWithFirst(
  store: Store,
  organization: Omit<NewOrganization, 'slug'>,
  slugs: readonly Slug[],
): Promise<Organization | null> {
  for (const slug of slugs) {
    const added = await store.organizations.add({ ...organization, slug })
    if (added !== null) return added
  }
  return null
}

import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'
import { organizationRoles } from '../../core/organizations/organization.ts'
import { data, email, exact, id, instant, integer, message, name, orNull, status, text } from './answers.ts'
import { text as sentText } from './schema.ts'

/* Everything about organizations that the API description shows: what is sent, and what is answered. */

const slugPattern = '^[a-z0-9]+(-[a-z0-9]+)*$'
const sentName = sentText(limits.organizationNameLengthMax)
const sentSlug = sentText(limits.organizationSlugLengthMax, slugPattern)

export const newOrganizationBody = Type.Object({ name: sentName, slug: Type.Optional(sentSlug) }, exact)

export const organizationChangeBody = Type.Object(
  { name: Type.Optional(sentName), slug: Type.Optional(sentSlug) },
  exact,
)

export const memberBody = Type.Object({ role: Type.Enum([...organizationRoles]) }, exact)

const identity = {
  id,
  number: integer('Counted up once, never given again', 1),
  name: text(limits.organizationNameLengthMax, 'What people call it'),
  slug: Type.String({
    pattern: slugPattern,
    maxLength: limits.organizationSlugLengthMax,
    description: 'What addresses call it; no other organization has it',
  }),
}

const organization = Type.Object(
  {
    ...identity,
    createdAt: instant('When it was made'),
    updatedAt: instant('When its name or slug was last changed'),
  },
  { ...exact, title: 'Organization' },
)

export const roleThere = Type.Enum([...organizationRoles], {
  title: 'OrganizationRole',
  description: 'In the organization; in the directory they may be something else',
})

const member = Type.Object(
  {
    userId: id,
    number: integer("The user's own", 1),
    email: orNull(email),
    firstName: orNull(name('First name')),
    lastName: orNull(name('Last name')),
    status,
    role: roleThere,
    since: instant('From when on they have belonged to it'),
  },
  { ...exact, title: 'Member' },
)

export const membership = Type.Object(
  { ...identity, role: roleThere, since: instant('From when on they have belonged to it') },
  { ...exact, title: 'Membership', description: 'An organization, and what somebody is there' },
)

export const organizationAnswer = data(organization)
export const memberAnswer = data(member)

function pageOf<Item extends Parameters<typeof Type.Array>[0]>(item: Item, title: string, items: string) {
  const meta = {
    page: integer('Which page this is', 1),
    limit: integer(`${items} on a whole page`, 1),
    total: integer(`${items} that match, on all pages`),
  }
  return Type.Object(
    { data: Type.Array(item, { maxItems: limits.pageSizeMax }), meta: Type.Object(meta, { ...exact, title }) },
    exact,
  )
}

export const organizationsPageAnswer = pageOf(organization, 'OrganizationPageMeta', 'Organizations')
export const membersPageAnswer = pageOf(member, 'MemberPageMeta', 'Members')
export const membershipsPageAnswer = pageOf(membership, 'MembershipPageMeta', 'Organizations')

export const organizationDeletedAnswer = Type.Object(
  { message, deletedAt: instant('When it was deleted') },
  { ...exact, title: 'OrganizationDeleted' },
)

export const memberRemovedAnswer = Type.Object(
  { message, removedAt: instant('From then on they do not belong to it') },
  { ...exact, title: 'MemberRemoved' },
)

import { system } from '../src/core/actor.ts'
import type { Organization, OrganizationId, OrganizationRole, Slug } from '../src/core/organizations/organization.ts'
import type { Core } from '../src/core/ports.ts'
import type { UserId } from '../src/core/users/user.ts'
import { person } from './cast.ts'
import type { World } from './world.ts'

/** An organization, and who belongs to it. */
export async function organize(
  { core }: { core: Core },
  name: string,
  members: readonly (readonly [UserId, OrganizationRole])[] = [],
): Promise<Organization> {
  const nowMs = core.clock()
  const id = core.ids.next() as OrganizationId
  const organization = { id, name, version: 1, createdAtMs: nowMs, updatedAtMs: nowMs }
  const slug = name.toLowerCase() as Slug
  const made = await core.commit('create-organization', { actor: system, organization, slugs: [slug] })
  if (!made.ok) throw new Error(`no organization: ${made.refusal.code}`)
  for (const [userId, role] of members) {
    const put = await core.commit('put-member', { actor: system, organizationId: id, userId, role })
    if (!put.ok) throw new Error(`no member: ${put.refusal.code}`)
  }
  return made.value
}

/** Somebody who is in the directory, and in no organization. */
export async function settle({ core }: { core: Core }, facts: Parameters<typeof person>[0]): Promise<UserId> {
  const user = person(facts)
  const created = await core.commit('create-user', { actor: system, user, passwordHash: null })
  if (!created.ok) throw new Error(created.refusal.code)
  return user.id
}

/** The path of an organization, and of a member of it. */
export function at({ id }: Pick<Organization, 'id'>, userId?: string): string {
  return userId === undefined ? `/api/organizations/${id}` : `/api/organizations/${id}/members/${userId}`
}

/** Its admins, whether or not they can sign in. */
export async function adminsOf({ core }: Pick<World, 'core'>, { id }: Pick<Organization, 'id'>): Promise<UserId[]> {
  const question = { organizationId: id, role: 'admin', offset: 0, limit: 100 } as const
  const { items } = await core.directory.members.page(question)
  return items.map(({ user }) => user.id)
}

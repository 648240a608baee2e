import type { Actor } from '../actor.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import type { MemberReads } from '../organizations/ports.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, mayWhereAdmin, type Permission } from '../permissions.ts'
import type { User } from '../users/user.ts'
import { findSeen, type Looks, type Wanted } from './sight.ts'

/** Over whom somebody has a word: admins of the directory over everybody, others over people of the organizations that they administer. */
export type Charge = 'everybody' | readonly OrganizationId[]

/** What the actor may do this to at all. An API token has to be for it, also where its owner administers organizations only. */
export async function chargeOf(
  members: MemberReads,
  actor: Actor,
  permission: Permission,
): Promise<Outcome<Charge, 'not_allowed'>> {
  if (may(actor, permission) && may(actor, 'users:list')) return grant('everybody')
  const administered = mayWhereAdmin(actor, permission) ? await administeredBy(members, actor) : []
  return administered.length > 0 ? grant(administered) : refuse({ code: 'not_allowed', needs: permission })
}

async function administeredBy(members: MemberReads, actor: Actor): Promise<OrganizationId[]> {
  const memberships = actor.kind === 'user' ? await members.ofUser(actor.id) : []
  return memberships.filter(({ role }) => role === 'admin').map(({ organization }) => organization.id)
}

/**
 * The user whom the actor asks for, if they may do this to them. Of whom the actor may not know they learn nothing; of the others they learn that
 * they may not. In a transaction the user is held, so that they change no organization meanwhile.
 */
export async function findInCharge(
  looks: Looks,
  actor: Actor,
  wanted: Wanted,
  permission: Permission,
): Promise<Outcome<User, 'not_allowed' | 'user_not_found'>> {
  const charge = await chargeOf(looks.members, actor, permission)
  if (!charge.ok) return charge
  const seen = await findSeen(looks, actor, wanted)
  if (!seen.ok || charge.value === 'everybody') return seen
  return (await belongsTo(looks.members, seen.value, charge.value))
    ? seen
    : refuse({ code: 'not_allowed', needs: permission })
}

/** Whoever is an admin of anything, or belongs to any other organization besides, is not an organization's to change. */
async function belongsTo(members: MemberReads, { id, role }: User, ids: readonly OrganizationId[]): Promise<boolean> {
  const memberships = await members.ofUser(id)
  const isTheirs = memberships.every(({ organization, role }) => role === 'member' && ids.includes(organization.id))
  return role !== 'admin' && memberships.length > 0 && isTheirs
}

/** For what does no more than write to somebody, or show where they belong: oneself, and every member of an organization that the actor administers. */
export async function findOwnOrMember(
  looks: Looks,
  actor: Actor,
  wanted: Wanted,
  permission: Permission,
): Promise<Outcome<User, 'not_allowed' | 'user_not_found'>> {
  if (!may(actor, 'users:read')) return refuse({ code: 'not_allowed', needs: 'users:read' })
  const seen = await findSeen(looks, actor, wanted)
  if (!seen.ok || (actor.kind === 'user' && actor.id === seen.value.id)) return seen
  const charge = await chargeOf(looks.members, actor, permission)
  if (!charge.ok || charge.value === 'everybody') return charge.ok ? seen : charge
  const theirs = await looks.members.ofUser(seen.value.id)
  const isMember = theirs.some(({ organization }) => charge.value.includes(organization.id))
  return isMember ? seen : refuse({ code: 'not_allowed', needs: permission })
}

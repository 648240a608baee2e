import type { Actor } from '../actor.ts'
import type { MemberReads } from '../organizations/ports.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { UserReads } from '../ports.ts'
import { nobody, type User, type UserId } from '../users/user.ts'

/** Of the directory when a call begins, and of the transaction when it writes. */
export interface Looks {
  readonly users: UserReads
  readonly members: MemberReads
}

/** Whom somebody asks for. Numbers begin at 1: 0 is nobody's. */
export type Wanted = { readonly number: number } | { readonly name: string } | { readonly id: UserId }

/**
 * The user whom the actor asks for, if they may know of them: oneself, whoever shares an organization with the actor, and for those who may list
 * users everybody. Of somebody else as much is looked up as of nobody.
 */
export async function findSeen(
  { users, members }: Looks,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<User, 'user_not_found'>> {
  const user = (await findWanted(users, wanted)) ?? (await users.byId(nobody))
  const isFellow = actor.kind === 'user' && (await members.areFellows(actor.id, user?.id ?? nobody))
  const isSelf = actor.kind === 'user' && actor.id === user?.id
  const isSeen = isSelf || isFellow || may(actor, 'users:list')
  return user !== null && isSeen ? grant(user) : refuse({ code: 'user_not_found', wanted: nameOf(wanted) })
}

/** By name as contracts with usernames do it: the e-mail address stands in for a username that there is not. */
async function findWanted(users: UserReads, wanted: Wanted): Promise<User | null> {
  if ('number' in wanted) return users.byNumber(wanted.number)
  if ('id' in wanted) return users.byId(wanted.id)
  const [byUsername, byEmail] = await Promise.all([
    users.byClaim('username', wanted.name),
    users.byClaim('email', wanted.name),
  ])
  return byUsername ?? (byEmail?.username === null ? byEmail : null)
}

function nameOf(wanted: Wanted): string {
  if ('number' in wanted) return String(wanted.number)
  return 'id' in wanted ? wanted.id : wanted.name
}

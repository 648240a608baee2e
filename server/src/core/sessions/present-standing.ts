import type { Actor, Means } from '../actor.ts'
import { andThen, type Eventually, grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Directory, Standing } from '../ports.ts'
import type { User, UserId } from '../users/user.ts'
import { isImpersonable, mayImpersonate } from './impersonate-user.ts'

/** Who calls by these means, if they still may, as the directory knows them at this moment. */
export function whoStands(
  directory: Pick<Directory, 'standing' | 'standingOfApiToken'>,
  id: UserId,
  means: Means,
): Eventually<User | 'inactive' | 'over'> {
  switch (means.kind) {
    case 'session':
      return andThen(directory.standing(id, means.sessionId), (standing) =>
        standing?.impersonator ? 'over' : presentUser(standing),
      )
    case 'api_token':
      return andThen(directory.standingOfApiToken(id, means.tokenId), presentUser)
    case 'impersonation':
      return andThen(directory.standing(id, means.sessionId), (standing) => whoIsPlayed(directory, standing, means.by))
    case 'half_signed_in':
      return 'over'
  }
}

/** The user, as long as whoever plays them may, in the session in which they began to. Whoever became an admin is not played any more. */
function whoIsPlayed(
  directory: Pick<Directory, 'standing'>,
  standing: Standing | null,
  by: UserId,
): Eventually<User | 'inactive' | 'over'> {
  const user = presentUser(standing)
  const impersonator = standing?.impersonator
  if (typeof user === 'string' || impersonator?.id !== by || !isImpersonable(user))
    return user === 'inactive' ? user : 'over'
  return andThen(directory.standing(by, impersonator.sessionId), (own) => {
    const player = presentUser(own)
    return typeof player !== 'string' && !own?.impersonator && mayImpersonate(player) ? user : 'over'
  })
}

/** Pending and inactive callers are told so even when what they call by has ended with their account. */
function presentUser(standing: Standing | null): User | 'inactive' | 'over' {
  if (standing !== null && standing.user.status !== 'active') return 'inactive'
  return standing?.stands ? standing.user : 'over'
}

/** The caller as they are at this moment, for work that may outlive their standing. */
export async function presentStanding(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
): Promise<Outcome<Actor, 'unauthenticated' | 'account_inactive'>> {
  if (actor.kind !== 'user') return grant(actor)
  const user = await whoStands(directory, actor.id, actor.means)
  if (user === 'inactive') return refuse({ code: 'account_inactive' })
  if (user === 'over') return refuse({ code: 'unauthenticated', token: 'over' })
  return grant({ ...actor, role: user.role })
}

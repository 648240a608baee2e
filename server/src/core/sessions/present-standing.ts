import type { Actor, Means } from '../actor.ts'
import { andThen, type Eventually, grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Directory, Standing } from '../ports.ts'
import type { UserId } from '../users/user.ts'
import { isImpersonable, mayImpersonate } from './impersonate-user.ts'

/** Who calls by these means, if they still may, as the directory knows them at this moment. */
export function whoStands(
  directory: Pick<Directory, 'standing' | 'standingOfApiToken'>,
  id: UserId,
  means: Means,
): Eventually<Standing | 'inactive' | 'over'> {
  switch (means.kind) {
    case 'session':
      return andThen(directory.standing(id, means.sessionId), (standing) =>
        standing?.impersonator ? 'over' : presently(standing),
      )
    case 'api_token':
      return andThen(directory.standingOfApiToken(id, means.tokenId), presently)
    case 'impersonation':
      return andThen(directory.standing(id, means.sessionId), (standing) => whoIsPlayed(directory, standing, means.by))
  }
}

/** The user, as long as whoever plays them may, in the session in which they began to. Whoever became an admin is not played any more. */
function whoIsPlayed(
  directory: Pick<Directory, 'standing'>,
  standing: Standing | null,
  by: UserId,
): Eventually<Standing | 'inactive' | 'over'> {
  const played = presently(standing)
  if (typeof played === 'string') return played
  const { impersonator } = played
  if (impersonator?.id !== by || !isImpersonable(played.user)) return 'over'
  return andThen(directory.standing(by, impersonator.sessionId), (own) => {
    const player = presently(own)
    return typeof player !== 'string' && !player.impersonator && mayImpersonate(player.user) ? played : 'over'
  })
}

/** Pending and inactive callers are told so even when what they call by has ended with their account. */
function presently(standing: Standing | null): Standing | 'inactive' | 'over' {
  if (standing !== null && standing.user.status !== 'active') return 'inactive'
  return standing?.stands ? standing : 'over'
}

/** The caller as they are at this moment, for work that may outlive their standing. */
export async function presentStanding(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
): Promise<Outcome<Actor, 'unauthenticated' | 'account_inactive'>> {
  if (actor.kind !== 'user') return grant(actor)
  const standing = await whoStands(directory, actor.id, actor.means)
  if (standing === 'inactive') return refuse({ code: 'account_inactive' })
  if (standing === 'over') return refuse({ code: 'unauthenticated', token: 'over' })
  return grant({ ...actor, role: standing.user.role })
}

import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import type { Factors } from './factor.ts'
import { factorOwner } from './fresh-proof.ts'

/** What guards one's own account. */
export async function listOwnFactors(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
): Promise<Outcome<Factors, 'not_in_person'>> {
  const owner = factorOwner(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  return grant(await directory.factors.ofUser(owner.id))
}

/** What guards somebody's account, for admins. */
export async function listFactors(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Factors, 'not_in_person' | 'not_allowed' | 'invalid' | 'user_not_found'>> {
  if (factorOwner(actor) === null) return refuse({ code: 'not_in_person' })
  if (!may(actor, 'factors:manage')) return refuse({ code: 'not_allowed', needs: 'factors:manage' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  if ((await directory.users.byId(id.value)) === null) return refuse({ code: 'user_not_found', wanted })
  return grant(await directory.factors.ofUser(id.value))
}

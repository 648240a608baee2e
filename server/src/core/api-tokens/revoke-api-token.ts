import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { doneBy, tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { inPerson } from '../sessions/in-person.ts'
import { parseId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import type { ApiTokenId } from './api-token.ts'

/** Takes a token back: one's own, or anybody's for an admin. It is refused from the next request on. Nobody else learns whether there is one. */
export async function revokeApiToken(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<null, 'not_in_person' | 'invalid' | 'api_token_not_found'>> {
  const caller = inPerson(actor)
  if (caller === null) return refuse({ code: 'not_in_person' })
  const id = parseId<ApiTokenId>(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const owner = may(actor, 'tokens:manage') ? null : caller.id
  return core.commit('revoke-api-token', { actor, id: id.value, owner })
}

export async function commitRevokeApiToken(
  transaction: Transaction,
  { actor, id, owner }: { actor: Actor; id: ApiTokenId; owner: UserId | null },
): Promise<Outcome<null, 'api_token_not_found'>> {
  const { store } = transaction
  const ownerId = await store.apiTokens.ownerOf(id)
  // Held before their token goes, as by whoever ends all of theirs.
  const user = ownerId === null ? null : await store.users.byId(ownerId)
  const revoked = await store.apiTokens.revoke(id, owner)
  if (revoked === null) return refuse({ code: 'api_token_not_found' })
  await record(transaction, actor, revoked.userId, 'token_revoked', { name: revoked.name })
  if (user !== null) await tellOwner(transaction, user, { kind: 'api_token_revoked', ...doneBy(actor, user) })
  return grant(null)
}

import type { Actor } from '../actor.ts'
import { limits } from '../limits.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { commitSendVerification } from '../users/send-verification.ts'
import { findOwnOrMember } from './charge.ts'
import type { Wanted } from './sight.ts'

type Refusals = 'not_allowed' | 'user_not_found' | 'nothing_to_verify' | 'sent_just_now'

/**
 * Mails somebody another link that verifies their address, in place of those before. Nobody but an admin of the directory has it sent more often than
 * strangers may.
 */
export async function sendFellowVerification(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens'>,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<null, Refusals>> {
  const found = await findOwnOrMember(core.directory, actor, wanted, 'users:create')
  if (!found.ok) return found
  const { id, email } = found.value
  const isOwn = actor.kind === 'user' && actor.id === id
  const isBounded = email !== null && (isOwn || !may(actor, 'users:list'))
  const request = isBounded ? core.linkTokens.requestName('verify_email', email) : null
  return core.commit('send-fellow-verification', { actor, wanted, request })
}

/** `request` is the name under which it is counted; null where it is not. */
export async function commitSendFellowVerification(
  transaction: Transaction,
  { actor, wanted, request }: { actor: Actor; wanted: Wanted; request: string | null },
): Promise<Outcome<null, Refusals>> {
  const { store, nowMs } = transaction
  const found = await findOwnOrMember(store, actor, wanted, 'users:create')
  if (!found.ok) return found
  const { id } = found.value
  await store.links.voidAll(id, 'verify_email', nowMs)
  const sent = await commitSendVerification(transaction, { actor, id })
  if (!sent.ok || request === null || (await store.links.countRequest(request, nowMs))) return sent
  return refuse({ code: 'sent_just_now', retryAfterSeconds: limits.linkRequestsApartMs / 1000 })
}

import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { sendLink } from '../links/send-link.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from './names.ts'
import type { UserId } from './user.ts'

/** Has the link that verifies somebody's address mailed to them once more, at the word of an admin. */
export async function sendVerification(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<null, 'not_allowed' | 'invalid' | 'user_not_found' | 'nothing_to_verify'>> {
  if (!may(actor, 'users:create')) return refuse({ code: 'not_allowed', needs: 'users:create' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  return core.commit('send-verification', { actor, id: id.value })
}

export async function commitSendVerification(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: UserId },
): Promise<Outcome<null, 'user_not_found' | 'nothing_to_verify'>> {
  const user = await transaction.store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  const { email, status, emailVerified, firstName } = user
  if (email === null) return refuse({ code: 'nothing_to_verify', because: 'no_address' })
  if (status === 'inactive') return refuse({ code: 'nothing_to_verify', because: 'inactive' })
  if (status === 'active' && emailVerified) return refuse({ code: 'nothing_to_verify', because: 'verified' })
  await sendLink(transaction, { userId: id, to: email, name: firstName }, 'verify_email')
  await record(transaction, actor, id, 'verification_requested')
  return grant(null)
}

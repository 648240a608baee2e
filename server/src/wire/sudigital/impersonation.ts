import { impersonateUser } from '../../core/sessions/impersonate-user.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { presentUser } from './present.ts'
import { refusals } from './refusals.ts'

/** Takes no `Idempotency-Key`: a token is not kept. */
export async function impersonate({ core, actor, params }: Call): Promise<Answer> {
  const begun = await impersonateUser(core, actor, params.id ?? '')
  if (!begun.ok) return phrase(refusals, begun.refusal)
  const { accessToken, expiresInSeconds, user } = begun.value
  return json(200, { data: { accessToken, tokenType: 'Bearer', expiresIn: expiresInSeconds, user: presentUser(user) } })
}

import { listApiTokens } from '../../core/api-tokens/list-api-tokens.ts'
import { makeApiToken } from '../../core/api-tokens/make-api-token.ts'
import { revokeApiToken } from '../../core/api-tokens/revoke-api-token.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { presentApiToken, presentApiTokenPage } from './present.ts'
import { refusals } from './refusals.ts'
import { apiTokenBody } from './schema.ts'

const apiTokenForm = compileForm(apiTokenBody)

export async function listTokens({ core, actor, query }: Call): Promise<Answer> {
  const listed = await listApiTokens(core, actor, readQuery(query, ['page', 'limit', 'userId']))
  if (!listed.ok) return phrase(refusals, listed.refusal)
  return json(200, presentApiTokenPage(listed.value), { 'cache-control': 'private, no-cache' })
}

/** Takes no `Idempotency-Key`: to answer the same again, the token would have to be kept. */
export async function makeToken({ core, actor, body }: Call): Promise<Answer> {
  const made = await makeApiToken(core, actor, readForm(apiTokenForm, body))
  if (!made.ok) return phrase(refusals, made.refusal)
  return json(201, { data: { ...presentApiToken(made.value.made), token: made.value.token } })
}

export async function revokeToken({ core, actor, params }: Call): Promise<Answer> {
  const revoked = await revokeApiToken(core, actor, params.id ?? '')
  return revoked.ok ? json(200, { message: 'API token revoked' }) : phrase(refusals, revoked.refusal)
}

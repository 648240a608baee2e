import { finishSignInByCode } from '../../core/sessions/finish-sign-in.ts'
import { requestPasskey, signInByPasskey } from '../../core/sessions/sign-in-by-passkey.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { presentTokens } from './auth.ts'
import { codeBody, passkeyOptionsBody, passkeySignInBody } from './factor-schema.ts'
import { refusals } from './refusals.ts'

const codeForm = compileForm(codeBody)
const optionsForm = compileForm(passkeyOptionsBody)
const passkeyForm = compileForm(passkeySignInBody)

export async function finishByCode({ core, actor, body }: Call): Promise<Answer> {
  const finished = await finishSignInByCode(core, actor, readForm(codeForm, body))
  return finished.ok ? presentTokens(finished.value) : phrase(refusals, finished.refusal)
}

export async function passkeyOptions({ core, body }: Call): Promise<Answer> {
  const requested = await requestPasskey(core, readForm(optionsForm, body ?? {}))
  return requested.ok ? json(200, { data: requested.value }) : phrase(refusals, requested.refusal)
}

export async function byPasskey({ core, actor, body }: Call): Promise<Answer> {
  const signedIn = await signInByPasskey(core, actor, readForm(passkeyForm, body))
  return signedIn.ok ? presentTokens(signedIn.value) : phrase(refusals, signedIn.refusal)
}

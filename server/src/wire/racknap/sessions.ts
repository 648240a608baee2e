import { signInByPasswordAlone } from '../../core/sessions/sign-in.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { refusals } from './refusals.ts'
import { loginBody } from './schema.ts'

const loginForm = compileForm(loginBody)

/** That an account is pending or inactive is told to whoever knows its password. */
export async function logIn({ core, actor, body }: Call): Promise<Answer> {
  const signedIn = await signInByPasswordAlone(core, actor, readForm(loginForm, body ?? {}))
  if (!signedIn.ok) return phrase(refusals, signedIn.refusal)
  const { accessToken, expiresInSeconds } = signedIn.value
  return json(200, { tokenType: 'Bearer', accessToken, expiresIn: expiresInSeconds })
}

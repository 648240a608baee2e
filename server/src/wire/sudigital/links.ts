import { resetPassword } from '../../core/credentials/reset-password.ts'
import { requestLink } from '../../core/links/request-link.ts'
import { requestEmailChange } from '../../core/users/change-email.ts'
import { sendVerification } from '../../core/users/send-verification.ts'
import { verifyEmail as verify } from '../../core/users/verify-email.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readNewPassword } from './new-password.ts'
import { refusals } from './refusals.ts'
import { addressBody, linkBody, ownEmailBody } from './schema.ts'

const addressForm = compileForm(addressBody)
const linkForm = compileForm(linkBody)
const ownEmailForm = compileForm(ownEmailBody)

export async function verifyEmail({ core, actor, body }: Call): Promise<Answer> {
  const verified = await verify(core, actor, readNewPassword(readForm(linkForm, body), 'password'))
  return verified.ok ? json(200, { message: 'Email address verified' }) : phrase(refusals, verified.refusal)
}

export async function resendVerification({ core, actor, body }: Call): Promise<Answer> {
  const requested = await requestLink(core, actor, readForm(addressForm, body), 'verify_email')
  if (!requested.ok) return phrase(refusals, requested.refusal)
  return json(202, { message: 'If this address waits to be verified, a mail is on its way' })
}

export async function forgotPassword({ core, actor, body }: Call): Promise<Answer> {
  const requested = await requestLink(core, actor, readForm(addressForm, body), 'reset_password')
  if (!requested.ok) return phrase(refusals, requested.refusal)
  return json(202, { message: 'If this address belongs to an account, a mail is on its way' })
}

export async function resetByLink({ core, actor, body }: Call): Promise<Answer> {
  const reset = await resetPassword(core, actor, readNewPassword(readForm(linkForm, body), 'password'))
  return reset.ok ? json(200, { message: 'Password updated successfully' }) : phrase(refusals, reset.refusal)
}

/** The answer does not say whether somebody has the address. */
export async function changeEmail({ core, actor, body }: Call): Promise<Answer> {
  const requested = await requestEmailChange(core, actor, readForm(ownEmailForm, body))
  if (!requested.ok) return phrase(refusals, requested.refusal)
  return json(202, { message: 'If this address can be yours, a mail to confirm it is on its way there' })
}

export async function mailVerification({ core, actor, params }: Call): Promise<Answer> {
  const sent = await sendVerification(core, actor, params.id ?? '')
  return sent.ok ? json(202, { message: 'A mail is on its way' }) : phrase(refusals, sent.refusal)
}

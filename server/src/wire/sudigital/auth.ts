import { changeOwnPassword } from '../../core/credentials/change-own-password.ts'
import { houseRule } from '../../core/credentials/password-rule.ts'
import { setPassword as set } from '../../core/credentials/set-password.ts'
import { permissionsHeldBy } from '../../core/permissions.ts'
import type { BegunSignIn } from '../../core/sessions/begin-sign-in.ts'
import { refreshSession } from '../../core/sessions/refresh-session.ts'
import { signIn } from '../../core/sessions/sign-in.ts'
import { signOut } from '../../core/sessions/sign-out.ts'
import type { SignedTokens } from '../../core/sessions/sign-tokens.ts'
import { registerUser } from '../../core/users/register-user.ts'
import type { User } from '../../core/users/user.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readNewPassword } from './new-password.ts'
import { presentUser } from './present.ts'
import { refusals } from './refusals.ts'
import { loginBody, newPasswordBody, passwordBody, refreshBody, registerBody } from './schema.ts'

const loginForm = compileForm(loginBody)
const refreshForm = compileForm(refreshBody)
const registerForm = compileForm(registerBody)
const passwordForm = compileForm(passwordBody)
const newPasswordForm = compileForm(newPasswordBody)

export async function login({ core, actor, body }: Call): Promise<Answer> {
  const signedIn = await signIn(core, actor, readForm(loginForm, body))
  if (!signedIn.ok) return phrase(refusals, signedIn.refusal)
  return signedIn.value.kind === 'begun'
    ? presentBegun(signedIn.value.challenge)
    : presentTokens(signedIn.value.session)
}

export async function refresh({ core, actor, body }: Call): Promise<Answer> {
  const refreshed = await refreshSession(core, actor, readForm(refreshForm, body))
  return refreshed.ok ? presentTokens(refreshed.value) : phrase(refusals, refreshed.refusal)
}

export async function logout({ core, actor }: Call): Promise<Answer> {
  const signedOut = await signOut(core, actor)
  return signedOut.ok ? json(200, { message: 'Signed out successfully' }) : phrase(refusals, signedOut.refusal)
}

export async function register({ core, actor, body }: Call): Promise<Answer> {
  const registered = await registerUser(core, actor, readNewPassword(readForm(registerForm, body), 'password'))
  if (!registered.ok) return phrase(refusals, registered.refusal)
  return json(202, { message: 'Registration received; follow the link that is mailed to the address' })
}

export async function changePassword({ core, actor, body }: Call): Promise<Answer> {
  const changed = await changeOwnPassword(
    core,
    actor,
    readNewPassword(readForm(passwordForm, body), 'newPassword'),
    houseRule,
  )
  return changed.ok ? json(200, { message: 'Password updated successfully' }) : phrase(refusals, changed.refusal)
}

/** A password that the user has already is set again: their sessions are to end. */
export async function setPassword({ core, actor, params, body }: Call): Promise<Answer> {
  const form = readNewPassword(readForm(newPasswordForm, body), 'newPassword')
  const done = await set(core, actor, params.id ?? '', form, { rule: houseRule, same: 'is set again' })
  return done.ok ? json(200, { message: 'Password updated successfully' }) : phrase(refusals, done.refusal)
}

/** What the caller may do, for clients that draw buttons. */
export function permissions({ actor }: Call): Answer {
  return json(200, { data: permissionsHeldBy(actor) }, { 'cache-control': 'private, no-cache' })
}

export function presentTokens({
  accessToken,
  refreshToken,
  expiresInSeconds,
  user,
}: SignedTokens & { user: User }): Answer {
  const data = { accessToken, tokenType: 'Bearer', expiresIn: expiresInSeconds, refreshToken, user: presentUser(user) }
  return json(200, { data })
}

function presentBegun({ id, steps, expiresInSeconds }: BegunSignIn): Answer {
  return json(200, { data: { challenge: { id, factors: steps, expiresIn: expiresInSeconds } } })
}

import { parseCookie, stringifySetCookie } from 'cookie'
import { refreshSession } from '../../core/sessions/refresh-session.ts'
import { signInByPasswordAlone } from '../../core/sessions/sign-in.ts'
import { signOut } from '../../core/sessions/sign-out.ts'
import type { SignedTokens } from '../../core/sessions/sign-tokens.ts'
import { type Answer, empty, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { isLoopbackHost } from '../../http/guards.ts'
import { phrase } from '../../http/phrasebook.ts'
import { refusals, unauthorized } from './refusals.ts'
import { loginBody, logoutBody } from './schema.ts'

const loginForm = compileForm(loginBody)
const logoutForm = compileForm(logoutBody)

/** That an account is pending or inactive is nobody's business here. */
export async function logIn(call: Call): Promise<Answer> {
  const { core, actor, body } = call
  const signedIn = await signInByPasswordAlone(core, actor, readForm(loginForm, body ?? {}))
  if (signedIn.ok) return presentTokens(call, signedIn.value)
  const { refusal } = signedIn
  return phrase(refusals, refusal.code === 'account_inactive' ? { code: 'wrong_credentials' } : refusal)
}

export async function refresh(call: Call): Promise<Answer> {
  const refreshToken = tokenIn(call)
  if (refreshToken === null) return unauthorized('No refresh token provided')
  const refreshed = await refreshSession(call.core, call.actor, { values: { refreshToken }, faults: [] })
  return refreshed.ok ? presentTokens(call, refreshed.value) : phrase(refusals, refreshed.refusal)
}

/** Which session ends is told by the access token; the cookie has to be there, and goes. */
export async function logOut(call: Call): Promise<Answer> {
  const { core, actor, body } = call
  const { values, faults } = readForm(logoutForm, body ?? {})
  if (faults.length > 0) return phrase(refusals, { code: 'invalid', faults })
  if (tokenIn(call) === null) return unauthorized('No refresh token provided')
  const signedOut = await signOut(core, actor, values.allDevices ? 'all_sessions' : 'this_session')
  return signedOut.ok ? empty(204, cookie(call, '', 0)) : phrase(refusals, signedOut.refusal)
}

const cookieName = 'refreshToken'

function tokenIn({ headers }: Call): string | null {
  return parseCookie(headers.cookie ?? '')[cookieName] || null
}

function presentTokens(
  call: Call,
  { accessToken, refreshToken, expiresInSeconds, refreshTokenExpiresAtMs }: SignedTokens,
): Answer {
  const tokens = { access_token: accessToken, token_type: 'Bearer', expires_in: expiresInSeconds }
  return json(200, tokens, cookie(call, refreshToken, refreshTokenExpiresAtMs))
}

/** Browsers send it to where it is spent, and nowhere else. It goes over plain http on this machine only. */
function cookie({ mount, publicUrl, nowMs }: Call, value: string, expiresAtMs: number) {
  const { protocol, hostname, pathname } = new URL(publicUrl)
  const isPlainOnLoopback = protocol === 'http:' && isLoopbackHost(hostname)
  const written = stringifySetCookie({
    name: cookieName,
    value,
    maxAge: Math.max(0, Math.floor((expiresAtMs - nowMs) / 1000)),
    path: `${pathname.replace(/\/$/, '')}${mount}/api/v1/auth`,
    expires: new Date(expiresAtMs),
    httpOnly: true,
    secure: !isPlainOnLoopback,
    sameSite: 'strict',
  })
  return { 'set-cookie': written }
}

import { ApiError } from '@sudigital/client'
import { type Explanation, explain } from '../client/words.ts'

/** Why somebody was not let in, and what they can do. */
export function explainSignIn(error: unknown): Explanation {
  if (error instanceof DOMException) return fixed(...noPasskey)
  if (!(error instanceof ApiError)) return explain(error)
  const words = wordsByCode[error.code]
  if (words !== undefined) return fixed(...words)
  if (error.status !== 429) return explain(error)
  const [title, says] = tooMany
  return { title, says, retryAfter: error.retryAfter, mayPass: true }
}

/** Whether the second step is to be begun anew, with the first. */
export function isChallengeOver(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'CHALLENGE_OVER' || error.code === 'INVALID_CREDENTIALS')
}

type Words = readonly [title: string, says: string]

const tooMany: Words = [
  'Too many attempts',
  'So that nobody can guess passwords, there is a pause now. It is over by itself; nothing has happened to the account.',
]

const noPasskey: Words = [
  'No passkey was used',
  'None was chosen in time, or this browser has none for this site. Try again, or sign in another way.',
]

const wordsByCode: Readonly<Record<string, Words>> = {
  INVALID_CREDENTIALS: [
    'The address or the password is wrong',
    'Look for slips in both. Whoever has forgotten their password can choose another.',
  ],
  ACCOUNT_INACTIVE: [
    'This account is not active',
    'If you signed up lately, follow the link in the mail that was sent to you. If an administrator has deactivated the account, they alone can let you in again.',
  ],
  INVALID_CODE: [
    'That code is not right',
    'Its time may be over, or it was used before. Type the one that is shown now.',
  ],
  CHALLENGE_OVER: [
    'Please begin again',
    'Too many codes were wrong, or too much time has passed. Nothing has happened to the account.',
  ],
  INVALID_PASSKEY: [
    'This passkey is not known here',
    'It may have been removed from the account. Sign in another way.',
  ],
  PASSWORD_NEEDED: [
    'This once it takes the password, too',
    'The password has changed since this passkey was used last. Sign in with the password, then with the passkey.',
  ],
  PASSKEYS_IMPOSSIBLE: ['Passkeys do not work at this address', 'Sign in with your password.'],
}

function fixed(title: string, says: string): Explanation {
  return { title, says, retryAfter: null, mayPass: false }
}

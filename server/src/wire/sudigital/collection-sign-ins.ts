import { type Step, variable } from '../../http/collection.ts'

/* What a run of the collection does with second factors and sessions. Who does it is somebody whom the run has made. */

/** What an authenticator app shows at the moment (RFC 6238), by the secret in the answer. */
const showCode = [
  "const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'",
  "const bits = [...pm.response.json().data.secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('')",
  "const secret = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2).toString(16).padStart(2, '0')).join('')",
  "const step = Math.floor(Date.now() / 30000).toString(16).padStart(16, '0')",
  "const hashes = require('crypto-js')",
  'const digest = hashes.HmacSHA1(hashes.enc.Hex.parse(step), hashes.enc.Hex.parse(secret)).toString()',
  'const place = parseInt(digest.slice(-1), 16) * 2',
  "const code = String((parseInt(digest.slice(place, place + 8), 16) & 0x7fffffff) % 1000000).padStart(6, '0')",
  "pm.collectionVariables.set('code', code)",
]

const strangeAttestation = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  response: { clientDataJSON: 'e30', attestationObject: 'AAAA' },
}

export const factorSteps: readonly Step[] = [
  {
    operation: 'enrolTotp',
    as: 'memberToken',
    body: { name: 'Phone' },
    status: [200],
    keeps: { factorId: 'data.factor.id' },
    after: showCode,
  },
  { operation: 'confirmTotp', as: 'memberToken', body: { code: '{{code}}' }, status: [200] },
  {
    operation: 'makeRecoveryCodes',
    as: 'memberToken',
    status: [200],
    keeps: { recoveryCode: 'data.recoveryCodes[0]' },
  },
  { operation: 'listOwnFactors', as: 'memberToken', status: [200] },
  { operation: 'listFactors', params: { id: '{{memberId}}' }, status: [200] },
  {
    operation: 'signIn',
    says: 'Sign in with a second factor',
    body: { email: 'member-{{run}}@example.com', password: `${variable('password')}+` },
    status: [200],
    keeps: { challengeId: 'data.challenge.id' },
  },
  {
    operation: 'finishSignInByCode',
    says: 'Finish it by a recovery code',
    body: { challengeId: '{{challengeId}}', code: '{{recoveryCode}}' },
    status: [200],
    keeps: { memberToken: 'data.accessToken' },
  },
  { operation: 'offerPasskey', as: 'memberToken', body: {}, status: [200, 409] },
  {
    operation: 'addPasskey',
    as: 'memberToken',
    body: { challengeId: 'nobody-began-this', credential: strangeAttestation, name: 'Laptop' },
    status: [400, 401],
  },
  { operation: 'removeOwnFactor', as: 'memberToken', params: { fid: '{{factorId}}' }, status: [200] },
  /** It is gone already. */
  { operation: 'removeFactor', params: { id: '{{memberId}}', fid: '{{factorId}}' }, status: [404] },
]

const signInAgain: Step = {
  operation: 'signIn',
  says: 'Sign in once more',
  body: { email: 'member-{{run}}@example.com', password: `${variable('password')}+` },
  status: [200],
  keeps: { otherToken: 'data.accessToken' },
}

const keepOtherSession = [
  'const other = pm.response.json().data.find(({ current }) => !current)',
  "if (other) pm.collectionVariables.set('sessionId', other.id)",
]

export const sessionSteps: readonly Step[] = [
  signInAgain,
  { operation: 'listOwnSessions', as: 'otherToken', status: [200], after: keepOtherSession },
  { operation: 'revokeOwnSession', as: 'otherToken', params: { sid: '{{sessionId}}' }, status: [200] },
  signInAgain,
  { operation: 'revokeOwnSessions', as: 'otherToken', query: { keep: 'current' }, status: [200] },
  {
    operation: 'listSessions',
    params: { id: '{{memberId}}' },
    status: [200],
    keeps: { sessionId: 'data[0].id' },
  },
  { operation: 'revokeSession', params: { id: '{{memberId}}', sid: '{{sessionId}}' }, status: [200] },
  { operation: 'revokeSessions', params: { id: '{{memberId}}' }, status: [200] },
]

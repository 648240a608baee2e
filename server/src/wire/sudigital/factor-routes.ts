import { del, get, post, type Route } from '../../http/contract.ts'
import { messageAnswer, tokensAnswer } from './answers.ts'
import {
  addedFactorAnswer,
  factorsPageAnswer,
  passkeyCreationAnswer,
  passkeyRequestAnswer,
  recoveryCodesAnswer,
  totpAnswer,
} from './factor-answers.ts'
import {
  codeBody,
  confirmationBody,
  factorParams,
  passkeyBody,
  passkeyOfferBody,
  passkeyOptionsBody,
  passkeySignInBody,
  totpBody,
} from './factor-schema.ts'
import {
  confirmApp,
  enrolApp,
  listMine,
  listTheirs,
  newPasskey,
  newRecoveryCodes,
  passkeyOffer,
  removeMine,
  removeTheirs,
} from './factors.ts'
import { factorsQuery, userParams } from './questions.ts'
import { byPasskey, finishByCode, passkeyOptions } from './second-step.ts'

const proofNote =
  'Takes a sign-in of the last ten minutes; as long as there is no confirmed factor, `currentPassword` does as well.'

/** The second step of signing in, and signing in by passkey. */
export const secondStepRoutes: readonly Route[] = [
  post('/api/auth/mfa', finishByCode, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [200, 400, 401, 429],
    summary: 'Finish a sign-in by a code',
    name: 'finishSignInByCode',
    tag: 'Authentication',
    schema: { body: codeBody, answer: { 200: tokensAnswer } },
    description: 'Of an authenticator app, or a recovery code. Five may be tried; then sign in again.',
  }),
  post('/api/auth/passkey/options', passkeyOptions, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [200, 400, 401, 409],
    summary: 'Ask what a passkey has to sign',
    name: 'requestPasskey',
    tag: 'Authentication',
    schema: { body: passkeyOptionsBody, answer: { 200: passkeyRequestAnswer } },
    description: 'With a `challengeId`, to finish that sign-in; without one, to sign in by passkey alone.',
  }),
  post('/api/auth/passkey', byPasskey, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [200, 400, 401, 403],
    summary: 'Sign in by passkey, or finish a sign-in by one',
    name: 'signInByPasskey',
    tag: 'Authentication',
    schema: { body: passkeySignInBody, answer: { 200: tokensAnswer } },
  }),
]

/** What guards one's own account. */
export const ownFactorRoutes: readonly Route[] = [
  get('/api/users/me/factors', listMine, {
    needs: 'session',
    answers: [200, 400, 401, 403],
    summary: "List the caller's factors",
    name: 'listOwnFactors',
    tag: 'Factors',
    schema: { query: factorsQuery, answer: { 200: factorsPageAnswer } },
  }),
  post('/api/users/me/factors/totp', enrolApp, {
    needs: 'session',
    body: 'json',
    answers: [200, 400, 401, 403, 409, 429, 503],
    summary: 'Begin to set up an authenticator app',
    name: 'enrolTotp',
    tag: 'Factors',
    schema: { body: totpBody, answer: { 200: totpAnswer } },
    description: `It is asked for at sign-in once it is confirmed, for which there is half an hour. ${proofNote}`,
  }),
  post('/api/users/me/factors/totp/confirm', confirmApp, {
    needs: 'session',
    body: 'json',
    answers: [200, 400, 401, 403, 404],
    summary: 'Confirm the authenticator app by one of its codes',
    name: 'confirmTotp',
    tag: 'Factors',
    schema: { body: confirmationBody, answer: { 200: addedFactorAnswer } },
    description: 'With the first factor come recovery codes, and all other sessions of the caller end.',
  }),
  post('/api/users/me/factors/passkeys/options', passkeyOffer, {
    needs: 'session',
    body: 'json',
    answers: [200, 400, 401, 403, 409, 429, 503],
    summary: 'Ask what a new passkey has to be like',
    name: 'offerPasskey',
    tag: 'Factors',
    schema: { body: passkeyOfferBody, answer: { 200: passkeyCreationAnswer } },
    description: proofNote,
  }),
  post('/api/users/me/factors/passkeys', newPasskey, {
    needs: 'session',
    body: 'json',
    answers: [200, 400, 401, 403, 409],
    summary: 'Add the passkey that was made',
    name: 'addPasskey',
    tag: 'Factors',
    schema: { body: passkeyBody, answer: { 200: addedFactorAnswer } },
    description: 'With the first factor come recovery codes, and all other sessions of the caller end.',
  }),
  post('/api/users/me/factors/recovery-codes', newRecoveryCodes, {
    needs: 'session',
    answers: [200, 401, 403, 409],
    summary: 'Make new recovery codes in place of the old ones',
    name: 'makeRecoveryCodes',
    tag: 'Factors',
    schema: { answer: { 200: recoveryCodesAnswer } },
    description: 'Takes a sign-in of the last ten minutes.',
  }),
  del('/api/users/me/factors/:fid', removeMine, {
    needs: 'session',
    answers: [200, 400, 401, 403, 404],
    summary: "Remove one of the caller's factors",
    name: 'removeOwnFactor',
    tag: 'Factors',
    schema: { params: factorParams, answer: { 200: messageAnswer } },
    description: 'Takes a sign-in of the last ten minutes. Recovery codes go with the last factor.',
  }),
]

/** What guards the accounts of others, for admins. */
export const factorRoutes: readonly Route[] = [
  get('/api/users/:id/factors', listTheirs, {
    needs: 'factors:manage',
    inPerson: true,
    answers: [200, 400, 401, 403, 404],
    summary: "List a user's factors",
    name: 'listFactors',
    tag: 'Factors',
    schema: { params: userParams, query: factorsQuery, answer: { 200: factorsPageAnswer } },
  }),
  del('/api/users/:id/factors/:fid', removeTheirs, {
    needs: 'factors:manage',
    inPerson: true,
    answers: [200, 400, 401, 403, 404],
    summary: "Remove a user's factor",
    name: 'removeFactor',
    tag: 'Factors',
    schema: { params: factorParams, answer: { 200: messageAnswer } },
    description: 'All sessions of the user end.',
  }),
]

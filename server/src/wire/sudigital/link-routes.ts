import { post, type Route } from '../../http/contract.ts'
import { messageAnswer } from './answers.ts'
import { setPassword } from './auth.ts'
import { changeEmail, forgotPassword, mailVerification, resendVerification, resetByLink, verifyEmail } from './links.ts'
import { userParams } from './questions.ts'
import { addressBody, linkBody, newPasswordBody, ownEmailBody } from './schema.ts'

const silenceNote =
  'The answer is the same whether anybody has the address or not. One mail a minute and five a day are sent to an address.'

/** What a stranger does with an address, or with the link that was mailed there. */
export const mailedLinkRoutes: readonly Route[] = [
  post('/api/auth/verify-email', verifyEmail, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [200, 400, 409, 429, 503],
    summary: 'Verify an e-mail address',
    name: 'verifyEmail',
    tag: 'Authentication',
    schema: { body: linkBody, answer: { 200: messageAnswer } },
    description: [
      "With the token of the link that was mailed there, and the account's password, or a new one: that voids the one it had, and ends all sessions.",
      "A pending account is active from then on. For a new address of one's own it takes the password that one has.",
    ].join(' '),
  }),
  post('/api/auth/resend-verification', resendVerification, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [202, 400],
    summary: 'Ask for another link that verifies an address',
    name: 'resendVerification',
    tag: 'Authentication',
    schema: { body: addressBody, answer: { 202: messageAnswer } },
    description: silenceNote,
  }),
  post('/api/auth/forgot-password', forgotPassword, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [202, 400],
    summary: 'Ask for a link that sets another password',
    name: 'forgotPassword',
    tag: 'Authentication',
    schema: { body: addressBody, answer: { 202: messageAnswer } },
    description: silenceNote,
  }),
  post('/api/auth/reset-password', resetByLink, {
    needs: 'nobody',
    limit: 'auth',
    body: 'json',
    answers: [200, 400, 503],
    summary: 'Set another password by a mailed link',
    name: 'resetPassword',
    tag: 'Authentication',
    schema: { body: linkBody, answer: { 200: messageAnswer } },
    description: 'Ends all sessions and voids all other links. It signs nobody in.',
  }),
]

/** One's own address. */
export const ownEmailRoute: Route = post('/api/users/me/email', changeEmail, {
  needs: 'users:update',
  reach: 'own',
  inPerson: true,
  limit: 'users-update',
  body: 'json',
  repeatable: true,
  answers: [202, 400, 401, 403, 422, 429, 503],
  summary: "Ask for another e-mail address of the caller's",
  name: 'changeOwnEmail',
  tag: 'Me',
  schema: { body: ownEmailBody, answer: { 202: messageAnswer } },
  description:
    'It takes effect when the link that is mailed to the new address is followed, by `POST /api/auth/verify-email`; the old address is told then. The answer is the same whether somebody has the address or not.',
})

export const verificationRoute: Route = post('/api/users/:id/verification', mailVerification, {
  needs: 'users:create',
  limit: 'users-create',
  repeatable: true,
  answers: [202, 400, 401, 403, 404, 409, 422],
  summary: "Mail the link that verifies a user's address again",
  name: 'sendVerification',
  tag: 'Users',
  schema: { params: userParams, answer: { 202: messageAnswer } },
})

export const setPasswordRoute: Route = post('/api/users/:id/password', setPassword, {
  needs: 'users:roles',
  reach: 'others',
  inPerson: true,
  limit: 'users-update',
  body: 'json',
  repeatable: true,
  answers: [200, 400, 401, 403, 404, 422, 503],
  summary: "Set a user's password",
  name: 'setPassword',
  tag: 'Users',
  schema: { params: userParams, body: newPasswordBody, answer: { 200: messageAnswer } },
  description: "Ends all sessions of the user. One's own is changed by `PUT /api/users/me/password`.",
})

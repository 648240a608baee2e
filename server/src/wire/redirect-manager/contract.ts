import { type About, type Contract, del, get, patch, post, put } from '../../http/contract.ts'
import { refusalAnswer, tokenAnswer, userAnswer, userParams, usersAnswer, usersQuery } from './answers.ts'
import { refusals } from './refusals.ts'
import { createBody, loginBody, logoutBody, passwordBody, roleBody } from './schema.ts'
import { logIn, logOut, refresh } from './sessions.ts'
import { changePassword, changeRole, create, list, remove, uncommonPassword } from './users.ts'

const about: About = {
  title: 'Roster: Redirect Manager users',
  description: [
    "The users API of Redirect Manager, spoken over Roster's directory: people by username, ADMIN or USER.",
    'The refresh token is in a cookie, the access token in the answer; it works in every contract.',
  ].join(' '),
  tags: { Authentication: 'Signing in and out.', Users: 'People and their roles.' },
  refusal: { type: 'application/json', schema: refusalAnswer },
  recordings: new URL('./examples/', import.meta.url),
}

const logInFacts = {
  needs: 'nobody',
  limit: 'auth',
  body: 'json',
  answers: [200, 400, 401, 429, 503],
  tag: 'Authentication',
  schema: { body: loginBody, answer: { 200: tokenAnswer } },
  gives: ['set-cookie'],
} as const

const passwordFacts = {
  needs: 'session',
  body: 'json',
  answers: [204, 400, 401, 403, 429, 503],
  tag: 'Users',
  schema: { body: passwordBody },
} as const

const roleFacts = {
  needs: 'users:roles',
  inPerson: true,
  reach: 'others',
  body: 'json',
  answers: [200, 400, 401, 403, 404, 409],
  tag: 'Users',
  schema: { params: userParams, body: roleBody, answer: { 200: userAnswer } },
} as const

const documentedVerb = 'The documentation of the product shows no verb; `PATCH` is the one that its code has.'

/** People by username, with two roles. Sessions are kept in a cookie, and nothing else does: its documentation refuses API tokens. */
export const redirectManager: Contract = {
  name: 'redirect-manager',
  mount: '/redirect-manager',
  refusals,
  passwordRule: uncommonPassword,
  limit: 'other',
  about,
  routes: [
    post('/api/v1/auth/login', logIn, { ...logInFacts, summary: 'Sign in', name: 'signIn' }),
    post('/auth/login', logIn, {
      ...logInFacts,
      summary: 'Sign in, at the address that the documentation names',
      name: 'signInAtDocumentedAddress',
    }),
    post('/api/v1/auth/refresh', refresh, {
      needs: 'nobody',
      limit: 'auth',
      answers: [200, 401],
      summary: 'Trade the refresh token in the cookie for new tokens',
      name: 'refreshTokens',
      tag: 'Authentication',
      schema: { answer: { 200: tokenAnswer } },
      gives: ['set-cookie'],
    }),
    post('/api/v1/auth/logout', logOut, {
      needs: 'session',
      limit: 'auth',
      body: 'json',
      answers: [204, 400, 401, 403],
      summary: 'End the calling session, or all sessions of the caller',
      name: 'signOut',
      tag: 'Authentication',
      schema: { body: logoutBody },
      gives: ['set-cookie'],
    }),

    get('/api/v1/users', list, {
      needs: 'users:list',
      inPerson: true,
      answers: [200, 400, 401, 403],
      summary: 'List all users in order of creation',
      name: 'listUsers',
      tag: 'Users',
      schema: { query: usersQuery, answer: { 200: usersAnswer } },
      gives: ['link'],
      description:
        'The whole list is streamed. With `limit` or `cursor` it comes in pages, the next of which `Link` names.',
    }),
    post('/api/v1/users', create, {
      needs: 'users:create',
      inPerson: true,
      body: 'json',
      answers: [201, 400, 401, 403, 409, 503],
      summary: 'Create a user',
      name: 'createUser',
      tag: 'Users',
      schema: { body: createBody, answer: { 201: userAnswer } },
      leadsTo: { operations: ['updateUserRole', 'deleteUser'], id: '/id' },
    }),
    patch('/api/v1/users/password', changePassword, {
      ...passwordFacts,
      summary: "Change the caller's password",
      name: 'changePassword',
    }),
    put('/api/v1/users/password', changePassword, {
      ...passwordFacts,
      summary: "Change the caller's password",
      name: 'changePasswordByPut',
      description: documentedVerb,
    }),
    post('/api/v1/users/password', changePassword, {
      ...passwordFacts,
      summary: "Change the caller's password",
      name: 'changePasswordByPost',
      description: documentedVerb,
    }),
    patch('/api/v1/users/:id/role', changeRole, {
      ...roleFacts,
      summary: "Change a user's role",
      name: 'updateUserRole',
    }),
    put('/api/v1/users/:id/role', changeRole, {
      ...roleFacts,
      summary: "Change a user's role",
      name: 'updateUserRoleByPut',
      description: documentedVerb,
    }),
    del('/api/v1/users/:id', remove, {
      needs: 'users:delete',
      inPerson: true,
      reach: 'others',
      answers: [204, 401, 403, 404, 409],
      summary: 'Delete a user',
      name: 'deleteUser',
      tag: 'Users',
      schema: { params: userParams },
    }),
  ],
}

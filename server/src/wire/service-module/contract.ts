import { type About, type Contract, del, patch, post, put } from '../../http/contract.ts'
import { refusalAnswer, tokenAnswer, userParams } from './answers.ts'
import { refusals } from './refusals.ts'
import { describedPasswordBody, loginBody, updateBody } from './schema.ts'
import { changePassword, create, longPassword, remove, token, update } from './users.ts'

const about: About = {
  title: 'Roster: service module',
  description: [
    "The users API of a service that knows people by their e-mail address, spoken over Roster's directory. Only admins manage people.",
    'Calls without a token that stands are counted by address; whoever has one makes as many calls as they like.',
  ].join(' '),
  tags: { Authentication: 'Obtaining a token.', Users: 'People, by e-mail address.' },
  refusal: { type: 'application/json', schema: refusalAnswer, statuses: [400] },
  recordings: new URL('./examples/', import.meta.url),
}

/** Answers without a body, and people by e-mail address. Nothing here can be read back. */
export const serviceModule: Contract = {
  name: 'service-module',
  mount: '/service-module',
  refusals,
  passwordRule: longPassword,
  strangersLimit: 'anonymous',
  about,
  routes: [
    post('/api/auth/token', token, {
      needs: 'nobody',
      body: 'json',
      answers: [200, 400, 401, 429, 503],
      summary: 'Obtain a token',
      name: 'createToken',
      tag: 'Authentication',
      schema: { body: loginBody, answer: { 200: tokenAnswer } },
    }),
    post('/api/users', create, {
      needs: 'users:create',
      body: 'json',
      answers: [201, 400, 401, 403, 409, 503],
      summary: 'Create a user',
      name: 'createUser',
      tag: 'Users',
      schema: { body: loginBody },
    }),
    put('/api/users/:email', update, {
      needs: 'users:roles',
      body: 'json',
      answers: [204, 400, 401, 403, 404, 409],
      summary: 'Promote, demote, activate or deactivate a user',
      name: 'updateUser',
      tag: 'Users',
      schema: { params: userParams, body: updateBody },
    }),
    patch('/api/users/:email', changePassword, {
      needs: 'users:roles',
      inPerson: true,
      body: 'json',
      answers: [204, 400, 401, 403, 404, 409, 503],
      summary: "Change a user's password",
      name: 'changePassword',
      tag: 'Users',
      schema: { params: userParams, body: describedPasswordBody },
      description: 'Ends all sessions of the user. 409 if it is the password that the user has already.',
    }),
    del('/api/users/:email', remove, {
      needs: 'users:delete',
      answers: [204, 400, 401, 403, 404, 409],
      summary: 'Delete a user for good',
      name: 'deleteUser',
      tag: 'Users',
      schema: { params: userParams },
    }),
  ],
}

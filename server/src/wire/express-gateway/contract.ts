import { type About, type Contract, del, get, post, put } from '../../http/contract.ts'
import { refusalAnswer, statusAnswer, userAnswer, userParams, usersAnswer, usersQuery } from './answers.ts'
import { refusals } from './refusals.ts'
import { createBody, statusBody, updateBody } from './schema.ts'
import { create, list, read, remove, setStatus, update } from './users.ts'

const about: About = {
  title: 'Roster: Express Gateway users',
  description:
    "The user half of Express Gateway's administration API (1.16.11), spoken over Roster's directory. A no is bare text. The same bearer token works as in the house contract; only admins are let in.",
  tags: { Users: 'People, by username or id.' },
  refusal: { type: 'text/plain', schema: refusalAnswer },
  recordings: new URL('./examples/', import.meta.url),
}

/** The user half of Express Gateway's administration API (1.16.11), for its command line and for programs written against it. Admins only. */
export const expressGateway: Contract = {
  name: 'express-gateway',
  mount: '/express-gateway',
  refusals,
  limit: 'other',
  about,
  routes: [
    get('/users', list, {
      needs: 'users:list',
      answers: [200, 400, 401, 403],
      summary: 'List users in order of creation',
      name: 'listUsers',
      tag: 'Users',
      schema: { query: usersQuery, answer: { 200: usersAnswer } },
    }),
    post('/users', create, {
      needs: 'users:create',
      body: 'json',
      answers: [200, 400, 401, 403, 409],
      summary: 'Create a user',
      name: 'createUser',
      tag: 'Users',
      schema: { body: createBody, answer: { 200: userAnswer } },
      leadsTo: { operations: ['readUser', 'updateUser', 'deleteUser', 'setUserStatus'], id: '/id' },
    }),
    get('/users/:id', read, {
      needs: 'users:list',
      answers: [200, 401, 403, 404],
      summary: 'Read a user by username or id',
      name: 'readUser',
      tag: 'Users',
      schema: { params: userParams, answer: { 200: userAnswer } },
    }),
    /** Whoever looks for somebody by name has to be allowed to list people, before they may change one. */
    put('/users/:id', update, {
      needs: 'users:list',
      body: 'json',
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Update a user by username or id',
      name: 'updateUser',
      tag: 'Users',
      schema: { params: userParams, body: updateBody, answer: { 200: userAnswer } },
    }),
    del('/users/:id', remove, {
      needs: 'users:delete',
      answers: [204, 401, 403, 404, 409],
      summary: 'Delete a user for good',
      name: 'deleteUser',
      tag: 'Users',
      schema: { params: userParams },
    }),
    put('/users/:id/status', setStatus, {
      needs: 'users:roles',
      body: 'json',
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Activate or deactivate a user',
      name: 'setUserStatus',
      tag: 'Users',
      schema: { params: userParams, body: statusBody, answer: { 200: statusAnswer } },
    }),
    /** The verb that the product's first documentation gave by mistake. */
    del('/users/:id/status', setStatus, {
      needs: 'users:roles',
      body: 'json',
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Activate or deactivate a user',
      name: 'setUserStatusByDelete',
      tag: 'Users',
      schema: { params: userParams, body: statusBody, answer: { 200: statusAnswer } },
      description: "The verb of the product's first documentation; `PUT` means the same.",
    }),
  ],
}

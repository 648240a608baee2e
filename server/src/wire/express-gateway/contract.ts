import { type Contract, del, get, post, put } from '../../http/contract.ts'
import { refusals } from './refusals.ts'
import { createBody, statusBody, updateBody } from './schema.ts'
import { create, list, read, remove, setStatus, update } from './users.ts'

/** The user half of Express Gateway's administration API (1.16.11), for its command line and for programs written against it. Admins only. */
export const expressGateway: Contract = {
  name: 'express-gateway',
  mount: '/express-gateway',
  refusals,
  limit: 'other',
  routes: [
    get('/users', list, {
      needs: 'users:list',
      answers: [200, 400, 401, 403],
      summary: 'List users in order of creation',
    }),
    post('/users', create, {
      needs: 'users:create',
      body: 'json',
      schema: { body: createBody },
      answers: [200, 400, 401, 403, 409],
      summary: 'Create a user',
    }),
    get('/users/:id', read, {
      needs: 'users:list',
      answers: [200, 401, 403, 404],
      summary: 'Read a user by username or id',
    }),
    /** Whoever looks for somebody by name has to be allowed to list people, before they may change one. */
    put('/users/:id', update, {
      needs: 'users:list',
      body: 'json',
      schema: { body: updateBody },
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Update a user by username or id',
    }),
    del('/users/:id', remove, {
      needs: 'users:delete',
      answers: [204, 401, 403, 404, 409],
      summary: 'Delete a user for good',
    }),
    put('/users/:id/status', setStatus, {
      needs: 'users:roles',
      body: 'json',
      schema: { body: statusBody },
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Activate or deactivate a user',
    }),
    /** The verb that the product's first documentation gave by mistake. */
    del('/users/:id/status', setStatus, {
      needs: 'users:roles',
      body: 'json',
      schema: { body: statusBody },
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Activate or deactivate a user',
    }),
  ],
}

import { type Contract, del, get, patch, post, put } from '../../http/contract.ts'
import { activity, myActivity } from './activity.ts'
import { changePassword, login, logout, permissions, refresh, register } from './auth.ts'
import { refusals } from './refusals.ts'
import { createBody, loginBody, passwordBody, refreshBody, registerBody, updateBody } from './schema.ts'
import { create, list, read, readMe, remove, restore, update, updateMe } from './users.ts'

/** The house contract: what the console and the SDKs speak, and what grows with the product. */
export const sudigital: Contract = {
  name: 'sudigital',
  mount: '/',
  refusals,
  limit: 'other',
  routes: [
    post('/api/auth/login', login, {
      needs: 'nobody',
      limit: 'auth',
      body: 'json',
      schema: { body: loginBody },
      answers: [200, 400, 401, 403, 429, 503],
      summary: 'Sign in',
    }),
    post('/api/auth/refresh', refresh, {
      needs: 'nobody',
      limit: 'auth',
      body: 'json',
      schema: { body: refreshBody },
      answers: [200, 400, 401],
      summary: 'Trade a refresh token for a new pair',
    }),
    post('/api/auth/logout', logout, {
      needs: 'session',
      limit: 'auth',
      answers: [200, 401],
      summary: 'End the calling session',
    }),
    post('/api/auth/register', register, {
      needs: 'nobody',
      limit: 'auth',
      body: 'json',
      schema: { body: registerBody },
      answers: [202, 400, 503],
      summary: 'Ask for an account',
    }),
    get('/api/auth/me/permissions', permissions, {
      needs: 'session',
      answers: [200, 401, 403],
      summary: 'What the caller may do',
    }),

    get('/api/users', list, {
      needs: 'users:list',
      limit: 'users-list',
      answers: [200, 400, 401, 403],
      summary: 'List users',
    }),
    post('/api/users', create, {
      needs: 'users:create',
      limit: 'users-create',
      body: 'json',
      schema: { body: createBody },
      answers: [201, 400, 401, 403, 409, 503],
      summary: 'Create a user',
    }),
    get('/api/users/me', readMe, {
      needs: 'users:read',
      reach: 'own',
      answers: [200, 304, 400, 401, 403],
      summary: 'Read the caller',
    }),
    put('/api/users/me', updateMe, {
      needs: 'users:update',
      reach: 'own',
      limit: 'users-update',
      body: 'merge-patch',
      schema: { body: updateBody },
      answers: [200, 400, 401, 403, 409, 412],
      summary: 'Update the caller',
    }),
    patch('/api/users/me', updateMe, {
      needs: 'users:update',
      reach: 'own',
      limit: 'users-update',
      body: 'merge-patch',
      schema: { body: updateBody },
      answers: [200, 400, 401, 403, 409, 412],
      summary: 'Update the caller by merge patch',
    }),
    put('/api/users/me/password', changePassword, {
      needs: 'session',
      limit: 'users-update',
      body: 'json',
      schema: { body: passwordBody },
      answers: [200, 400, 401, 403, 429, 503],
      summary: "Change the caller's password",
    }),
    get('/api/users/me/activity', myActivity, {
      needs: 'users:read',
      reach: 'own',
      answers: [200, 400, 401, 403],
      summary: "List the caller's activity",
    }),
    get('/api/users/:id', read, {
      needs: 'users:read',
      reach: 'own',
      answers: [200, 304, 400, 401, 403, 404],
      summary: 'Read a user',
    }),
    put('/api/users/:id', update, {
      needs: 'users:update',
      reach: 'own',
      limit: 'users-update',
      body: 'merge-patch',
      schema: { body: updateBody },
      answers: [200, 400, 401, 403, 404, 409, 412],
      summary: 'Update a user',
    }),
    patch('/api/users/:id', update, {
      needs: 'users:update',
      reach: 'own',
      limit: 'users-update',
      body: 'merge-patch',
      schema: { body: updateBody },
      answers: [200, 400, 401, 403, 404, 409, 412],
      summary: 'Update a user by merge patch',
    }),
    del('/api/users/:id', remove, {
      needs: 'users:delete',
      limit: 'users-delete',
      answers: [200, 400, 401, 403, 404, 409, 412],
      summary: 'Delete a user',
    }),
    post('/api/users/:id/restore', restore, {
      needs: 'users:delete',
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Restore a deleted user',
    }),
    get('/api/users/:id/activity', activity, {
      needs: 'users:read',
      reach: 'own',
      answers: [200, 400, 401, 403, 404],
      summary: "List a user's activity",
    }),
  ],
}

import { del, get, post, type Route } from '../../http/contract.ts'
import { apiTokensPageAnswer, messageAnswer, newApiTokenAnswer } from './answers.ts'
import { listTokens, makeToken, revokeToken } from './api-tokens.ts'
import { apiTokenParams, apiTokensQuery } from './questions.ts'
import { apiTokenBody } from './schema.ts'

/** What programs call with; who makes and revokes it is there in person. */
export const apiTokenRoutes: readonly Route[] = [
  get('/api/tokens', listTokens, {
    needs: 'session',
    answers: [200, 400, 401, 403, 404],
    summary: 'List API tokens',
    name: 'listApiTokens',
    tag: 'API tokens',
    schema: { query: apiTokensQuery, answer: { 200: apiTokensPageAnswer } },
  }),
  post('/api/tokens', makeToken, {
    needs: 'session',
    body: 'json',
    answers: [201, 400, 401, 403, 409],
    summary: 'Make an API token',
    name: 'createApiToken',
    tag: 'API tokens',
    schema: { body: apiTokenBody, answer: { 201: newApiTokenAnswer } },
    description: 'The only answer that ever shows `token`.',
    leadsTo: { operations: ['revokeApiToken'], id: '/data/id' },
  }),
  del('/api/tokens/:id', revokeToken, {
    needs: 'session',
    answers: [200, 400, 401, 403, 404],
    summary: 'Revoke an API token',
    name: 'revokeApiToken',
    tag: 'API tokens',
    schema: { params: apiTokenParams, answer: { 200: messageAnswer } },
  }),
]

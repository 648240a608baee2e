import { del, get, type Route } from '../../http/contract.ts'
import { revokedAnswer, sessionRevokedAnswer, sessionsPageAnswer } from './answers.ts'
import { ownSessionParams, revocationQuery, sessionParams, sessionsQuery, userParams } from './questions.ts'
import { list, listOwn, revoke, revokeAll, revokeAllOwn, revokeOwn } from './sessions.ts'

const othersNote = 'It takes the permission `sessions:manage`'

export const sessionRoutes: readonly Route[] = [
  get('/api/users/me/sessions', listOwn, {
    needs: 'users:read',
    reach: 'own',
    answers: [200, 400, 401, 403],
    summary: 'List where the caller is signed in',
    name: 'listOwnSessions',
    tag: 'Sessions',
    schema: { query: sessionsQuery, answer: { 200: sessionsPageAnswer } },
  }),
  del('/api/users/me/sessions', revokeAllOwn, {
    needs: 'session',
    answers: [200, 400, 401, 403],
    summary: "End the caller's sessions",
    name: 'revokeOwnSessions',
    tag: 'Sessions',
    schema: { query: revocationQuery, answer: { 200: revokedAnswer } },
    description: 'All of them, or all but the calling one.',
  }),
  del('/api/users/me/sessions/:sid', revokeOwn, {
    needs: 'session',
    answers: [200, 400, 401, 403, 404],
    summary: "End one of the caller's sessions",
    name: 'revokeOwnSession',
    tag: 'Sessions',
    schema: { params: ownSessionParams, answer: { 200: sessionRevokedAnswer } },
  }),
  get('/api/users/:id/sessions', list, {
    needs: 'users:read',
    reach: 'own',
    answers: [200, 400, 401, 403, 404],
    summary: 'List where a user is signed in',
    name: 'listSessions',
    tag: 'Sessions',
    schema: { params: userParams, query: sessionsQuery, answer: { 200: sessionsPageAnswer } },
    description: `${othersNote} to see those of others.`,
  }),
  del('/api/users/:id/sessions', revokeAll, {
    needs: 'users:read',
    reach: 'own',
    inPerson: true,
    answers: [200, 400, 401, 403, 404],
    summary: "End a user's sessions",
    name: 'revokeSessions',
    tag: 'Sessions',
    schema: { params: userParams, query: revocationQuery, answer: { 200: revokedAnswer } },
    description: `${othersNote} to end those of others.`,
  }),
  del('/api/users/:id/sessions/:sid', revoke, {
    needs: 'users:read',
    reach: 'own',
    inPerson: true,
    answers: [200, 400, 401, 403, 404],
    summary: "End one of a user's sessions",
    name: 'revokeSession',
    tag: 'Sessions',
    schema: { params: sessionParams, answer: { 200: sessionRevokedAnswer } },
    description: `${othersNote} to end those of others.`,
  }),
]

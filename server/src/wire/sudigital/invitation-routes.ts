import { limits } from '../../core/limits.ts'
import { del, get, post, type Route } from '../../http/contract.ts'
import { messageAnswer } from './answers.ts'
import { batch, invitationsIn } from './invitation-batch.ts'
import {
  acceptanceBody,
  invitationAnswer,
  invitationBatchAnswer,
  invitationBatchBody,
  invitationBatchQuery,
  invitationCsv,
  invitationParams,
  invitationsPageAnswer,
  invitationsQuery,
  inviteBody,
  revokedAnswer,
} from './invitation-shapes.ts'
import { accept, invite, inviteUser, list, read, resend, revoke } from './invitations.ts'
import { userParams } from './questions.ts'

const leadsTo = { operations: ['readInvitation', 'resendInvitation', 'revokeInvitation'], id: '/data/id' }

const inviteNote = [
  'Makes a pending user and mails them a link, with which they choose a password.',
  'Whoever is pending already, and has no invitation that can still be accepted, is invited as they are: role and names are set as sent, and a password that they have is forgotten.',
  '200 says that an invitation which had expired was sent again.',
  'With `organizationId` whoever has the address is asked to join that organization, and the answer does not say whether they have an account.',
].join(' ')

const batchNote =
  'Up to 1,000 invitations, as JSON or CSV. Each is sent or refused as it would be by its own route, in order; one that is refused stops no other.'

export const acceptRoute: Route = post('/api/auth/accept-invitation', accept, {
  needs: 'nobody',
  limit: 'auth',
  body: 'json',
  answers: [200, 400, 409, 503],
  summary: 'Accept an invitation',
  name: 'acceptInvitation',
  tag: 'Authentication',
  schema: { body: acceptanceBody, answer: { 200: messageAnswer } },
  description:
    'With the token of the link that was mailed, which works once. The account is active from then on; nobody is signed in. Whoever has an active account, and is invited into an organization, sends the token alone.',
})

export const inviteUserRoute: Route = post('/api/users/:id/invitation', inviteUser, {
  needs: 'invitations:manage',
  repeatable: true,
  answers: [200, 201, 400, 401, 403, 404, 409, 422],
  summary: 'Invite a pending user',
  name: 'inviteUser',
  tag: 'Invitations',
  schema: { params: userParams, answer: { 200: invitationAnswer, 201: invitationAnswer } },
  gives: ['location'],
  leadsTo,
})

export const invitationRoutes: readonly Route[] = [
  get('/api/invitations', list, {
    needs: 'invitations:manage',
    reach: 'organizations',
    answers: [200, 400, 401, 403],
    summary: 'List invitations',
    name: 'listInvitations',
    tag: 'Invitations',
    schema: { query: invitationsQuery, answer: { 200: invitationsPageAnswer } },
  }),
  post('/api/invitations', invite, {
    needs: 'invitations:manage',
    reach: 'organizations',
    body: 'json',
    repeatable: true,
    answers: [200, 201, 400, 401, 403, 404, 409, 422],
    summary: 'Invite somebody',
    name: 'invite',
    tag: 'Invitations',
    schema: { body: inviteBody, answer: { 200: invitationAnswer, 201: invitationAnswer } },
    gives: ['location'],
    leadsTo,
    description: inviteNote,
  }),
  post('/api/invitations/batch', batch, {
    needs: 'invitations:manage',
    reach: 'organizations',
    limit: 'batch',
    weight: { limit: 'batch-operations', of: invitationsIn },
    body: 'json-or-csv',
    bodyBytesMax: limits.invitationBatchBytesMax,
    repeatable: true,
    answers: [200, 400, 401, 403, 422],
    summary: 'Invite many',
    name: 'inviteMany',
    tag: 'Invitations',
    schema: {
      query: invitationBatchQuery,
      body: invitationBatchBody,
      csv: invitationCsv,
      answer: { 200: invitationBatchAnswer },
    },
    description: batchNote,
  }),
  get('/api/invitations/:id', read, {
    needs: 'invitations:manage',
    reach: 'organizations',
    answers: [200, 400, 401, 403, 404],
    summary: 'Read an invitation',
    name: 'readInvitation',
    tag: 'Invitations',
    schema: { params: invitationParams, answer: { 200: invitationAnswer } },
  }),
  post('/api/invitations/:id/resend', resend, {
    needs: 'invitations:manage',
    reach: 'organizations',
    repeatable: true,
    answers: [200, 400, 401, 403, 404, 409, 422],
    summary: 'Send an invitation again',
    name: 'resendInvitation',
    tag: 'Invitations',
    schema: { params: invitationParams, answer: { 200: invitationAnswer } },
    description:
      'To the address that the user has by now. It can be accepted for as long again as it could be at first, by the links that were sent before, too, unless they have expired.',
  }),
  del('/api/invitations/:id', revoke, {
    needs: 'invitations:manage',
    reach: 'organizations',
    answers: [200, 400, 401, 403, 404, 409],
    summary: 'Revoke an invitation',
    name: 'revokeInvitation',
    tag: 'Invitations',
    schema: { params: invitationParams, answer: { 200: revokedAnswer } },
    description: 'Its links are void. A user who was made for it is deleted for good, so the address is free at once.',
  }),
]

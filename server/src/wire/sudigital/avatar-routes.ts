import { limits } from '../../core/limits.ts'
import { del, get, post, type Route } from '../../http/contract.ts'
import { messageAnswer } from './answers.ts'
import { avatarAnswer, avatarBody, avatarChangedAnswer } from './avatar-shapes.ts'
import { dropAvatar, dropOwnAvatar, showAvatar, showOwnAvatar, uploadAvatar } from './avatars.ts'
import { userParams } from './questions.ts'

const uploadNote = [
  'A form with one file, of at most 5 MB: a JPEG or a PNG, whatever it is called. Nothing of it is kept but its pixels, turned upright, the middle as a',
  'square. The addresses in the answer need no token, cannot be guessed, and are over once there is another picture or none.',
].join(' ')

/** The caller's own picture. */
export const ownAvatarRoutes: readonly Route[] = [
  post('/api/users/me/avatar', uploadAvatar, {
    needs: 'users:update',
    reach: 'own',
    limit: 'users-avatar',
    body: 'upload',
    bodyBytesMax: limits.avatarBytesMax + limits.formBytesMax,
    repeatable: true,
    answers: [200, 400, 401, 403, 404, 412, 415, 422, 503],
    summary: "Upload the caller's picture",
    name: 'uploadAvatar',
    tag: 'Me',
    schema: { body: avatarBody, answer: { 200: avatarChangedAnswer } },
    gives: ['etag'],
    description: uploadNote,
  }),
  get('/api/users/me/avatar', showOwnAvatar, {
    needs: 'users:read',
    reach: 'own',
    answers: [200, 400, 401, 403, 404],
    summary: "Where the caller's picture is",
    name: 'readOwnAvatar',
    tag: 'Me',
    schema: { answer: { 200: avatarAnswer } },
  }),
  del('/api/users/me/avatar', dropOwnAvatar, {
    needs: 'users:update',
    reach: 'own',
    limit: 'users-delete',
    answers: [200, 400, 401, 403, 404, 412],
    summary: "Remove the caller's picture",
    name: 'removeOwnAvatar',
    tag: 'Me',
    schema: { answer: { 200: messageAnswer } },
  }),
]

export const avatarRoutes: readonly Route[] = [
  get('/api/users/:id/avatar', showAvatar, {
    needs: 'users:read',
    reach: 'own',
    answers: [200, 400, 401, 403, 404],
    summary: "Where a user's picture is",
    name: 'readAvatar',
    tag: 'Users',
    schema: { params: userParams, answer: { 200: avatarAnswer } },
  }),
  del('/api/users/:id/avatar', dropAvatar, {
    needs: 'users:update',
    reach: 'own',
    limit: 'users-delete',
    answers: [200, 400, 401, 403, 404, 412],
    summary: "Remove a user's picture",
    name: 'removeAvatar',
    tag: 'Users',
    schema: { params: userParams, answer: { 200: messageAnswer } },
  }),
]

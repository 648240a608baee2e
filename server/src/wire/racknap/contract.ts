import { limits } from '../../core/limits.ts'
import { type About, type Contract, del, get, patch, post, put, type RouteFacts } from '../../http/contract.ts'
import {
  createdAnswer,
  doneAnswer,
  editedAnswer,
  imageAnswer,
  imageBody,
  organizationsAnswer,
  pictureAnswer,
  refusalAnswer,
  signedUpAnswer,
  tokenAnswer,
  userAnswer,
  userOrNameParams,
  userParams,
  usersAnswer,
  usersQuery,
} from './answers.ts'
import { dropImage, showImageOf, showOwnImage, uploadImage } from './images.ts'
import { list } from './list.ts'
import { refusals, stamp } from './refusals.ts'
import { createBody, editBody, loginBody, ownPasswordBody, passwordBody, signUpBody } from './schema.ts'
import { logIn } from './sessions.ts'
import {
  changePassword,
  create,
  edit,
  listOrganizations,
  nobodysName,
  read,
  remove,
  sendInvitation,
  sendVerification,
  setPassword,
  signUpHere,
} from './users.ts'

const about: About = {
  title: 'Roster: RackNap users',
  description: [
    "The users API of RackNap, spoken over Roster's directory: people by number or username, in organizations.",
    '*AppAdmin* is an admin of the directory, *Admin* an admin of an organization.',
    'Whoever is signed in sees themselves and the people who share an organization with them, an AppAdmin everybody.',
  ].join(' '),
  tags: { Authentication: 'Obtaining a token.', Users: 'People, and where they belong.' },
  refusal: { type: 'application/json', schema: refusalAnswer },
  recordings: new URL('./examples/', import.meta.url),
}

const logInFacts = {
  needs: 'nobody',
  limit: 'auth',
  body: 'json',
  answers: [200, 400, 401, 403, 429, 503],
  tag: 'Authentication',
  schema: { body: loginBody, answer: { 200: tokenAnswer } },
} as const satisfies RouteFacts

const imageFacts = {
  answers: [200, 304, 401, 403, 404],
  tag: 'Users',
  media: { answer: 'image/jpeg' },
  schema: { answer: { 200: pictureAnswer } },
  gives: ['etag'],
} as const satisfies Partial<RouteFacts>

const byAdmins =
  'Whoever administers an organization reaches its people: users and viewers of the directory who administer nothing and belong nowhere else.'
const ownOrByAdmins =
  'For oneself; and for people of an organization that the caller administers, or everybody for an AppAdmin.'

/** People by number or username, lists as OData has them, and organizations in which people see one another. */
export const racknap: Contract = {
  name: 'racknap',
  mount: '/racknap',
  refusals,
  stamp,
  passwordRule: nobodysName,
  limit: 'other',
  about,
  routes: [
    post('/api/auth/login', logIn, { ...logInFacts, summary: 'Sign in', name: 'signIn' }),
    post('/api/auth/token', logIn, { ...logInFacts, summary: 'Obtain a token', name: 'createToken' }),

    post('/api/users/signup', signUpHere, {
      needs: 'nobody',
      limit: 'sign-up',
      body: 'json',
      answers: [201, 400, 403, 409, 429, 503],
      summary: 'Sign up',
      name: 'signUp',
      tag: 'Users',
      schema: { body: signUpBody, answer: { 201: signedUpAnswer } },
      description: 'The account waits until the link is followed that is mailed to its address.',
    }),
    get('/api/users', list, {
      needs: 'users:read',
      limit: 'users-list',
      answers: [200, 400, 401, 403],
      summary: 'List users',
      name: 'listUsers',
      tag: 'Users',
      schema: { query: usersQuery, answer: { 200: usersAnswer } },
      description:
        'Of the people whom the caller may see. `count` is how many match before paging; if counting them takes longer than a second, there are at least as many.',
    }),
    post('/api/users', create, {
      needs: 'users:create',
      reach: 'organizations',
      body: 'json',
      answers: [201, 400, 401, 403, 404, 409, 503],
      summary: 'Create a user',
      name: 'createUser',
      tag: 'Users',
      schema: { body: createBody, answer: { 201: createdAnswer } },
      description:
        'The user is pending, and mailed an invitation. Whoever administers an organization makes users of it; 404 if `organizationId` is none of theirs.',
      leadsTo: { operations: ['readUser', 'editUser', 'deleteUser'], id: '/id' },
    }),
    put('/api/users/password', changePassword, {
      needs: 'session',
      body: 'json',
      answers: [200, 400, 401, 403, 429, 503],
      summary: "Set the caller's password",
      name: 'changePassword',
      tag: 'Users',
      schema: { body: ownPasswordBody, answer: { 200: doneAnswer } },
    }),
    get('/api/users/profile/image', showOwnImage, {
      needs: 'users:read',
      ...imageFacts,
      summary: "Read the caller's profile image",
      name: 'readOwnImage',
    }),
    post('/api/users/profile/image', uploadImage, {
      needs: 'users:update',
      limit: 'users-avatar',
      body: 'upload',
      bodyBytesMax: limits.avatarBytesMax + limits.formBytesMax,
      filesMax: limits.formFilesMax,
      answers: [201, 400, 401, 403, 413, 415, 422, 503],
      summary: 'Upload a profile image',
      name: 'uploadImage',
      tag: 'Users',
      schema: { body: imageBody, answer: { 201: imageAnswer } },
      description:
        'A form with a file of at most 5 MB: a JPEG or a PNG, in the field `image`, else the first. Nothing of it is kept but its pixels.',
    }),
    del('/api/users/profile/image', dropImage, {
      needs: 'users:update',
      answers: [200, 401, 403, 404],
      summary: "Delete the caller's profile image",
      name: 'deleteImage',
      tag: 'Users',
      schema: { answer: { 200: doneAnswer } },
    }),
    get('/users/:id/profile/image', showImageOf, {
      needs: 'users:read',
      ...imageFacts,
      summary: "Read a user's profile image, where `imageUrl` says",
      name: 'readImage',
      schema: { params: userParams, ...imageFacts.schema },
    }),
    get('/api/users/:id', read, {
      needs: 'users:read',
      answers: [200, 401, 403, 404],
      summary: 'Read a user by id or by username',
      name: 'readUser',
      tag: 'Users',
      schema: { params: userOrNameParams, answer: { 200: userAnswer } },
    }),
    patch('/api/users/:id', edit, {
      needs: 'users:update',
      reach: 'organizations',
      body: 'json',
      answers: [200, 400, 401, 403, 404, 409],
      summary: 'Edit a user',
      name: 'editUser',
      tag: 'Users',
      schema: { params: userParams, body: editBody, answer: { 200: editedAnswer } },
      description: byAdmins,
    }),
    del('/api/users/:id', remove, {
      needs: 'users:delete',
      reach: 'organizations',
      answers: [200, 401, 403, 404, 409],
      summary: 'Delete a user',
      name: 'deleteUser',
      tag: 'Users',
      schema: { params: userParams, answer: { 200: doneAnswer } },
      description: byAdmins,
    }),
    put('/api/users/:id/password', setPassword, {
      needs: 'users:roles',
      reach: 'organizations',
      inPerson: true,
      body: 'json',
      answers: [200, 400, 401, 403, 404, 503],
      summary: "Set a user's password",
      name: 'setPassword',
      tag: 'Users',
      schema: { params: userParams, body: passwordBody, answer: { 200: doneAnswer } },
      description: `Ends all sessions of the user. ${byAdmins}`,
    }),
    post('/api/users/:id/verification', sendVerification, {
      needs: 'users:read',
      limit: 'auth',
      answers: [200, 401, 403, 404, 409],
      summary: 'Send the verification email again',
      name: 'sendVerification',
      tag: 'Users',
      schema: { params: userParams, answer: { 200: doneAnswer } },
      description: `Links that were sent before are void. ${ownOrByAdmins}`,
    }),
    post('/api/users/:id/invitation', sendInvitation, {
      needs: 'users:read',
      limit: 'auth',
      answers: [200, 401, 403, 404, 409],
      summary: 'Send the invitation email again',
      name: 'sendInvitation',
      tag: 'Users',
      schema: { params: userParams, answer: { 200: doneAnswer } },
      description: `Links that were sent before are void. ${ownOrByAdmins}`,
    }),
    get('/api/users/:id/accessible-organizations', listOrganizations, {
      needs: 'users:read',
      answers: [200, 401, 403, 404],
      summary: 'List the organizations that a user has access to',
      name: 'listAccessibleOrganizations',
      tag: 'Users',
      schema: { params: userParams, answer: { 200: organizationsAnswer } },
      description: ownOrByAdmins,
    }),
  ],
}

import { type Run, type Step, variable } from '../../http/collection.ts'
import { invitationSteps, organizationSteps } from './collection-groups.ts'
import { findMail, readLetter } from './collection-mail.ts'
import { factorSteps, sessionSteps } from './collection-sign-ins.ts'

/** Whoever signs in first, and with what. */
export interface FirstAdmin {
  readonly email: string
  readonly password: string
}

const description = [
  'Every operation of the house contract, with tests. Run from its beginning to its end against a server in development, it passes, and takes away what it made.',
  'Signing in puts the token into the variable `token`, with which all requests are sent that name no other.',
].join('\n\n')

/** Values of a run: `run` keeps its addresses apart from those of other runs, and nobody else knows `password`. */
const newRun = [
  "pm.collectionVariables.set('run', Date.now().toString(36))",
  "pm.collectionVariables.set('password', 'Q7!' + pm.variables.replaceIn('{{$randomUUID}}'))",
]

const authentication: readonly Step[] = [
  {
    operation: 'signIn',
    body: { email: '{{adminEmail}}', password: variable('adminPassword') },
    status: [200],
    before: newRun,
    keeps: { token: 'data.accessToken', refreshToken: 'data.refreshToken', adminId: 'data.user.id' },
  },
  {
    operation: 'refreshTokens',
    body: { refreshToken: '{{refreshToken}}' },
    status: [200],
    keeps: { token: 'data.accessToken', refreshToken: 'data.refreshToken' },
  },
  { operation: 'readOwnPermissions', status: [200] },
  {
    operation: 'register',
    body: {
      email: 'newcomer-{{run}}@example.com',
      password: variable('password'),
      firstName: 'New',
      lastName: 'Comer',
    },
    status: [202],
  },
  { operation: 'resendVerification', body: { email: 'newcomer-{{run}}@example.com' }, status: [202] },
  findMail('newcomer-{{run}}@example.com'),
  readLetter,
  { operation: 'verifyEmail', body: { token: '{{mailedToken}}', password: variable('password') }, status: [200] },
  {
    operation: 'signIn',
    says: 'Sign in as the newcomer',
    body: { email: 'newcomer-{{run}}@example.com', password: variable('password') },
    status: [200],
    keeps: { newcomerToken: 'data.accessToken', newcomerId: 'data.user.id' },
  },
  { operation: 'signOut', as: 'newcomerToken', status: [200] },
  {
    operation: 'createUser',
    says: 'Create somebody to try things with',
    body: person('member', 'active'),
    status: [201],
    keeps: { memberId: 'data.id' },
  },
  { operation: 'forgotPassword', body: { email: 'member-{{run}}@example.com' }, status: [202] },
  findMail('member-{{run}}@example.com'),
  readLetter,
  { operation: 'resetPassword', body: { token: '{{mailedToken}}', password: variable('password') }, status: [200] },
  {
    operation: 'signIn',
    says: 'Sign in as they do',
    body: { email: 'member-{{run}}@example.com', password: variable('password') },
    status: [200],
    keeps: { memberToken: 'data.accessToken' },
  },
  { operation: 'requestPasskey', body: {}, status: [200, 409] },
  { operation: 'signInByPasskey', body: { credential: strangePasskey() }, status: [400, 401] },
  { operation: 'finishSignInByCode', body: { challengeId: 'nobody-began-this', code: '000000' }, status: [401] },
  {
    operation: 'invite',
    says: 'Invite a guest',
    body: { email: 'guest-{{run}}@example.com' },
    status: [201],
    keeps: { guestId: 'data.userId' },
  },
  findMail('guest-{{run}}@example.com'),
  readLetter,
  {
    operation: 'acceptInvitation',
    body: { token: '{{mailedToken}}', password: variable('password'), firstName: 'Guest', lastName: 'Smith' },
    status: [200],
  },
]

const users: readonly Step[] = [
  { operation: 'listUsers', query: { page: '1', limit: '10' }, status: [200] },
  {
    operation: 'createUser',
    body: person('person', 'pending'),
    status: [201],
    keeps: { userId: 'data.id' },
  },
  { operation: 'readUser', params: { id: '{{userId}}' }, status: [200] },
  {
    operation: 'updateUser',
    params: { id: '{{userId}}' },
    body: { firstName: 'Updated', profile: { bio: 'Updated bio', location: 'New York, NY' } },
    status: [200],
  },
  { operation: 'patchUser', params: { id: '{{userId}}' }, body: { profile: { location: null } }, status: [200] },
  {
    operation: 'batchUsers',
    body: {
      atomic: true,
      operations: [
        { op: 'create', body: { email: 'batch-{{run}}@example.com', firstName: 'Batch', lastName: 'Person' } },
        { op: 'update', id: '{{userId}}', body: { lastName: 'Updated' } },
      ],
    },
    status: [200],
    keeps: { batchId: 'data[0].data.id' },
  },
  { operation: 'sendVerification', params: { id: '{{userId}}' }, status: [202, 429] },
  {
    operation: 'setPassword',
    params: { id: '{{userId}}' },
    body: { newPassword: variable('password') },
    status: [200],
  },
  { operation: 'unlockUser', params: { id: '{{userId}}' }, status: [200] },
  { operation: 'impersonateUser', params: { id: '{{memberId}}' }, status: [200] },
  { operation: 'listActivity', params: { id: '{{userId}}' }, query: { limit: '10' }, status: [200] },
  { operation: 'readAvatar', params: { id: '{{userId}}' }, status: [200] },
  { operation: 'removeAvatar', params: { id: '{{userId}}' }, status: [200, 404] },
  { operation: 'deleteUser', params: { id: '{{userId}}' }, status: [200] },
  { operation: 'restoreUser', params: { id: '{{userId}}' }, status: [200] },
  { operation: 'deleteUser', says: 'Delete them again', params: { id: '{{userId}}' }, status: [200] },
  { operation: 'exportUser', params: { id: '{{memberId}}' }, status: [200] },
  { operation: 'eraseUser', params: { id: '{{userId}}' }, status: [200] },
]

const me: readonly Step[] = [
  { operation: 'readMe', as: 'memberToken', status: [200] },
  {
    operation: 'updateMe',
    as: 'memberToken',
    body: { firstName: 'John', preferences: { theme: 'light', notifications: { email: false } } },
    status: [200],
  },
  { operation: 'patchMe', as: 'memberToken', body: { profile: { bio: 'Updated bio' } }, status: [200] },
  {
    operation: 'changeOwnPassword',
    as: 'memberToken',
    body: { currentPassword: variable('password'), newPassword: `${variable('password')}+` },
    status: [200],
  },
  { operation: 'exportMe', as: 'memberToken', status: [200] },
  { operation: 'listOwnActivity', as: 'memberToken', status: [200] },
  { operation: 'listOwnOrganizations', as: 'memberToken', status: [200] },
  /** Without a picture chosen there is nothing to take. */
  { operation: 'uploadAvatar', as: 'memberToken', status: [200, 400] },
  { operation: 'readOwnAvatar', as: 'memberToken', status: [200] },
  { operation: 'removeOwnAvatar', as: 'memberToken', status: [200, 404] },
  {
    operation: 'changeOwnEmail',
    as: 'memberToken',
    body: { email: 'moved-{{run}}@example.com', password: `${variable('password')}+` },
    status: [202],
  },
]

const apiTokens: readonly Step[] = [
  {
    operation: 'createApiToken',
    body: { name: 'Nightly export', permissions: ['users:read', 'users:list'] },
    status: [201],
    keeps: { apiTokenId: 'data.id' },
  },
  { operation: 'listApiTokens', status: [200] },
  { operation: 'revokeApiToken', params: { id: '{{apiTokenId}}' }, status: [200] },
]

const mail: readonly Step[] = [
  { operation: 'listMail', query: { limit: '10' }, status: [200], keeps: { mailId: 'data[0].id' } },
  { operation: 'readMail', params: { id: '{{mailId}}' }, status: [200] },
  { operation: 'retryMail', params: { id: '{{mailId}}' }, status: [200, 409] },
]

const overview: readonly Step[] = [
  { operation: 'listAllActivity', query: { limit: '10' }, status: [200] },
  { operation: 'readStats', status: [200] },
  { operation: 'readSettings', status: [200] },
  { operation: 'listAttention', status: [200] },
]

const inAndOut: readonly Step[] = [
  { operation: 'exportUsers', query: { format: 'csv', role: 'viewer' }, status: [200] },
  {
    operation: 'startImport',
    query: { dryRun: 'true' },
    body: JSON.stringify({ email: 'import-{{run}}@example.com', firstName: 'Rosa' }),
    status: [202],
    keeps: { importId: 'data.id' },
  },
  { operation: 'readImport', params: { id: '{{importId}}' }, status: [200] },
]

const afterwards: readonly Step[] = [
  {
    operation: 'batchUsers',
    says: 'Delete everybody whom this run has made',
    body: {
      atomic: false,
      operations: ['newcomerId', 'memberId', 'guestId', 'batchId'].map((name) => ({ op: 'delete', id: `{{${name}}}` })),
    },
    status: [200],
    after: ["pm.test('all of them', () => pm.expect(pm.response.json().meta.failed).to.equal(0))"],
  },
  { operation: 'signOut', says: 'Sign out', status: [200] },
]

export function wholeRun({ email, password }: FirstAdmin): Run {
  return {
    description,
    variables: { adminEmail: email, adminPassword: password, token: '' },
    folders: [
      { name: 'Authentication', steps: authentication },
      { name: 'Users', steps: users },
      { name: 'Me', steps: me },
      { name: 'API tokens', steps: apiTokens },
      { name: 'Mail', steps: mail },
      { name: 'Organizations', steps: organizationSteps },
      { name: 'Invitations', steps: invitationSteps },
      { name: 'Factors', steps: factorSteps },
      { name: 'Sessions', steps: sessionSteps },
      { name: 'Overview', steps: overview },
      { name: 'In and out', steps: inAndOut },
      { name: 'Description', steps: [{ operation: 'readDescription', status: [200] }] },
      { name: 'Afterwards', description: 'Takes away what this run has made.', steps: afterwards },
    ],
  }
}

function person(name: string, status: 'active' | 'pending') {
  return {
    email: `${name}-{{run}}@example.com`,
    password: variable('password'),
    firstName: 'Jane',
    lastName: 'Smith',
    role: 'user',
    status,
  }
}

/** In the form of one, and nobody's. */
function strangePasskey() {
  const response = { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' }
  return { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response }
}

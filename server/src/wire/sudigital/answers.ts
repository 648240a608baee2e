import { type TSchema, Type } from '#typebox'
import { activityTypes } from '../../core/activity/activity.ts'
import { apiTokenPrefix } from '../../core/api-tokens/api-token.ts'
import { limits } from '../../core/limits.ts'
import { grantableBy, permissionsOf } from '../../core/permissions.ts'

/* The shapes of answers, for the API description. Nothing is left open in them: an answer with one key more fails the tests. */

export const exact = { additionalProperties: false } as const
const textPattern = '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$'

export const text = (maxLength: number, description: string) =>
  Type.String({ maxLength, pattern: textPattern, description })
export const instant = (description: string) =>
  Type.String({ format: 'date-time', pattern: 'Z$', maxLength: 24, description })
export const integer = (description: string, minimum = 0) =>
  Type.Integer({ format: 'int64', minimum, maximum: Number.MAX_SAFE_INTEGER, description })
export const orNull = <Half extends TSchema>(half: Half) => Type.Union([half, Type.Null()])

export const id = Type.String({ format: 'uuid', maxLength: 36, description: 'Stays the same for ever' })
export const role = Type.Enum(['admin', 'user', 'viewer'], { title: 'Role' })
export const status = Type.Enum(['active', 'inactive', 'pending'], { title: 'Status' })

export const email = Type.String({
  format: 'idn-email',
  maxLength: limits.emailLengthMax,
  description: 'Nobody else has it, ignoring case',
})
export const name = (description: string) => text(limits.nameLengthMax, description)

export const row = {
  id,
  email: orNull(email),
  firstName: orNull(name('First name')),
  lastName: orNull(name('Last name')),
  role,
  status,
  avatar: orNull(Type.String({ format: 'uri', maxLength: limits.urlLengthMax, description: 'Profile picture' })),
  emailVerified: Type.Boolean({ description: 'Whether the address was shown to be theirs' }),
  lastLoginAt: orNull(instant('Last sign-in')),
  createdAt: instant('When the record was made'),
  updatedAt: instant('When it was last changed'),
}

export const profile = Type.Object(
  {
    bio: Type.Optional(text(limits.bioLengthMax, 'What they say of themselves')),
    location: Type.Optional(text(limits.textLengthMax, 'Where they are')),
    website: Type.Optional(
      Type.String({ format: 'uri', maxLength: limits.urlLengthMax, description: 'Their own site' }),
    ),
    twitter: Type.Optional(text(limits.textLengthMax, 'Twitter handle')),
    linkedin: Type.Optional(text(limits.textLengthMax, 'LinkedIn profile')),
    github: Type.Optional(text(limits.textLengthMax, 'GitHub username')),
  },
  { ...exact, title: 'Profile', description: 'What is not set is absent' },
)

const notificationParts = {
  email: Type.Boolean({ description: 'By e-mail' }),
  push: Type.Boolean({ description: 'On devices' }),
  marketing: Type.Boolean({ description: 'About offers' }),
}
const preferenceParts = {
  theme: Type.Enum(['light', 'dark', 'auto'], { description: 'Of the interface' }),
  language: Type.String({ pattern: '^[a-z]{2}$', maxLength: 2, description: 'ISO 639-1' }),
  timezone: text(limits.textLengthMax, 'IANA time zone'),
}
export const preferences = Type.Object(
  { ...preferenceParts, notifications: Type.Object(notificationParts, exact) },
  { ...exact, title: 'Preferences', description: 'Always complete' },
)
const permissions = Type.Array(Type.Enum([...permissionsOf.admin]), {
  maxItems: 100,
  description: 'What the role allows',
})

const user = Type.Object(row, { ...exact, title: 'User', description: 'A row of the list: eleven keys' })
const userWithProfile = Type.Object({ ...row, profile }, { ...exact, title: 'UserWithProfile' })
const me = Type.Object(
  { ...row, permissions, preferences, profile },
  { ...exact, title: 'Me', description: 'The caller' },
)

/** What `fields` can leave of a user. */
const selected = Type.Partial(
  Type.Object({
    ...row,
    permissions,
    preferences: Type.Object(
      {
        theme: Type.Optional(preferenceParts.theme),
        language: Type.Optional(preferenceParts.language),
        timezone: Type.Optional(preferenceParts.timezone),
        notifications: Type.Optional(Type.Partial(Type.Object(notificationParts), exact)),
      },
      exact,
    ),
    profile,
    username: orNull(text(limits.emailLengthMax, 'Nobody else has it, ignoring case')),
    number: integer('Counted up once, never given again', 1),
    attributes: Type.Record(Type.String(), Type.Unknown(), {
      maxProperties: limits.attributesKeysMax,
      description: 'What programs of the operator keep with the user',
    }),
  }),
  { ...exact, title: 'SelectedUser', description: 'Only what `fields` names' },
)

export const data = <Inner extends Parameters<typeof Type.Array>[0]>(inner: Inner) =>
  Type.Object({ data: inner }, exact)

export const userAnswer = data(user)
export const userReadAnswer = data(Type.Union([userWithProfile, selected]))
export const meAnswer = data(me)
export const meReadAnswer = data(Type.Union([me, selected]))
export const permissionsAnswer = data(permissions)

export const usersPageAnswer = Type.Object(
  {
    data: Type.Array(Type.Union([user, selected]), { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Users on a whole page', 1),
        total: Type.Optional(integer('Users who match, on all pages')),
        totalPages: Type.Optional(integer('How many pages there are')),
        totalIsExact: Type.Optional(Type.Boolean({ description: 'Present when there are at least `total`' })),
        hasNext: Type.Boolean({ description: 'Whether there is a page behind this one' }),
        hasPrev: Type.Boolean({ description: 'Whether there is a page before this one' }),
        next: Type.Optional(
          orNull(
            Type.String({
              maxLength: limits.cursorLengthMax,
              pattern: '^[A-Za-z0-9._~-]+$',
              description: 'The `cursor` of the next page, null at the end; present when a cursor was sent',
            }),
          ),
        ),
      },
      { ...exact, title: 'PageMeta' },
    ),
  },
  exact,
)

const activityParts = {
  id,
  type: Type.Enum([...activityTypes], { description: 'What happened' }),
  description: text(limits.textLengthMax, 'The same in words'),
  metadata: Type.Object(
    {
      ip: orNull(text(45, 'Address of the caller')),
      userAgent: orNull(text(limits.userAgentLengthMax, 'Program of the caller')),
      actor: orNull(
        Type.String({ format: 'uuid', maxLength: 36, description: 'Who did it; null for the system and strangers' }),
      ),
      impersonating: Type.Optional(Type.Literal(true, { description: 'They did it in the stead of the user' })),
      apiToken: Type.Optional(
        Type.String({ format: 'uuid', maxLength: 36, description: 'The API token with which they did it' }),
      ),
      changed: Type.Optional(Type.Array(text(limits.textLengthMax, 'Name of a field'), { maxItems: 100 })),
      from: Type.Optional(text(limits.textLengthMax, 'Role or status before')),
      to: Type.Optional(text(limits.textLengthMax, 'Role or status after')),
      organization: Type.Optional(
        Type.String({ format: 'uuid', maxLength: 36, description: 'The organization that it is about' }),
      ),
      name: Type.Optional(text(limits.textLengthMax, 'What the thing is called that was made or taken away')),
    },
    exact,
  ),
  createdAt: instant('When it happened'),
}

export const activityEntry = Type.Object(activityParts, { ...exact, title: 'Activity' })

export const logEntry = Type.Object(
  {
    userId: Type.String({ format: 'uuid', maxLength: 36, description: 'Whose account it happened to' }),
    ...activityParts,
  },
  { ...exact, title: 'LogEntry' },
)

export const activityPageAnswer = Type.Object(
  {
    data: Type.Array(activityEntry, { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Entries on a whole page', 1),
        total: integer('Entries that match, on all pages'),
      },
      { ...exact, title: 'ActivityPageMeta' },
    ),
  },
  exact,
)

export const token = (description: string) =>
  Type.String({ maxLength: limits.tokenLengthMax, pattern: '^[A-Za-z0-9._~+/=-]+$', description })

export const tokens = Type.Object(
  {
    accessToken: token('To be sent as `Authorization: Bearer …`'),
    tokenType: Type.Enum(['Bearer']),
    expiresIn: integer('Seconds for which the access token is good', 1),
    refreshToken: token('Good once, for a new pair'),
    user,
  },
  { ...exact, title: 'Tokens' },
)

export const apiToken = {
  id,
  name: text(limits.apiTokenNameLengthMax, 'What its maker calls it'),
  permissions: Type.Array(Type.Enum([...grantableBy('admin')]), {
    maxItems: 100,
    description: 'What it is for; it does no more than its owner may',
  }),
  expiresAt: instant('From when on it is refused'),
  createdAt: instant('When it was made'),
  lastUsedAt: orNull(instant('When it was last used, to the minute')),
}

export const newApiTokenAnswer = data(
  Type.Object(
    {
      ...apiToken,
      token: Type.String({
        maxLength: limits.tokenLengthMax,
        pattern: `^${apiTokenPrefix}[0-9A-Za-z]+$`,
        description: 'To be sent as `Authorization: Bearer …`; shown this once',
      }),
    },
    { ...exact, title: 'NewApiToken' },
  ),
)

export const apiTokensPageAnswer = Type.Object(
  {
    data: Type.Array(Type.Object(apiToken, { ...exact, title: 'ApiToken' }), { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Tokens on a whole page', 1),
        total: integer('Tokens on all pages'),
      },
      { ...exact, title: 'ApiTokenPageMeta' },
    ),
  },
  exact,
)
export const tokensAnswer = data(tokens)

export const impersonationAnswer = data(
  Type.Object(
    {
      accessToken: token('To be sent as `Authorization: Bearer …`; its claim `act` says who acts'),
      tokenType: Type.Enum(['Bearer']),
      expiresIn: integer('Seconds for which it is good', 1),
      user,
    },
    { ...exact, title: 'Impersonation' },
  ),
)

export const message = text(limits.textLengthMax, 'For people')

export const messageAnswer = Type.Object({ message }, { ...exact, title: 'Message' })
export const deletedAnswer = Type.Object(
  { message, deletedAt: instant('When it was deleted') },
  { ...exact, title: 'Deleted' },
)

export const session = Type.Object(
  {
    id,
    impersonator: Type.Optional(
      Type.String({
        format: 'uuid',
        maxLength: 36,
        description: "The admin who acts in the user's stead, if one does",
      }),
    ),
    device: orNull(
      text(limits.userAgentLengthMax, 'Program and system, as they call themselves: “Firefox on Windows”'),
    ),
    userAgent: orNull(text(limits.userAgentLengthMax, 'The same as it was sent')),
    ip: orNull(text(45, 'Address from which it was used last')),
    createdAt: instant('When somebody signed in'),
    lastUsedAt: instant('When it was used last, to the minute'),
    expiresAt: instant('When it ends at the latest'),
    current: Type.Boolean({ description: 'Whether it is the session that asks' }),
  },
  { ...exact, title: 'Session' },
)

export const sessionsPageAnswer = Type.Object(
  {
    data: Type.Array(session, { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Sessions on a whole page', 1),
        total: integer('Sessions that stand, on all pages'),
      },
      { ...exact, title: 'SessionsPageMeta' },
    ),
  },
  exact,
)

const revokedAt = instant('From then on no token of it is good')

export const sessionRevokedAnswer = Type.Object({ message, revokedAt }, { ...exact, title: 'SessionRevoked' })
export const revokedAnswer = Type.Object(
  { message, revoked: integer('How many sessions that were'), revokedAt },
  { ...exact, title: 'SessionsRevoked' },
)

export const unlockedAnswer = Type.Object(
  { message, wasLocked: Type.Boolean({ description: 'Whether there was anything to unlock' }) },
  { ...exact, title: 'Unlocked' },
)

export const refusalParts = {
  error: Type.Object(
    {
      code: Type.String({ pattern: '^[A-Z_]+$', maxLength: 50, description: 'What programs go by' }),
      message: text(200, 'For people'),
      details: Type.Optional(
        Type.Array(
          Type.Object(
            { field: text(limits.faultFieldLengthMax, 'Which value'), message: text(2000, 'What is wrong with it') },
            exact,
          ),
          { maxItems: 1000, description: 'Everything that is wrong, at once' },
        ),
      ),
    },
    exact,
  ),
  status: Type.Integer({ format: 'int32', minimum: 400, maximum: 599, description: 'The status of the answer' }),
}

export const refusalAnswer = Type.Object(refusalParts, { ...exact, title: 'Error' })

/** What each operation would have been answered by itself. */
export const batchAnswer = Type.Object(
  {
    data: Type.Array(
      Type.Union([
        Type.Object({ status: Type.Enum([200, 201]), data: Type.Union([user, deletedAnswer]) }, exact),
        Type.Object({ status: refusalParts.status, error: refusalParts.error }, exact),
      ]),
      { maxItems: limits.batchOperationsMax, description: 'In the order of the operations' },
    ),
    meta: Type.Object(
      { succeeded: integer('Operations that were done'), failed: integer('Operations that were refused') },
      { ...exact, title: 'BatchMeta' },
    ),
  },
  exact,
)

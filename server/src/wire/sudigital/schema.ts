import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of bodies. Whether a value is a good one is the core's business: what a schema `says` is for readers of the API description. */

const line = '^[^\\u0000-\\u001f\\u007f]*$'
export const text = (maxLength: number, pattern = line) => Type.String({ says: { maxLength, pattern } })
const email = Type.String({ says: { format: 'idn-email', maxLength: limits.emailLengthMax } })
const url = Type.String({ says: { format: 'uri', maxLength: limits.urlLengthMax } })
export const password = Type.String({ says: { format: 'password', maxLength: limits.passwordLengthMax } })
export const name = text(limits.nameLengthMax)
const username = text(limits.emailLengthMax)
const word = text(limits.textLengthMax)
const orNull = (half: typeof name) => Type.Union([half, Type.Null()])
const flag = Type.Union([Type.Boolean(), Type.Null()])
const role = Type.Enum(['admin', 'user', 'viewer'])
const status = Type.Enum(['active', 'inactive', 'pending'])

export const exact = { additionalProperties: false } as const

export const createBody = Type.Object(
  {
    email,
    password,
    firstName: name,
    lastName: name,
    role: Type.Optional(role),
    status: Type.Optional(status),
    avatar: Type.Optional(url),
    username: Type.Optional(username),
  },
  exact,
)

export const registerBody = Type.Object({ email, password, firstName: name, lastName: name }, exact)

export const setUpBody = Type.Object(
  {
    token: text(limits.linkTokenLengthMax),
    email,
    password,
    firstName: Type.Optional(name),
    lastName: Type.Optional(name),
  },
  exact,
)

export const updateBody = Type.Object(
  {
    email: Type.Optional(orNull(email)),
    username: Type.Optional(orNull(username)),
    firstName: Type.Optional(orNull(name)),
    lastName: Type.Optional(orNull(name)),
    role: Type.Optional(role),
    status: Type.Optional(status),
    avatar: Type.Optional(orNull(url)),
    profile: Type.Optional(
      Type.Union([
        Type.Object(
          {
            bio: Type.Optional(orNull(text(limits.bioLengthMax, '^[^\\u0000\\u007f]*$'))),
            location: Type.Optional(orNull(word)),
            website: Type.Optional(orNull(url)),
            twitter: Type.Optional(orNull(word)),
            linkedin: Type.Optional(orNull(word)),
            github: Type.Optional(orNull(word)),
          },
          exact,
        ),
        Type.Null(),
      ]),
    ),
    preferences: Type.Optional(
      Type.Union([
        Type.Object(
          {
            theme: Type.Optional(Type.Union([Type.Enum(['light', 'dark', 'auto']), Type.Null()])),
            language: Type.Optional(orNull(text(2, '^[A-Za-z]{2}$'))),
            timezone: Type.Optional(orNull(word)),
            notifications: Type.Optional(
              Type.Union([
                Type.Object(
                  { email: Type.Optional(flag), push: Type.Optional(flag), marketing: Type.Optional(flag) },
                  exact,
                ),
                Type.Null(),
              ]),
            ),
          },
          exact,
        ),
        Type.Null(),
      ]),
    ),
    attributes: Type.Optional(
      Type.Union([
        Type.Record(Type.String(), Type.Unknown(), { says: { maxProperties: limits.attributesKeysMax } }),
        Type.Null(),
      ]),
    ),
  },
  exact,
)

export const passwordBody = Type.Object({ currentPassword: password, newPassword: password }, exact)

export const loginBody = Type.Object(
  { email: Type.Optional(email), username: Type.Optional(username), password },
  exact,
)

export const addressBody = Type.Object({ email }, exact)

export const linkBody = Type.Object({ token: text(limits.linkTokenLengthMax), password }, exact)

export const ownEmailBody = Type.Object({ email, password }, exact)

export const newPasswordBody = Type.Object({ newPassword: password }, exact)

export const refreshBody = Type.Object({ refreshToken: text(limits.tokenLengthMax) }, exact)

export const apiTokenBody = Type.Object(
  {
    name: text(limits.apiTokenNameLengthMax),
    permissions: Type.Array(text(limits.apiTokenNameLengthMax), {
      maxItems: limits.apiTokenPermissionsMax,
      description: 'Some of what the caller may do',
    }),
    expiresAt: Type.Optional(
      Type.String({
        says: { format: 'date-time', maxLength: 35 },
        description: `At most ${limits.apiTokenDaysMax} days ahead; ${limits.apiTokenDaysDefault} days unless sent`,
      }),
    ),
  },
  exact,
)

/** Who is given no password has to be sent one later. */
export const batchCreateBody = Type.Object({ ...createBody.properties, password: Type.Optional(password) }, exact)

const operationParts = {
  op: Type.Enum(['create', 'update', 'delete', 'restore']),
  id: Type.Optional(Type.String({ says: { format: 'uuid', maxLength: 36 } })),
  ifMatch: Type.Optional(
    Type.Union(
      [Type.Integer({ says: { format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } }), text(1000)],
      {
        description: 'An ETag, or the number of a version',
      },
    ),
  ),
}

/** One operation is read by itself, so that its faults are its own. */
export const operationShape = Type.Object({ ...operationParts, body: Type.Optional(Type.Unknown()) }, exact)

const operations = { maxItems: limits.batchOperationsMax }

export const batchShape = Type.Object(
  { atomic: Type.Boolean(), operations: Type.Array(Type.Unknown(), operations) },
  exact,
)

export const batchBody = Type.Object(
  {
    atomic: Type.Boolean({ description: 'Whether all of it is done or none' }),
    operations: Type.Array(
      Type.Object({ ...operationParts, body: Type.Optional(Type.Union([batchCreateBody, updateBody])) }, exact),
      operations,
    ),
  },
  exact,
)

/** Known, shown, and not for anybody to set. */
export const notUpdatable: ReadonlySet<string> = new Set([
  'id',
  'number',
  'password',
  'emailVerified',
  'version',
  'permissions',
  'lastLoginAt',
  'createdAt',
  'updatedAt',
  'deletedAt',
])

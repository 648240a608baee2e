import { Type } from 'typebox'

/* The shapes of bodies. Whether a value is a good one is the core's business: an e-mail here is any string. */

const text = Type.String()
const nullable = Type.Union([Type.String(), Type.Null()])
const flag = Type.Union([Type.Boolean(), Type.Null()])
const role = Type.Enum(['admin', 'user', 'viewer'])
const status = Type.Enum(['active', 'inactive', 'pending'])

const exact = { additionalProperties: false } as const

export const createBody = Type.Object(
  {
    email: text,
    password: text,
    firstName: text,
    lastName: text,
    role: Type.Optional(role),
    status: Type.Optional(status),
    avatar: Type.Optional(text),
    username: Type.Optional(text),
  },
  exact,
)

export const registerBody = Type.Object({ email: text, password: text, firstName: text, lastName: text }, exact)

export const updateBody = Type.Object(
  {
    email: Type.Optional(nullable),
    username: Type.Optional(nullable),
    firstName: Type.Optional(nullable),
    lastName: Type.Optional(nullable),
    role: Type.Optional(role),
    status: Type.Optional(status),
    avatar: Type.Optional(nullable),
    profile: Type.Optional(
      Type.Union([
        Type.Object(
          {
            bio: Type.Optional(nullable),
            location: Type.Optional(nullable),
            website: Type.Optional(nullable),
            twitter: Type.Optional(nullable),
            linkedin: Type.Optional(nullable),
            github: Type.Optional(nullable),
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
            language: Type.Optional(nullable),
            timezone: Type.Optional(nullable),
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
    attributes: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  },
  exact,
)

export const passwordBody = Type.Object({ currentPassword: text, newPassword: text }, exact)

export const loginBody = Type.Object(
  { email: Type.Optional(text), username: Type.Optional(text), password: text },
  exact,
)

export const refreshBody = Type.Object({ refreshToken: text }, exact)

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

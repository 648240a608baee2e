import { Type } from '#typebox'
import type { Json } from '../core/users/user.ts'
import { compileForm } from './forms.ts'

const text = Type.Optional(Type.String())
const number = Type.Optional(Type.Integer())
const textOrNull = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const flagOrNull = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))
const exact = { additionalProperties: false } as const

/** What CSV can hold, too, in the order in which an export has them. */
export const columns = {
  id: 'text',
  number: 'number',
  email: 'text',
  username: 'text',
  firstName: 'text',
  lastName: 'text',
  role: 'text',
  status: 'text',
  emailVerified: 'flag',
  createdAt: 'text',
  updatedAt: 'text',
  lastLoginAt: 'text',
  avatar: 'text',
  redirectUri: 'text',
  passwordHash: 'text',
  passwordChangedAt: 'text',
} as const satisfies Readonly<Record<string, 'text' | 'flag' | 'number'>>

export type Column = keyof typeof columns

export function isColumn(name: string): name is Column {
  return Object.hasOwn(columns, name)
}

const profile = Type.Object(
  {
    bio: textOrNull,
    location: textOrNull,
    website: textOrNull,
    twitter: textOrNull,
    linkedin: textOrNull,
    github: textOrNull,
  },
  exact,
)

const preferences = Type.Object(
  {
    theme: textOrNull,
    language: textOrNull,
    timezone: textOrNull,
    notifications: Type.Optional(Type.Object({ email: flagOrNull, push: flagOrNull, marketing: flagOrNull }, exact)),
  },
  exact,
)

/** What was parsed from JSON is that, whatever it holds. */
const attributes = Type.Unsafe<Readonly<Record<string, Json>>>(Type.Record(Type.String(), Type.Unknown()))

const membership = Type.Object({ id: text, slug: text, role: text, since: text }, exact)

const picture = Type.Object({ large: Type.String(), medium: Type.String(), small: Type.String() }, exact)

const factor = Type.Object(
  {
    id: text,
    kind: Type.String(),
    name: text,
    createdAt: text,
    lastUsedAt: text,
    secret: text,
    credentialId: text,
    publicKey: text,
    signCount: number,
    transports: Type.Optional(Type.Array(Type.String())),
  },
  exact,
)

export const userShape = compileForm(
  Type.Object(
    {
      id: text,
      number,
      version: number,
      email: text,
      username: text,
      firstName: text,
      lastName: text,
      role: text,
      status: text,
      emailVerified: Type.Optional(Type.Boolean()),
      createdAt: text,
      updatedAt: text,
      lastLoginAt: text,
      avatar: text,
      redirectUri: text,
      profile: Type.Optional(profile),
      preferences: Type.Optional(preferences),
      attributes: Type.Optional(attributes),
      organizations: Type.Optional(Type.Array(membership)),
      picture: Type.Optional(picture),
      passwordHash: text,
      passwordChangedAt: text,
      factors: Type.Optional(Type.Array(factor)),
    },
    exact,
  ),
)

export const organizationShape = compileForm(
  Type.Object({ id: text, number, version: number, name: text, slug: text, createdAt: text, updatedAt: text }, exact),
)

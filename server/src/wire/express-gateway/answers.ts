import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of queries and answers, for the API description. */

const exact = { additionalProperties: false } as const

const text = (maxLength: number, description: string) =>
  Type.String({ maxLength, pattern: '^[^\\u0000\\u007f]*$', description })
const date = (description: string) =>
  Type.String({ maxLength: 64, pattern: '^[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{4} .+ GMT\\+0000', description })

export const userAnswer = Type.Object(
  {
    isActive: Type.Boolean({ description: 'Whether the user may sign in' }),
    username: text(limits.emailLengthMax, 'The e-mail address, if there is no username'),
    id: Type.String({ format: 'uuid', maxLength: 36, description: 'Stays the same for ever' }),
    firstname: text(limits.nameLengthMax, '`""` if there is none'),
    lastname: text(limits.nameLengthMax, '`""` if there is none'),
    email: Type.Optional(
      Type.String({ format: 'idn-email', maxLength: limits.emailLengthMax, description: 'Absent if there is none' }),
    ),
    redirectUri: Type.Optional(
      Type.String({ format: 'uri', maxLength: limits.urlLengthMax, description: 'Absent if there is none' }),
    ),
    createdAt: date('As `Date#toString()` writes it in UTC'),
    updatedAt: date('As `Date#toString()` writes it in UTC'),
  },
  { ...exact, title: 'User' },
)

export const usersAnswer = Type.Object(
  {
    users: Type.Array(userAnswer, { maxItems: 500 }),
    nextKey: Type.Integer({
      format: 'int64',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`start` of the next page; 0 at the end',
    }),
  },
  exact,
)

export const statusAnswer = Type.Object(
  {
    status: Type.Enum(['Active', 'Inactive', 'Activated', 'Deactivated'], {
      description: 'What is so, or has been done',
    }),
  },
  exact,
)

const integer = { format: 'int64', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const

/** Other keys mean nothing. */
export const usersQuery = Type.Object({
  start: Type.Optional(Type.Integer({ ...integer, default: 0, description: 'The `nextKey` of the page before' })),
  count: Type.Optional(Type.Integer({ ...integer, default: 100, description: 'Keys on a page, two for each user' })),
})

export const userParams = Type.Object({ id: text(limits.pathParameterLengthMax, 'A username, or an id') })

export const refusalAnswer = Type.String({
  maxLength: 2000,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  title: 'Refusal',
  description: 'What is wrong, in words',
})

import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of queries, parameters and answers, for the API description. */

const exact = { additionalProperties: false } as const
const date = (description: string) => Type.String({ format: 'date-time', maxLength: 24, description })

export const userAnswer = Type.Object(
  {
    id: Type.String({ format: 'uuid', maxLength: 36, description: 'Stays the same for ever' }),
    username: Type.String({
      maxLength: limits.emailLengthMax,
      pattern: '^[^\\u0000-\\u001f\\u007f]+$',
      description: 'The e-mail address, if there is no username',
    }),
    role: Type.Enum(['ADMIN', 'USER'], { description: 'Whoever is no admin is `USER`' }),
    createdAt: date('With milliseconds, in UTC'),
    updatedAt: date('With milliseconds, in UTC'),
  },
  { ...exact, title: 'User' },
)

/** Without a bound: it is streamed. */
export const usersAnswer = Type.Array(userAnswer, { maxItems: Number.MAX_SAFE_INTEGER })

export const tokenAnswer = Type.Object(
  {
    access_token: Type.String({
      maxLength: limits.tokenLengthMax,
      pattern: '^[\\w.-]+$',
      description: 'A JSON Web Token',
    }),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ format: 'int32', minimum: 1, maximum: 86_400, description: 'Seconds' }),
  },
  { ...exact, title: 'Token' },
)

export const usersQuery = Type.Object({
  limit: Type.Optional(
    Type.Integer({ format: 'int32', minimum: 1, maximum: limits.pageSizeMax, description: 'Users on a page' }),
  ),
  cursor: Type.Optional(
    Type.String({
      maxLength: limits.cursorLengthMax,
      pattern: '^[\\w-]*$',
      description: 'From the `Link` of the page before; empty for the first',
    }),
  ),
})

export const userParams = Type.Object({
  id: Type.String({ maxLength: limits.pathParameterLengthMax, pattern: '^[^\\u0000]+$', description: 'A UUID' }),
})

const said = {
  code: Type.String({ maxLength: 64, pattern: '^[A-Z_]+$' }),
  message: Type.String({ maxLength: 8_192, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
}

export const refusalAnswer = Type.Object(
  { ...said, error: Type.Object(said, exact) },
  {
    ...exact,
    title: 'Refusal',
    description: 'The same twice: some pages of the product show it flat, others below `error`',
  },
)

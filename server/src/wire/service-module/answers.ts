import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of parameters and answers, for the API description. */

const exact = { additionalProperties: false } as const

export const tokenAnswer = Type.Object(
  {
    tokenType: Type.Literal('Bearer'),
    accessToken: Type.String({
      maxLength: limits.tokenLengthMax,
      pattern: '^[\\w.-]+$',
      description: 'A JSON Web Token',
    }),
    expiresIn: Type.Integer({ format: 'int32', minimum: 1, maximum: 86_400, description: 'Seconds' }),
  },
  { ...exact, title: 'Token' },
)

export const userParams = Type.Object({
  email: Type.String({
    format: 'idn-email',
    maxLength: limits.pathParameterLengthMax,
    description: 'Compared ignoring case',
  }),
})

export const refusalAnswer = Type.Object(
  {
    message: Type.Literal('Validation Error'),
    errors: Type.Array(Type.String({ maxLength: 500, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }), {
      minItems: 1,
      maxItems: limits.formFaultsMax,
      description: 'Everything that is wrong, in words',
    }),
  },
  { ...exact, title: 'Refusal' },
)

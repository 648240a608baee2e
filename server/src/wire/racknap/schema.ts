import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of bodies. What they do not name is refused. */

const exact = { additionalProperties: false } as const
const email = Type.String({ says: { format: 'idn-email', maxLength: limits.emailLengthMax } })
const name = Type.String({ says: { maxLength: limits.nameLengthMax, pattern: '^[^\\u0000-\\u001f\\u007f]*$' } })
const password = Type.String({ says: { format: 'password', maxLength: limits.passwordLengthMax } })
const username = Type.String({
  description: 'Made of the name where it is left out',
  says: { maxLength: limits.emailLengthMax, pattern: '^[^\\u0000-\\u001f\\u007f]*$' },
})

const person = { email, password, firstName: name, lastName: name, username: Type.Optional(username) }

export const loginBody = Type.Object({ email, password }, exact)

export const signUpBody = Type.Object(person, exact)

export const createBody = Type.Object(
  {
    ...person,
    organizationId: Type.Optional(
      Type.Integer({
        description: 'The organization that the user joins: needed from whoever administers several',
        says: { format: 'int64', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      }),
    ),
  },
  exact,
)

export const editBody = Type.Object(
  {
    firstName: Type.Optional(name),
    lastName: Type.Optional(name),
    status: Type.Optional(Type.Enum(['active', 'inactive'])),
  },
  { ...exact, says: { minProperties: 1 } },
)

export const ownPasswordBody = Type.Object({ currentPassword: password, newPassword: password }, exact)

export const passwordBody = Type.Object({ newPassword: password }, exact)

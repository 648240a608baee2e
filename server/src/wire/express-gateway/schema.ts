import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of bodies once their scalars are coerced. The order of the keys is the one in which the product looks for faults. */

/** Scalars are coerced before this is looked at; null stands for nothing. */
const coerced = ['string', 'number', 'boolean', 'null']
const line = '^[^\\u0000-\\u001f\\u007f]*$'
const text = (maxLength: number) => Type.String({ says: { type: coerced, maxLength, pattern: line } })
const exact = { additionalProperties: false } as const

/** What the product keeps as it came; here the directory decides it. */
const ignored = {
  id: Type.Optional(Type.Unknown()),
  isActive: Type.Optional(Type.Unknown()),
  createdAt: Type.Optional(Type.Unknown()),
  updatedAt: Type.Optional(Type.Unknown()),
  password: Type.Optional(Type.Unknown()),
}

export const createBody = Type.Object(
  {
    firstname: text(limits.nameLengthMax),
    lastname: text(limits.nameLengthMax),
    username: text(limits.emailLengthMax),
    email: Type.Optional(text(limits.emailLengthMax)),
    redirectUri: Type.Optional(text(limits.urlLengthMax)),
    ...ignored,
  },
  exact,
)

export const updateBody = Type.Object(
  {
    firstname: Type.Optional(text(limits.nameLengthMax)),
    lastname: Type.Optional(text(limits.nameLengthMax)),
    /** Nobody is renamed here, and clients send it back. */
    username: Type.Optional(Type.Unknown()),
    email: Type.Optional(text(limits.emailLengthMax)),
    redirectUri: Type.Optional(text(limits.urlLengthMax)),
  },
  exact,
)

/** Only the boolean `true` activates; other keys mean nothing. */
export const statusBody = Type.Object({ status: Type.Optional(Type.Unknown()) })

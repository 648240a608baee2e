import { Type } from 'typebox'

/* The shapes of bodies once their scalars are coerced. The order of the keys is the one in which the product looks for faults. */

const text = Type.String()
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
    firstname: text,
    lastname: text,
    username: text,
    email: Type.Optional(text),
    redirectUri: Type.Optional(text),
    ...ignored,
  },
  exact,
)

export const updateBody = Type.Object(
  {
    firstname: Type.Optional(text),
    lastname: Type.Optional(text),
    /** Nobody is renamed here, and clients send it back. */
    username: Type.Optional(Type.Unknown()),
    email: Type.Optional(text),
    redirectUri: Type.Optional(text),
  },
  exact,
)

/** Only the boolean `true` activates; other keys mean nothing. */
export const statusBody = Type.Object({ status: Type.Optional(Type.Unknown()) })

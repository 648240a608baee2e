import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of bodies. Other keys mean nothing; null is as good as absent. */

const email = Type.String({ says: { format: 'idn-email', maxLength: limits.emailLengthMax } })
const password = Type.String({ says: { format: 'password', maxLength: limits.passwordLengthMax } })

export const loginBody = Type.Object({ email, password })

const word = (...values: string[]) =>
  Type.Optional(
    Type.Unknown({
      examples: values,
      says: { description: `${values.join(' or ')}, ignoring case; anything else counts as absent` },
    }),
  )

/** Anything but the words that are known counts as absent. */
export const updateBody = Type.Object({ type: word('User', 'Admin'), status: word('Active', 'Inactive') })

export const passwordBody = Type.Object({ newPassword: password })

const passwordOrNull = (description: string) =>
  Type.Optional(
    Type.Unknown({
      says: { type: ['string', 'null'], format: 'password', maxLength: limits.passwordLengthMax, description },
    }),
  )

/** For whoever sends the name that stands in the product's code. */
export const describedPasswordBody = Type.Object({
  newPassword: passwordOrNull('The password from here on'),
  password: passwordOrNull('In place of `newPassword`, and ignored where that is sent'),
})

import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of bodies. Other keys mean nothing. */

const username = Type.String({
  says: { maxLength: limits.emailLengthMax, pattern: '^[^\\u0000-\\u001f\\u007f]*$' },
})
const password = Type.String({ says: { format: 'password', maxLength: limits.passwordLengthMax } })
const role = Type.Enum(['ADMIN', 'USER'])

export const loginBody = Type.Object({ username, password })

export const createBody = Type.Object({ username, password, role: Type.Optional(role) })

export const passwordBody = Type.Object({ password, newPassword: password })

export const roleBody = Type.Object({ role })

export const logoutBody = Type.Object({
  allDevices: Type.Optional(Type.Boolean({ default: false, description: 'Whether to end all sessions of the caller' })),
})

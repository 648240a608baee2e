import type { User } from '@sudigital/client'

/** What every list of users says of each. */
export const listedFields = [
  'id',
  'email',
  'firstName',
  'lastName',
  'role',
  'status',
  'avatar',
  'emailVerified',
  'lastLoginAt',
  'createdAt',
  'updatedAt',
] as const satisfies readonly (keyof User)[]

import { Type } from '#typebox'
import { activityTypes } from '../../core/activity/activity.ts'
import { limits } from '../../core/limits.ts'
import { organizationRoles } from '../../core/organizations/organization.ts'

/* What paths and queries may hold, for the API description; values are read by the core. */

const printable = '^[^\\u0000-\\u001f\\u007f]*$'

export const page = Type.Integer({
  format: 'int32',
  minimum: 1,
  maximum: limits.pageMax,
  default: 1,
  description: 'Page number',
})
export const limit = (usual: number) =>
  Type.Integer({
    format: 'int32',
    minimum: 1,
    maximum: limits.pageSizeMax,
    default: usual,
    description: 'Items per page',
  })
const instant = (description: string) =>
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?)?$',
    maxLength: 35,
    description: `${description}: an ISO 8601 date, or date and time`,
  })
const fields = Type.String({
  pattern: '^[^,]+(,[^,]+)*$',
  maxLength: limits.urlLengthMax,
  description:
    'Only these keys, in the order of the answer: `id,email,profile.bio`. `username`, `number` and `attributes` are shown only when they are named',
})

export const userParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The user's id" }),
})

export const apiTokenParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The token's id" }),
})

export const organizationParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The organization's id" }),
})

export const memberParams = Type.Object({
  ...organizationParams.properties,
  userId: Type.String({ format: 'uuid', maxLength: 36, description: "The member's id, which is the user's" }),
})

export const organizationsQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.organizationsPageSizeDefault)),
})

export const membersQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.membersPageSizeDefault)),
  role: Type.Optional(Type.Enum([...organizationRoles], { description: 'Only members of this role' })),
})

const sid = Type.String({ format: 'uuid', maxLength: 36, description: "The session's id" })
export const sessionParams = Type.Object({ ...userParams.properties, sid })
export const ownSessionParams = Type.Object({ sid })

export const usersQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.usersPageSizeDefault)),
  search: Type.Optional(
    Type.String({
      maxLength: limits.searchLengthMax,
      pattern: printable,
      description: 'Words of names or e-mail address',
    }),
  ),
  role: Type.Optional(Type.Enum(['admin', 'user', 'viewer'], { description: 'Only users of this role' })),
  status: Type.Optional(Type.Enum(['active', 'inactive', 'pending'], { description: 'Only users of this status' })),
  emailVerified: Type.Optional(Type.Boolean({ description: 'Only users whose address is proved, or is not' })),
  createdFrom: Type.Optional(instant('Created not before')),
  createdTo: Type.Optional(instant('Created before')),
  updatedFrom: Type.Optional(instant('Changed not before')),
  updatedTo: Type.Optional(instant('Changed before')),
  lastLoginFrom: Type.Optional(instant('Signed in last not before')),
  lastLoginTo: Type.Optional(instant('Signed in last before')),
  sort: Type.Optional(
    Type.Enum(['created_at', 'createdAt', 'email', 'firstName', 'lastName', 'updatedAt', 'lastLoginAt'], {
      default: 'created_at',
      description:
        'What the list is sorted by; users without the value come last. `created_at` and `createdAt` are the same',
    }),
  ),
  order: Type.Optional(Type.Enum(['asc', 'desc'], { default: 'desc', description: 'Upwards or downwards' })),
  cursor: Type.Optional(
    Type.String({
      maxLength: limits.cursorLengthMax,
      pattern: '^[A-Za-z0-9._~-]*$',
      description: 'In place of `page`: empty to begin with, then the `meta.next` of the page before',
    }),
  ),
  count: Type.Optional(Type.Boolean({ default: true, description: '`false` leaves `total` and `totalPages` out' })),
  fields: Type.Optional(fields),
})

export const userQuery = Type.Object({ fields: Type.Optional(fields) })

export const activityQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.activityPageSizeDefault)),
  type: Type.Optional(Type.Enum([...activityTypes], { description: 'Only entries of this type' })),
  from: Type.Optional(instant('Not before')),
  to: Type.Optional(instant('Before')),
})

export const apiTokensQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.apiTokensPageSizeDefault)),
  userId: Type.Optional(
    Type.String({ format: 'uuid', maxLength: 36, description: "Whose; the caller's unless sent. Others' for admins" }),
  ),
})

export const sessionsQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.sessionsPageSizeDefault)),
})

export const factorsQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.factorsPageSizeDefault)),
})

export const revocationQuery = Type.Object({
  keep: Type.Optional(Type.Enum(['current'], { description: 'Spares the session that asks' })),
})

import { Type } from '#typebox'
import { invitationStates } from '../../core/invitations/invitation.ts'
import { limits } from '../../core/limits.ts'
import { organizationRoles } from '../../core/organizations/organization.ts'
import { data, email, exact, id, instant, integer, message, name, orNull, refusalParts, role } from './answers.ts'
import { roleThere } from './organization-shapes.ts'
import { limit, page } from './questions.ts'
import { createBody } from './schema.ts'

/* Everything about invitations that the API description shows: what is asked, and what is answered. */

export const invitationParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The invitation's id" }),
})

export const invitationsQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.invitationsPageSizeDefault)),
  state: Type.Optional(Type.Enum([...invitationStates], { description: 'Only invitations in this state' })),
  email: Type.Optional(
    Type.String({
      format: 'idn-email',
      maxLength: limits.emailLengthMax,
      description: 'Only invitations of whoever has this address, ignoring case, or had it when they were deleted',
    }),
  ),
  organizationId: Type.Optional(
    Type.String({ format: 'uuid', maxLength: 36, description: 'Only invitations into this organization' }),
  ),
})

export const invitationBatchQuery = Type.Object({
  dryRun: Type.Optional(
    Type.Boolean({ default: false, description: 'With CSV: tells what would come of it, and does nothing' }),
  ),
})

export const inviteBody = Type.Object(
  {
    email: createBody.properties.email,
    role: createBody.properties.role,
    firstName: Type.Optional(createBody.properties.firstName),
    lastName: Type.Optional(createBody.properties.lastName),
    expiresInDays: Type.Optional(
      Type.Integer({
        says: {
          format: 'int32',
          minimum: 1,
          maximum: limits.invitationDaysMax,
          default: limits.invitationDaysDefault,
        },
        description: 'For how long it can be accepted',
      }),
    ),
    organizationId: Type.Optional(Type.String({ says: { format: 'uuid', maxLength: 36 } })),
    organizationRole: Type.Optional(Type.Enum([...organizationRoles])),
  },
  exact,
)

/** One invitation is read by itself, so that its faults are its own. */
export const invitationBatchShape = Type.Object(
  {
    dryRun: Type.Optional(Type.Boolean()),
    invitations: Type.Array(Type.Unknown(), { maxItems: limits.invitationsPerBatchMax }),
  },
  exact,
)

export const invitationBatchBody = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({ default: false, description: 'Tells what would come of it, and does nothing' }),
    ),
    invitations: Type.Array(inviteBody, { maxItems: limits.invitationsPerBatchMax }),
  },
  exact,
)

export const invitationCsv = Type.String({
  maxLength: limits.invitationBatchBytesMax,
  pattern: 'email',
  description:
    'The first line names the columns: `email`, and those of `role`, `firstName`, `lastName`, `expiresInDays`, `organizationId` and `organizationRole` that are wanted, in any order. UTF-8, columns separated by commas (RFC 4180).',
})

export const acceptanceBody = Type.Object(
  {
    token: Type.String({ says: { maxLength: limits.linkTokenLengthMax, pattern: '^[A-Za-z0-9_-]*$' } }),
    password: Type.Optional(createBody.properties.password),
    firstName: Type.Optional(createBody.properties.firstName),
    lastName: Type.Optional(createBody.properties.lastName),
  },
  exact,
)

const invitation = Type.Object(
  {
    id,
    state: Type.Enum([...invitationStates], { description: 'Whether it can be accepted: only while it is pending' }),
    email: orNull(email),
    role,
    firstName: orNull(name('First name')),
    lastName: orNull(name('Last name')),
    organizationId: Type.Optional(
      Type.String({ format: 'uuid', maxLength: 36, description: 'What whoever accepts it joins, if anything' }),
    ),
    organizationRole: Type.Optional(roleThere),
    userId: orNull(id),
    invitedBy: orNull(
      Type.String({ format: 'uuid', maxLength: 36, description: 'Who sent it last; null for the system' }),
    ),
    createdAt: instant('When somebody was invited'),
    sentAt: instant('When it was sent, or sent again'),
    expiresAt: instant('Until when it can be accepted'),
    acceptedAt: orNull(instant('When it was accepted, or the account became active in another way')),
    revokedAt: orNull(instant('When it was taken back, or the account was deleted or deactivated')),
  },
  {
    ...exact,
    title: 'Invitation',
    description:
      '`email`, `role` and the names are those of the user, as the record says them, or, into an organization, as they were sent; its admins are shown `userId` once it is accepted',
  },
)

export const invitationAnswer = data(invitation)

export const invitationsPageAnswer = Type.Object(
  {
    data: Type.Array(invitation, { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Invitations on a whole page', 1),
        total: integer('Invitations that match, on all pages'),
      },
      { ...exact, title: 'InvitationPageMeta' },
    ),
  },
  exact,
)

const line = integer('Where it stands: the line of the CSV, or the place in the list, from 1', 1)

/** What each invitation would have been answered by itself. */
export const invitationBatchAnswer = Type.Object(
  {
    data: Type.Array(
      Type.Union([
        Type.Object({ line, status: Type.Enum([200, 201]), data: Type.Optional(invitation) }, exact),
        Type.Object({ line, status: refusalParts.status, error: refusalParts.error }, exact),
      ]),
      { maxItems: limits.invitationsPerBatchMax, description: 'In the order in which they were sent' },
    ),
    meta: Type.Object(
      {
        succeeded: integer('Invitations that were sent, or would be'),
        failed: integer('Invitations that were refused, or would be'),
        dryRun: Type.Boolean({ description: 'Whether nothing was done' }),
      },
      { ...exact, title: 'InvitationBatchMeta' },
    ),
  },
  exact,
)

export const revokedAnswer = Type.Object(
  { message, revokedAt: instant('When it was revoked') },
  { ...exact, title: 'Revoked' },
)

import { Type } from '#typebox'
import { erasedThings, erasureCauses } from '../../core/erasures/erasure.ts'
import { invitationStates } from '../../core/invitations/invitation.ts'
import { limits } from '../../core/limits.ts'
import { linkPurposes } from '../../core/links/link.ts'
import { mailStates, messageKinds } from '../../core/mail/mail.ts'
import {
  activityEntry,
  apiToken,
  data,
  email,
  exact,
  id,
  instant,
  integer,
  name,
  orNull,
  preferences,
  profile,
  role,
  row,
  session,
  text,
} from './answers.ts'
import { factor } from './factor-answers.ts'
import { membership, roleThere } from './organization-shapes.ts'

/* What the API description shows of everything that is kept of somebody, and of its end. */

const many = 10_000_000
const list = <Item extends Parameters<typeof Type.Array>[0]>(item: Item, description: string) =>
  Type.Array(item, { maxItems: many, description })
const otherId = (description: string) => Type.String({ format: 'uuid', maxLength: 36, description })

const { current: _, impersonator, ...sessionParts } = session.properties
const keptSession = Type.Object(
  { ...sessionParts, impersonator, endedAt: orNull(instant('When it ended; null while it stands')) },
  { ...exact, title: 'KeptSession' },
)

const invitationParts = {
  id,
  state: Type.Enum([...invitationStates], { description: 'What came of it' }),
  organizationId: orNull(otherId('The organization that it was into')),
  organizationRole: orNull(roleThere),
  createdAt: instant('When it was made'),
  sentAt: instant('When it was last sent'),
  expiresAt: instant('Until when it could be accepted'),
  acceptedAt: orNull(instant('When it was accepted')),
  revokedAt: orNull(instant('When it was revoked')),
}

const invitationReceived = Type.Object(
  {
    ...invitationParts,
    email: orNull(email),
    firstName: orNull(name('First name, as it was sent')),
    lastName: orNull(name('Last name, as it was sent')),
    role: orNull(role),
  },
  { ...exact, title: 'InvitationReceived' },
)

const link = Type.Object(
  {
    id,
    purpose: Type.Enum([...linkPurposes], { description: 'What whoever followed it could do' }),
    email: orNull(email),
    createdAt: instant('When it was sent'),
    expiresAt: instant('Until when it was good'),
    endedAt: orNull(instant('When it was followed, or became void')),
  },
  { ...exact, title: 'MailedLink' },
)

const mail = Type.Object(
  {
    id,
    kind: Type.Enum([...messageKinds], { description: 'What it is about' }),
    to: Type.String({ format: 'idn-email', maxLength: limits.emailLengthMax, description: 'Where it goes' }),
    name: orNull(name('By which it greets')),
    ip: orNull(text(45, 'The address of a caller that it names')),
    state: Type.Enum([...mailStates], { description: 'Dead mail was given up' }),
    createdAt: instant('When what it is about happened'),
    settledAt: orNull(instant('When it was sent or given up')),
  },
  { ...exact, title: 'MailToThem' },
)

const picture = Type.String({ pattern: '^[A-Za-z0-9+/]+=*$', maxLength: 12_000_000, description: 'JPEG, in base64' })

const act = Type.Object(
  { ...activityEntry.properties, userId: otherId('To whose account they did it') },
  { ...exact, title: 'Act' },
)

export const exportAnswer = data(
  Type.Object(
    {
      exportedAt: instant('When this was put together'),
      user: Type.Object(
        {
          ...row,
          username: orNull(text(limits.emailLengthMax, 'Nobody else has it, ignoring case')),
          number: integer('Counted up once, never given again', 1),
          redirectUri: orNull(text(limits.urlLengthMax, 'Where an OAuth2 client of theirs is sent back to')),
          profile,
          preferences,
          attributes: Type.Record(Type.String(), Type.Unknown(), { maxProperties: limits.attributesKeysMax }),
          deletedAt: orNull(instant('When they were deleted')),
          passwordChangedAt: orNull(instant('When their password was last set; null when they have none')),
        },
        { ...exact, title: 'KeptUser' },
      ),
      picture: orNull(
        Type.Object({ large: picture, medium: picture, small: picture }, { ...exact, title: 'KeptPicture' }),
      ),
      factors: list(factor, 'Without what verifies them'),
      recoveryCodesLeft: integer('Recovery codes that were not used'),
      sessions: list(keptSession, 'Where they were signed in, as long as that is kept'),
      apiTokens: list(Type.Object(apiToken, { ...exact, title: 'KeptApiToken' }), 'Without the tokens'),
      organizations: list(membership, 'To which they belong'),
      invitations: list(invitationReceived, 'That they were sent'),
      mailedLinks: list(link, 'Without what stood in them'),
      mail: list(mail, 'That was written to them, as long as it is kept'),
      requests: list(instant('When it was sent'), 'With an `Idempotency-Key`, as long as what came of them is kept'),
      activity: list(activityEntry, 'What happened to their account, oldest first'),
      acts: list(act, 'What they did to the accounts of others, oldest first; what came of invitations is for admins'),
      invitationsSent: list(
        Type.Object(invitationParts, { ...exact, title: 'InvitationSent' }),
        'That they sent; to whom is for those to know',
      ),
    },
    { ...exact, title: 'PersonalData' },
  ),
)

export const erasureAnswer = data(
  Type.Object(
    {
      id,
      userId: otherId('Whose'),
      cause: Type.Enum([...erasureCauses], {
        description: 'An admin asked for it, a deletion was long enough ago, or a backup had brought them back',
      }),
      erased: Type.Object(
        Object.fromEntries(erasedThings.map((thing) => [thing, Type.Optional(integer('How many', 1))])),
        { ...exact, description: 'What was taken away' },
      ),
      erasedAt: instant('From then on nobody can sign in as them, or see anything of them'),
      sweptAt: orNull(instant('Since when nothing that others did says more of them than their id; null while owed')),
      finishedAt: orNull(
        instant(
          'Since when files are cleaned of them; null while owed. A database server may keep bytes of rows of large tables in the free room of its pages until something takes it',
        ),
      ),
    },
    { ...exact, title: 'Erasure' },
  ),
)

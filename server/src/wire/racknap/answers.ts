import { type TSchema, Type } from '#typebox'
import { limits } from '../../core/limits.ts'

/* The shapes of parameters and answers, for the API description. */

const exact = { additionalProperties: false } as const

const orNull = <Half extends TSchema>(half: Half) => Type.Union([half, Type.Null()])
const text = (maxLength: number, description: string) =>
  Type.String({ maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$', description })

const id = Type.Integer({
  format: 'int64',
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Given once, and never again',
})
const email = orNull(Type.String({ format: 'idn-email', maxLength: limits.emailLengthMax }))
const firstName = orNull(text(limits.nameLengthMax, 'First name'))
const lastName = orNull(text(limits.nameLengthMax, 'Last name'))
const username = text(limits.emailLengthMax, 'The e-mail address, if there is no username')
const status = Type.Enum(['active', 'inactive', 'pending'], { title: 'Status' })
const date = (description: string) =>
  Type.String({ format: 'date-time', pattern: ':\\d\\dZ$', maxLength: 20, description })
const createdAt = date('To the second, in UTC')
const updatedAt = date('To the second, in UTC')

export const signedUpAnswer = Type.Object(
  { id, email, firstName, lastName, createdAt },
  { ...exact, title: 'SignedUpUser' },
)
const userById = Type.Object(
  { id, email, firstName, lastName, status, createdAt },
  { ...exact, title: 'User', description: 'By id' },
)
const userByName = Type.Object(
  { id, username, email, firstName, lastName },
  { ...exact, title: 'UserByName', description: 'By username' },
)
export const userAnswer = Type.Union([userById, userByName])
export const editedAnswer = Type.Object({ id, firstName, lastName, updatedAt }, { ...exact, title: 'EditedUser' })
export const createdAnswer = Type.Object({ id, email, createdAt }, { ...exact, title: 'CreatedUser' })

export const doneAnswer = Type.Object(
  { success: Type.Literal(true), message: text(100, 'What was done') },
  { ...exact, title: 'Done' },
)

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

const wanted = (description: string) =>
  Type.String({ maxLength: limits.pathParameterLengthMax, pattern: '^[^\\u0000]+$', description })

export const userParams = Type.Object({ id: wanted('A number; all else is the id of nobody') })
export const userOrNameParams = Type.Object({ id: wanted('All digits: the id of a user. All else: a username') })

export const refusalAnswer = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.Object(
      {
        code: Type.String({ maxLength: 64, pattern: '^[A-Z_]+$' }),
        type: Type.String({ maxLength: 64, pattern: '^[A-Z_]+$', description: 'The same as `code`' }),
        message: text(1_000, 'For people'),
        details: Type.Optional(
          Type.Array(Type.Object({ field: text(200, 'What it is about'), message: text(8_192, 'For people') }, exact), {
            maxItems: limits.formFaultsMax * 10,
          }),
        ),
      },
      exact,
    ),
    meta: Type.Object(
      { timestamp: date('When it was said'), requestId: text(100, 'What to look for in the log') },
      exact,
    ),
  },
  { ...exact, title: 'Refusal' },
)

export const organizationsAnswer = Type.Object(
  {
    organizations: Type.Array(
      Type.Object(
        {
          id,
          name: text(limits.organizationNameLengthMax, 'Of the organization'),
          role: Type.Enum(['Admin', 'Member', 'AppAdmin'], { description: 'What the user is there' }),
        },
        exact,
      ),
      { maxItems: limits.accessibleOrganizationsMax },
    ),
  },
  { ...exact, title: 'AccessibleOrganizations' },
)

const fields = `(id|username|email|firstName|lastName|status|createdAt|updatedAt)`

export const usersQuery = Type.Object({
  $filter: Type.Optional(
    Type.String({
      maxLength: limits.filterBytesMax,
      pattern: '^[^\\u0000]*$',
      description:
        "OData: `eq ne gt ge lt le in and or not contains startswith endswith tolower toupper` over the fields of a user, as in `contains(email,'@example.com') and status eq 'active'`",
    }),
  ),
  $skip: Type.Optional(
    Type.Integer({ format: 'int32', minimum: 0, maximum: limits.pageMax, description: 'Users to pass over' }),
  ),
  $top: Type.Optional(
    Type.Integer({
      format: 'int32',
      minimum: 0,
      maximum: limits.matchesShownMax,
      default: limits.matchesShownDefault,
      description: 'Users on a page',
    }),
  ),
  $orderby: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: `^ *${fields}( +(asc|desc))? *(, *${fields}( +(asc|desc))? *)*$`,
      description: 'Fields, each with `asc` or `desc`; by `id` unless said',
    }),
  ),
  $count: Type.Optional(Type.Boolean({ default: true, description: 'Whether to count' })),
  $select: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: `^ *${fields} *(, *${fields} *)*$`,
      description: 'Fields that rows are to have',
    }),
  ),
})

const row = Type.Partial(
  Type.Object({ id, username: orNull(username), email, firstName, lastName, status, createdAt, updatedAt }),
  { ...exact, title: 'UserRow', description: '`id`, `email`, `firstName` and `status`, unless others are selected' },
)

export const usersAnswer = Type.Object(
  {
    value: Type.Array(row, { maxItems: limits.matchesShownMax }),
    count: Type.Optional(
      Type.Integer({ format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Before paging' }),
    ),
  },
  { ...exact, title: 'UserList' },
)

export const imageBody = Type.Object(
  {
    image: Type.Unsafe<Uint8Array>({
      type: 'string',
      format: 'binary',
      maxLength: limits.avatarBytesMax,
      description: 'A JPEG or a PNG of at most 5 MB; else the first file of the form, whatever its field is called',
    }),
  },
  exact,
)

export const imageAnswer = Type.Object(
  {
    imageUrl: Type.String({
      format: 'uri',
      maxLength: limits.urlLengthMax,
      description: 'For whoever sees the user, with their token',
    }),
    uploadedAt: date('To the second, in UTC'),
  },
  { ...exact, title: 'ProfileImage' },
)

export const pictureAnswer = Type.Unsafe<Uint8Array>({
  type: 'string',
  format: 'binary',
  maxLength: limits.avatarBytesMax,
  description: 'At most 1024 by 1024 pixels',
})

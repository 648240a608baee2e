import { Type } from '#typebox'
import { attentionCodes } from '../../core/attention/list-attention.ts'
import { limits } from '../../core/limits.ts'
import { roles } from '../../core/permissions.ts'
import { statsIntervals } from '../../core/stats/stats.ts'
import { statuses } from '../../core/users/user.ts'
import { data, email, exact, id, instant, integer, logEntry, name, orNull, text } from './answers.ts'
import { activityQuery, limit, page, usersQuery } from './questions.ts'

/* The shapes of what concerns the directory as a whole, for the API description. */

const { type, from, to } = activityQuery.properties
const whose = (description: string) => Type.Optional(Type.String({ format: 'uuid', maxLength: 36, description }))

export const logQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.activityPageSizeDefault)),
  type,
  actor: whose('Only what this user did'),
  user: whose('Only what happened to the account of this user'),
  from,
  to,
  cursor: usersQuery.properties.cursor,
  names: Type.Optional(
    Type.Boolean({ default: false, description: '`true` adds to `meta` what those are called whom the entries name' }),
  ),
})

const called = Type.Object(
  {
    id,
    email: orNull(email),
    firstName: orNull(name('First name')),
    lastName: orNull(name('Last name')),
  },
  { ...exact, title: 'Called' },
)

export const logAnswer = Type.Object(
  {
    data: Type.Array(logEntry, { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Entries on a whole page', 1),
        total: integer('Entries that match, on all pages'),
        totalIsExact: Type.Optional(Type.Literal(false, { description: 'There are more than `total`' })),
        next: Type.Optional(
          orNull(
            text(limits.cursorLengthMax, 'The `cursor` of the next page; null at the end. Absent without `cursor`'),
          ),
        ),
        people: Type.Optional(
          Type.Array(called, {
            maxItems: 2 * limits.pageSizeMax,
            description:
              'With `names`: the users whom the entries name, as far as the caller may list them and they are not deleted, in no order',
          }),
        ),
      },
      { ...exact, title: 'LogPageMeta' },
    ),
  },
  exact,
)

export const statsQuery = Type.Object({
  from,
  to,
  interval: Type.Optional(
    Type.Enum([...statsIntervals], {
      default: 'day',
      description: 'How long each stretch is; the first begins at `from`',
    }),
  ),
})

const countEach = (names: readonly string[], description: string) =>
  Type.Object(Object.fromEntries(names.map((each) => [each, integer(`Users that are ${each}`)])), {
    ...exact,
    description,
  })

export const statsAnswer = data(
  Type.Object(
    {
      totals: Type.Object(
        {
          users: integer('All that are not deleted'),
          byRole: countEach(roles, 'The same by role'),
          byStatus: countEach(statuses, 'The same by status'),
        },
        { ...exact, description: 'As of now' },
      ),
      from: instant('Where the first stretch begins'),
      to: instant('Where the last one ends'),
      interval: Type.Enum([...statsIntervals], { description: 'How long each is' }),
      series: Type.Array(
        Type.Object(
          {
            from: instant('Where it begins'),
            signUps: integer('Users who were added'),
            logins: integer('Sign-ins'),
            failedLogins: integer('Attempts with a wrong password or code'),
          },
          { ...exact, title: 'StatsStretch' },
        ),
        { maxItems: limits.statsIntervalsMax, description: 'One stretch after another, also where nothing happened' },
      ),
    },
    { ...exact, title: 'Stats' },
  ),
)

export const settingsAnswer = data(
  Type.Object(
    {
      settings: Type.Array(
        Type.Object(
          {
            name: text(limits.textLengthMax, 'The environment variable'),
            chapter: text(limits.textLengthMax, 'What it belongs to'),
            description: text(1_000, 'What it does, in Markdown'),
            value: orNull(
              Type.String({
                maxLength: 10_000,
                description: 'What is in force; null where nothing is set, and for secrets',
              }),
            ),
            isSet: Type.Boolean({ description: 'Whether the operator decided it' }),
            isSecret: Type.Boolean({ description: 'Whether its value is shown to nobody' }),
          },
          { ...exact, title: 'Setting' },
        ),
        { maxItems: 200 },
      ),
      limits: Type.Array(
        Type.Object(
          {
            name: text(limits.textLengthMax, 'What it limits, the unit last'),
            value: integer('The most, or the least where the name says so'),
          },
          { ...exact, title: 'Limit' },
        ),
        { maxItems: 500 },
      ),
    },
    { ...exact, title: 'SettingsInForce' },
  ),
)

export const attentionAnswer = data(
  Type.Array(
    Type.Object(
      {
        code: Type.Enum([...attentionCodes], { description: 'What it is about' }),
        count: integer('How many of it there are', 1),
      },
      { ...exact, title: 'Attention' },
    ),
    { maxItems: attentionCodes.length },
  ),
)

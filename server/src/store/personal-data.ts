import type { Activity } from '../core/activity/activity.ts'
import type { Avatar } from '../core/avatars/avatar.ts'
import type { Invitation } from '../core/invitations/invitation.ts'
import { limits } from '../core/limits.ts'
import type { PersonalData } from '../core/personal-data/personal-data.ts'
import { nobody, type UserId } from '../core/users/user.ts'
import { activityOf } from './activity.ts'
import { apiTokenOf } from './api-tokens.ts'
import { avatarReads } from './avatars.ts'
import { factorReads } from './factors.ts'
import { invitationOf, invitedOf } from './invitations.ts'
import { linkOf } from './links.ts'
import { mailOf } from './mail.ts'
import { organizationOf } from './organizations.ts'
import { first, type Queries, statement } from './queries.ts'
import { sessionOf } from './sessions.ts'
import { userOf } from './users.ts'

/** As of one instant, where it is read aside. */
export async function personalDataOf(queries: Queries, { userId }: { userId: UserId }): Promise<PersonalData | null> {
  const row = await first(queries.all(user, { userId }))
  if (row === undefined || row.erased_at !== null) return null
  const { email, first_name, last_name, role } = row
  return {
    user: userOf(queries, row),
    passwordChangedAtMs: (await first(queries.all(password, { userId })))?.changed_at ?? null,
    sessions: (await queries.all(sessions, { userId })).map((session) => sessionOf(queries, session)),
    factors: await factorReads(queries).ofUser(userId),
    apiTokens: (await queries.all(apiTokens, { userId })).map((token) => apiTokenOf(queries, token)),
    memberships: (await queries.all(memberships, { userId })).map(({ role, since, ...organization }) => ({
      organization: organizationOf(organization),
      role,
      sinceMs: since,
    })),
    invitations: (await queries.all(invitations, { userId })).map((invitation) =>
      invitedOf(queries, { ...invitation, email, first_name, last_name, role }),
    ),
    links: (await queries.all(links, { userId })).map((link) => linkOf(queries, link)),
    mail: (await queries.all(mail, { userId })).map((letter) => mailOf(queries, letter)),
    avatar: await avatarOf(queries, userId),
    requestsAtMs: (await queries.all(requests, { userId })).map(({ at }) => at),
  }
}

async function avatarOf(queries: Queries, userId: UserId): Promise<Avatar | null> {
  const { hashOf, picture } = avatarReads(queries)
  const hash = await hashOf(userId)
  if (hash === null) return null
  const [large, medium, small] = [
    await picture(userId, hash, 'large'),
    await picture(userId, hash, 'medium'),
    await picture(userId, hash, 'small'),
  ]
  return large === null || medium === null || small === null ? null : { hash, pictures: { large, medium, small } }
}

interface After<T> {
  readonly userId: UserId
  readonly after: T | null
}

export async function personalActivity(queries: Queries, { userId, after }: After<Activity>): Promise<Activity[]> {
  const rows = await queries.all(accountActivity, { userId, ...placeOf(after), limit: limits.exportedAtOnce })
  return rows.map((row) => activityOf(queries, row))
}

export async function personalActs(queries: Queries, { userId, after }: After<Activity>): Promise<Activity[]> {
  const rows = await queries.all(acts, { userId, ...placeOf(after), limit: limits.exportedAtOnce })
  return rows.map((row) => activityOf(queries, row))
}

export async function personalInvitations(
  queries: Queries,
  { userId, after }: After<Invitation>,
): Promise<Invitation[]> {
  const rows = await queries.all(sent, { userId, id: after?.id ?? nobody, limit: limits.exportedAtOnce })
  return rows.map(invitationOf)
}

function placeOf(after: Activity | null): { at: number; id: string } {
  return { at: after?.atMs ?? -1, id: after?.id ?? nobody }
}

interface Slice {
  readonly userId: UserId
  readonly at: number
  readonly id: string
  readonly limit: number
}

/** Whatever happened to an account, in order. */
export const accountActivity = statement((sql, p: Slice) =>
  sql
    .selectFrom('activity')
    .selectAll()
    .where('user_id', '=', p.userId)
    .where((eb) => eb(eb.refTuple('at', 'id'), '>', eb.tuple(p.at, p.id)))
    .orderBy('at')
    .orderBy('id')
    .limit(p.limit),
)

/** Whatever somebody did to anybody, in order. */
export const actorActivity = statement((sql, p: Slice) =>
  sql
    .selectFrom('activity')
    .selectAll()
    .where('actor_id', '=', p.userId)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit),
)

const acts = statement((sql, p: Slice) =>
  sql
    .selectFrom('activity')
    .selectAll()
    .where('actor_id', '=', p.userId)
    .where('user_id', '!=', p.userId)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit),
)

type Person = { readonly userId: UserId }

const user = statement((sql, p: Person) => sql.selectFrom('users').selectAll().where('id', '=', p.userId))

const password = statement((sql, p: Person) =>
  sql.selectFrom('credentials').select('changed_at').where('user_id', '=', p.userId),
)

const sessions = statement((sql, p: Person) =>
  sql.selectFrom('sessions').selectAll().where('user_id', '=', p.userId).orderBy('id'),
)

const apiTokens = statement((sql, p: Person) =>
  sql.selectFrom('api_tokens').selectAll().where('user_id', '=', p.userId).orderBy('id'),
)

const memberships = statement((sql, p: Person) =>
  sql
    .selectFrom('members')
    .innerJoin('organizations', 'organizations.id', 'members.organization_id')
    .selectAll('organizations')
    .select(['members.role', 'members.since'])
    .where('members.user_id', '=', p.userId)
    .orderBy('organizations.number'),
)

const invitations = statement((sql, p: Person) =>
  sql.selectFrom('invitations').selectAll().where('user_id', '=', p.userId).orderBy('id'),
)

const sent = statement((sql, p: Person & { readonly id: string; readonly limit: number }) =>
  sql
    .selectFrom('invitations')
    .selectAll()
    .where('invited_by', '=', p.userId)
    .where('id', '>', p.id as Invitation['id'])
    .orderBy('id')
    .limit(p.limit),
)

const links = statement((sql, p: Person) =>
  sql.selectFrom('links').selectAll().where('user_id', '=', p.userId).orderBy('id'),
)

const mail = statement((sql, p: Person) =>
  sql.selectFrom('mail').selectAll().where('user_id', '=', p.userId).orderBy('id'),
)

const requests = statement((sql, p: Person) =>
  sql
    .selectFrom('remembered_requests')
    .select('at')
    .where('user_id', '=', p.userId)
    .where('part', '=', -1)
    .orderBy('at'),
)

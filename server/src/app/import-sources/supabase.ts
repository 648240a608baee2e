import { recordsIn } from './json-records.ts'
import type { Notes } from './notes.ts'
import {
  type Foreign,
  type ImportSource,
  identified,
  instantOf,
  isForeign,
  namesOf,
  type OwnLine,
  objectOf,
  ownLine,
  parsedOf,
  passwordOf,
  pictureOf,
  type RoleMap,
  roleOf,
  tellIdentities,
  textOf,
  textsOf,
  usernameOf,
} from './source.ts'

/** The rows of `auth.users` in JSON: an array, or one a line. */
export function supabase({ roleMap }: { roleMap: RoleMap }): ImportSource {
  return { records: recordsIn, translate: (record, notes) => translate(record, roleMap, notes) }
}

function translate(record: Foreign, roleMap: RoleMap, notes: Notes): OwnLine | null {
  if (record.deleted_at) return leftOut('deleted', notes)
  if (record.is_anonymous === true) return leftOut('anonymous', notes)
  const { attributes, ...own } = identified(record.id, 'supabase_id')
  const user = objectOf(parsedOf(record.raw_user_meta_data))
  const app = objectOf(parsedOf(record.raw_app_meta_data))
  const { firstName, lastName } = namesOf(user.full_name ?? user.name)
  const { attributes: unfit, ...named } = usernameOf(user.username ?? user.user_name, record.email, notes)
  const isProved = Boolean(record.email_confirmed_at ?? record.phone_confirmed_at ?? record.confirmed_at)
  const isBanned = isAhead(record.banned_until)
  if (!isProved && !isBanned) notes.add('unproved_address')
  const theirRoles = [...textsOf(app.roles), ...[app.role].filter((role) => typeof role === 'string')]
  return ownLine({
    ...own,
    email: textOf(record.email),
    ...named,
    emailVerified: Boolean(record.email_confirmed_at),
    firstName: textOf(user.first_name) ?? textOf(user.given_name) ?? firstName,
    lastName: textOf(user.last_name) ?? textOf(user.family_name) ?? lastName,
    avatar: pictureOf(user.avatar_url) ?? pictureOf(user.picture),
    status: isBanned ? 'inactive' : isProved ? 'active' : 'pending',
    createdAt: instantOf(record.created_at),
    updatedAt: instantOf(record.updated_at),
    lastLoginAt: instantOf(record.last_sign_in_at),
    ...roleOf(theirRoles, roleMap, notes),
    ...passwordIn(record, app, notes),
    attributes: {
      ...attributes,
      ...unfit,
      phone_number: textOf(record.phone),
      user_metadata: filled(user),
      app_metadata: filled(app),
    },
  })
}

function leftOut(kind: 'deleted' | 'anonymous', notes: Notes): null {
  notes.add(kind)
  return null
}

function isAhead(value: unknown): boolean {
  const until = instantOf(value)
  return until !== undefined && (until === 'infinity' || Date.parse(until) > Date.now())
}

function filled(value: Foreign): Foreign | undefined {
  return isForeign(value) && Object.keys(value).length > 0 ? value : undefined
}

/** Whoever has no password has an empty one in the column. */
function passwordIn(record: Foreign, app: Foreign, notes: Notes): { passwordHash?: string } {
  const hash = textOf(record.encrypted_password)
  const providers = [...textsOf(app.providers), ...[app.provider].filter((one) => typeof one === 'string')]
  tellIdentities(
    providers.filter((one) => one !== 'email' && one !== 'phone'),
    hash !== undefined,
    notes,
  )
  return hash === undefined ? {} : passwordOf(hash, notes)
}

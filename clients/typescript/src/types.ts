import type { components, operations } from './generated/schema.ts'

type Operations = operations

/** An operation by the name it has in the API description. */
export type OperationId = keyof Operations

type Parameters<Id extends OperationId> = Operations[Id]['parameters']
type Of<Part, Key extends string> = Part extends { [key in Key]?: infer Inner } ? Exclude<Inner, undefined> : never

/** What may be left out may also be undefined: it is not sent then. */
type Lenient<Whole> = {
  [Key in keyof Whole]: undefined extends Whole[Key] ? Whole[Key] | undefined : Whole[Key]
}

/** The ids in an operation's path. */
export type PathOf<Id extends OperationId> = Of<Parameters<Id>, 'path'>
/** What an operation can be asked by query. */
export type QueryOf<Id extends OperationId> = Lenient<Of<Parameters<Id>, 'query'>>
/** The body that an operation takes as JSON. */
export type BodyOf<Id extends OperationId> = Lenient<
  Of<Of<Of<Operations[Id], 'requestBody'>, 'content'>, 'application/json'>
>

type Responses<Id extends OperationId> = Operations[Id]['responses']
type Answered<Id extends OperationId> = {
  [Status in keyof Responses<Id>]: Of<Of<Responses<Id>[Status], 'content'>, 'application/json'>
}[keyof Responses<Id>]

/** What comes of an operation: its `data`, or all of the answer where there is a `meta` beside it or no `data`; or the bytes of what is no JSON. */
export type ResultOf<Id extends OperationId> = [Answered<Id>] extends [never]
  ? ReadableStream<Uint8Array>
  : Unwrapped<Answered<Id>>
type Unwrapped<Body> = Body extends { meta: unknown } ? Body : Body extends { data: infer Data } ? Data : Body

type Schemas = components['schemas']

/** A user as lists and changes show them: the eleven documented keys. Instants are ISO 8601 in UTC, as on the wire. */
export type User = Schemas['User']
/** A user as they are read by id. */
export type UserWithProfile = Schemas['UserWithProfile']
/** The caller. */
export type Me = Schemas['Me']
/** What `fields` leaves of a user. */
export type SelectedUser = Schemas['SelectedUser']
export type Role = Schemas['Role']
export type Status = Schemas['Status']
export type Profile = Schemas['Profile']
export type Preferences = Schemas['Preferences']
export type Permission = ResultOf<'readOwnPermissions'>[number]
export type Activity = Schemas['Activity']
export type Session = Schemas['Session']
export type Factor = Schemas['Factor']
/** Of a list of factors, which also tells how many recovery codes are left. */
export type FactorPageMeta = Schemas['FactorsPageMeta']
export type Organization = Schemas['Organization']
export type OrganizationRole = Schemas['OrganizationRole']
/** An organization, and what somebody is in it. */
export type Membership = Schemas['Membership']
/** A user, and what they are in an organization. */
export type Member = Schemas['Member']
export type Invitation = Schemas['Invitation']
export type ApiToken = Schemas['ApiToken']
/** An API token, and the one answer that shows it. */
export type NewApiToken = Schemas['NewApiToken']
/** What happened to somebody's account, and whose it is. */
export type LogEntry = Schemas['LogEntry']
/** Who somebody is, for people. */
export type Called = Schemas['Called']
export type LogPageMeta = Schemas['LogPageMeta']
export type Stats = Schemas['Stats']
export type SettingsInForce = Schemas['SettingsInForce']
export type Attention = Schemas['Attention']
export type Mail = Schemas['Mail']
export type MailWithLetter = Schemas['MailWithLetter']
export type Avatar = Schemas['Avatar']
/** What a sign-in gives: an access token, the refresh token that comes after it, and who it is. */
export type Tokens = Schemas['Tokens']
/** The password was right, and a second factor is asked for. */
export type HalfSignIn = Schemas['HalfSignIn']
/** What has only something to say to people. */
export type Message = Schemas['Message']

export type NewUser = BodyOf<'createUser'>
/** What is absent stays, `null` removes, `profile`, `preferences` and `attributes` merge deeply. */
export type UserChanges = BodyOf<'updateUser'>

/** A page of a list. */
export interface Page<Item, Meta = { page: number; limit: number; total: number }> {
  data: Item[]
  meta: Meta
}
export type UserPageMeta = Schemas['PageMeta']

/** A file that is being read in. */
export type Import = Schemas['Import']

type Instant = 'createdFrom' | 'createdTo' | 'updatedFrom' | 'updatedTo' | 'lastLoginFrom' | 'lastLoginTo'

/** Filters combine. What is undefined is not asked. */
export type UserQuery = Omit<QueryOf<'listUsers'>, Instant | 'fields'> & {
  [Key in Instant]?: string | Date | undefined
}

/** The filters of the list, up to 200 ids of those who are wanted, and the form of the file. */
export type ExportQuery = Omit<QueryOf<'exportUsers'>, Instant | 'ids'> & {
  [Key in Instant]?: string | Date | undefined
} & { ids?: readonly string[] | undefined }

/** Names a key of {@link SelectedUser}, or a key inside one: `profile.bio`. */
export type UserField =
  | keyof SelectedUser
  | `profile.${keyof Profile & string}`
  | `preferences.${'theme' | 'language' | 'timezone' | 'notifications'}`
  | `preferences.notifications.${keyof Preferences['notifications'] & string}`

/** Only these keys. */
export interface FieldSelection {
  fields: readonly UserField[]
}

/** A question that leaves the keys of the answer alone. */
export interface NoFieldSelection {
  fields?: undefined
}

/** From when on, inclusive, and until when, exclusive. */
type Between<Query> = Omit<Query, 'from' | 'to'> & {
  from?: string | Date | undefined
  to?: string | Date | undefined
}

/** `from` is inclusive, `to` is not. */
export type ActivityQuery = Between<QueryOf<'listActivity'>>
/** `from` is inclusive, `to` is not. */
export type LogQuery = Between<QueryOf<'listAllActivity'>>
/** `from` is inclusive, `to` is not. */
export type StatsQuery = Between<QueryOf<'readStats'>>

export type { operations } from './generated/schema.ts'

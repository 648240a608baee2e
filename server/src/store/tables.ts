import type { Generated } from '#kysely'
import type { ActivityType } from '../core/activity/activity.ts'
import type { ApiTokenId } from '../core/api-tokens/api-token.ts'
import type { ErasureCause, ErasureId } from '../core/erasures/erasure.ts'
import type { Factor, FactorId } from '../core/factors/factor.ts'
import type { ImportId, ImportState } from '../core/imports/import.ts'
import type { InvitationId } from '../core/invitations/invitation.ts'
import type { LinkId, LinkPurpose } from '../core/links/link.ts'
import type { MailFailure, MailId, MailState, MailWay, MessageKind } from '../core/mail/mail.ts'
import type { OrganizationId, OrganizationRole } from '../core/organizations/organization.ts'
import type { Role } from '../core/permissions.ts'
import type { ClaimKind } from '../core/ports.ts'
import type { SessionId } from '../core/sessions/session.ts'
import type { Email, Status, UserId, Username } from '../core/users/user.ts'

/** What the engine made of a text that nobody searches: the text itself where the whole file is encrypted, else sealed bytes. */
export type Sealed = string | Uint8Array

/** The same of what is no text. */
export type SealedBytes = Uint8Array

/** 0 or 1, on both engines. */
export type Flag = 0 | 1

/** The tables as both engines have them. Instants are milliseconds since 1970, ids lower-case UUIDs. */
export interface Tables {
  users: UsersTable
  claims: { kind: ClaimKind; value: string; user_id: UserId }
  /** How many live users there are of each role and status, as of the last fold … */
  user_counts: { role: Role; status: Status; n: number }
  /** … and what has come since. */
  user_count_deltas: { id: Generated<number>; role: Role; status: Status; delta: number }
  /** One row: how many active admins there are. It is also the guard of the last one. */
  active_admins: { one: 1; n: number }
  credentials: { user_id: UserId; password_hash: string; changed_at: number }
  sessions: SessionsTable
  refresh_tokens: {
    digest: string
    session_id: SessionId
    user_id: UserId
    issued_at: number
    used_at: number | null
  }
  factors: FactorsTable
  /** What stands in for a lost factor; each works once. */
  recovery_codes: { user_id: UserId; digest: string; used_at: number | null }
  /** What was begun and has to be finished by whoever holds its id. */
  challenges: { digest: string; user_id: UserId; attempts: number; expires_at: number; content: Sealed }
  /** `actor_id` is who did it, and `organization_id` what it is about, as the detail has them too. */
  activity: {
    id: string
    user_id: UserId
    type: ActivityType
    at: number
    detail: Sealed
    actor_id: UserId | null
    organization_id: OrganizationId | null
  }
  signing_keys: { kid: string; private_jwk: Sealed; public_jwk: string; created_at: number; retired_at: number | null }
  /** Requests that may be sent again: part -1 holds the digest of what was sent, the others what came of it. `at` is the request's. */
  remembered_requests: { name: string; part: number; user_id: UserId; at: number; content: Sealed }
  links: LinksTable
  /** How often mail was asked for to an address: `name` tells nobody which, `n` counts from `began_at`. */
  link_requests: { name: string; began_at: number; last_at: number; n: number }
  invitations: InvitationsTable
  organizations: OrganizationsTable
  /** Its key is the only rule of uniqueness. */
  organization_slugs: { slug: string; organization_id: OrganizationId }
  members: MembersTable
  mail: MailTable
  api_tokens: ApiTokensTable
  avatars: AvatarsTable
  imports: ImportsTable
  erasures: ErasuresTable
  /** Facts about the directory as a whole, by name. */
  facts: { name: string; value: string }
}

export interface UsersTable {
  number: Generated<number>
  id: UserId
  email: Email | null
  username: Username | null
  first_name: string | null
  last_name: string | null
  role: Role
  status: Status
  email_verified: Flag
  version: number
  created_at: number
  updated_at: number
  last_login_at: number | null
  deleted_at: number | null
  restorable: Flag
  particulars: Sealed
  sort_email: string
  sort_first_name: string
  sort_last_name: string
  folded_email: string | null
  folded_username: string | null
  /** Of whomever nothing else is kept. */
  erased_at: number | null
}

export interface FactorsTable {
  id: FactorId
  user_id: UserId
  kind: Factor['kind']
  content: Sealed
  credential_digest: string | null
  counter: number
  created_at: number
  confirmed_at: number | null
  last_used_at: number | null
}

export interface SessionsTable {
  id: SessionId
  user_id: UserId
  created_at: number
  last_used_at: number
  expires_at: number
  ended_at: number | null
  origin: Sealed
  impersonator_id: UserId | null
  impersonator_session_id: SessionId | null
}

export interface LinksTable {
  id: LinkId
  user_id: UserId
  purpose: LinkPurpose
  email: Sealed
  created_at: number
  expires_at: number
  ended_at: number | null
  invitation_id: InvitationId | null
}

export interface InvitationsTable {
  id: InvitationId
  user_id: UserId
  made_user: Flag
  invited_by: UserId | null
  created_at: number
  sent_at: number
  expires_at: number
  accepted_at: number | null
  revoked_at: number | null
  /** These four are of invitations into an organization only. */
  organization_id: OrganizationId | null
  organization_role: OrganizationRole | null
  address: string | null
  sent: Sealed | null
}

export interface OrganizationsTable {
  number: Generated<number>
  id: OrganizationId
  name: string
  slug: string
  version: number
  created_at: number
  updated_at: number
}

export interface MembersTable {
  organization_id: OrganizationId
  user_id: UserId
  role: OrganizationRole
  since: number
}

export interface MailTable {
  id: MailId
  user_id: UserId
  kind: MessageKind
  state: MailState
  created_at: number
  /** While it waits: when it is to be taken up, or taken up anew if whoever has it does not settle it. */
  due_at: number
  tried_until: number
  attempts: number
  settled_at: number | null
  via: MailWay | null
  failure: MailFailure | null
  content: Sealed
}

/** `erased` is JSON: what there was, and how many. */
export interface ErasuresTable {
  user_id: UserId
  id: ErasureId
  cause: ErasureCause
  at: number
  erased: string
  swept_at: number | null
  finished_at: number | null
}

/** `hash` is that of the large picture; the columns are called as the sizes are. */
export interface AvatarsTable {
  user_id: UserId
  hash: string
  large: SealedBytes
  medium: SealedBytes
  small: SealedBytes
}

export interface ImportsTable {
  id: ImportId
  /** Who sent the file. */
  user_id: UserId
  state: ImportState
  started_at: number
  updated_at: number
  progress: Sealed
}

export interface ApiTokensTable {
  id: ApiTokenId
  user_id: UserId
  digest: string
  name: Sealed
  /** Separated by blanks. */
  permissions: string
  created_at: number
  expires_at: number
  last_used_at: number | null
}

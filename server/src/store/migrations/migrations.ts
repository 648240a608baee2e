import type { Queries } from '../queries.ts'
import { directory } from './001-directory.ts'
import { list } from './002-list.ts'
import { search } from './003-search.ts'
import { idempotency } from './004-idempotency.ts'
import { formerAddresses } from './005-former-addresses.ts'
import { links } from './006-links.ts'
import { mail } from './007-mail.ts'
import { apiTokens } from './008-api-tokens.ts'
import { impersonation } from './009-impersonation.ts'
import { sessionsOver } from './010-sessions-over.ts'
import { linkRequests } from './011-link-requests.ts'
import { factors } from './012-factors.ts'
import { invitations } from './013-invitations.ts'
import { foldedNames } from './014-folded-names.ts'
import { organizations } from './015-organizations.ts'
import { avatars } from './016-avatars.ts'
import { stretches } from './017-stretches.ts'
import { organizationInvitations } from './018-organization-invitations.ts'
import { gramsOfFields } from './019-grams-of-fields.ts'
import { erasures } from './020-erasures.ts'
import { activityLog } from './021-activity-log.ts'
import { imports } from './022-imports.ts'
import { inviters } from './023-inviters.ts'
import { searchMerging } from './024-search-merging.ts'

/** One step of the schema. Numbered without gaps, forward only; once shipped it never changes. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly statements: (types: ColumnTypes) => readonly string[]
  /** What SQL cannot work out, after the statements and in their transaction. It may not ask for what is sealed. */
  readonly fill?: (queries: Queries) => Promise<void>
}

/** How an engine spells the few kinds of column there are. */
export interface ColumnTypes {
  /** For what the engines have nothing in common in. */
  readonly engine: 'sqlite' | 'postgres'
  /** A lower-case UUID. */
  readonly id: string
  /** Compared by code point. */
  readonly text: string
  /** Milliseconds since 1970, and whole numbers. */
  readonly integer: string
  /** 0 or 1. */
  readonly flag: string
  /** What nobody searches by. */
  readonly sealed: string
  /** The same, of what is no text. */
  readonly sealedBytes: string
  /** A primary key that counts up and never gives a number twice. */
  readonly autonumber: string
  /** Stands behind a table whose rows are found by primary key only. */
  readonly keyed: string
  /** Stands behind every other table. */
  readonly plain: string
}

export const migrations: readonly Migration[] = [
  directory,
  list,
  search,
  idempotency,
  formerAddresses,
  links,
  mail,
  apiTokens,
  impersonation,
  sessionsOver,
  linkRequests,
  factors,
  invitations,
  foldedNames,
  organizations,
  avatars,
  stretches,
  organizationInvitations,
  gramsOfFields,
  erasures,
  activityLog,
  imports,
  inviters,
  searchMerging,
]

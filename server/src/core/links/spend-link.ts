import { type Form, invalid, startReading } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { User } from '../users/user.ts'
import type { Link, LinkId, LinkPurpose } from './link.ts'

/** What whoever follows a link sends: what stands in it, and a password. */
export interface LinkAndPasswordValues {
  token: string
  password: string
}

/** A link that stands, and whose it is. */
export interface Found {
  readonly link: Link
  readonly user: User
}

/**
 * Looks at the link that a token leads to, and spends nothing. The token comes first, like any other: whoever has none that stands is told
 * nothing of the rest, and nothing is hashed for them.
 */
export async function findLink(
  core: Pick<Core, 'directory' | 'linkTokens' | 'clock'>,
  { values, faults }: Form<LinkAndPasswordValues>,
  purposes: readonly LinkPurpose[],
): Promise<Outcome<Found, 'invalid' | 'link_over'>> {
  const { token, password } = values
  if (token === undefined) {
    const reading = startReading(faults)
    reading.need('token', token)
    reading.need('password', password)
    return invalid(reading.faults)
  }
  for (const purpose of purposes) {
    const id = core.linkTokens.read(purpose, token)
    const link = id === null ? null : await core.directory.links.byId(id)
    const user = link === null ? null : await core.directory.users.byId(link.userId)
    if (link !== null && user !== null && stands(link, user, core.clock())) return grant({ link, user })
  }
  return refuse({ code: 'link_over' })
}

/**
 * Spends a link: of any number of callers one is granted it, and nothing else that was sent to the user is good from here on but what asks them into
 * organizations, which gives nobody a way into the account. The user is held before the link, as by whoever voids links.
 */
export async function spendLink(
  { store, nowMs }: Transaction,
  id: LinkId,
  purpose: LinkPurpose,
): Promise<Outcome<Found, 'link_over'>> {
  const sent = await store.links.byId(id)
  const user = sent === null ? null : await store.users.byId(sent.userId)
  const mayBeSpent = sent !== null && user !== null && stands(sent, user, nowMs)
  const link = mayBeSpent ? await store.links.spend(id, purpose, nowMs) : null
  if (link === null || user === null) return refuse({ code: 'link_over' })
  await store.links.voidAllBut(user.id, 'organization_invitation', nowMs)
  return grant({ link, user })
}

/** A link proves that somebody reads mail at the address it was sent to: unless that is to become the user's, it has to be theirs still. */
function stands(link: Link, user: User, nowMs: number): boolean {
  const isTheirs = link.purpose === 'change_email' || link.email === user.email
  return link.endedAtMs === null && link.expiresAtMs > nowMs && user.status !== 'inactive' && isTheirs
}

import type { Invitation } from '@sudigital/client'

export const invitationStates = ['pending', 'accepted', 'expired', 'revoked'] as const

/** What is looked at in the list of invitations. */
export interface InvitationsSearch {
  readonly state?: Invitation['state']
  /** A whole address. */
  readonly email?: string
  readonly organization?: string
  readonly page?: number
}

export function readInvitationsSearch(sent: Record<string, unknown>): InvitationsSearch {
  const { email, organization, page } = sent
  const state = invitationStates.find((known) => known === sent.state)
  return {
    ...(state === undefined ? {} : { state }),
    ...(typeof email === 'string' && email !== '' ? { email } : {}),
    ...(typeof organization === 'string' && organization !== '' ? { organization } : {}),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 ? { page } : {}),
  }
}

/** Looks at something else of the list, from its beginning. */
export type ChangeSearch = (part: Readonly<Record<string, unknown>>) => void

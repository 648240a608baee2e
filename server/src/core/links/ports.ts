import type { InvitationId } from '../invitations/invitation.ts'
import type { Eventually } from '../outcome.ts'
import type { UserId } from '../users/user.ts'
import type { Link, LinkId, LinkPurpose } from './link.ts'

export interface LinkReads {
  byId(id: LinkId): Eventually<Link | null>
}

export interface LinkStore extends LinkReads {
  issue(
    link: Omit<Link, 'id' | 'endedAtMs' | 'invitationId'> & { readonly invitationId?: InvitationId },
  ): Promise<LinkId>
  /** Of any number of callers exactly one is told the link; null when it was spent, is void, has expired, or is for something else. */
  spend(id: LinkId, purpose: LinkPurpose, atMs: number): Promise<Link | null>
  voidAll(userId: UserId, purpose: LinkPurpose, atMs: number): Promise<void>
  /** Those that accept this invitation of the user's. */
  voidInvitation(userId: UserId, invitationId: InvitationId, atMs: number): Promise<void>
  /** Whatever they are for, except for this. */
  voidAllBut(userId: UserId, purpose: LinkPurpose, atMs: number): Promise<void>
  /** Whatever they are for. */
  voidEvery(userId: UserId, atMs: number): Promise<void>
  /**
   * Counts a request for mail to an address, by the name that `LinkTokens.requestName` gives it, and tells whether it is one of the few that
   * are heeded. That depends on earlier requests alone, never on whether anybody has the address.
   */
  countRequest(name: string, atMs: number): Promise<boolean>
  /** Forgets some links that expired before, and some requests whose day began before; tells how many. */
  forget(expiredBeforeMs: number, countedBeforeMs: number): Promise<number>
}

/** What stands in the link that is mailed. It is not kept: whoever reads the directory without its keys cannot make one. */
export interface LinkTokens {
  token(purpose: LinkPurpose, id: LinkId): string
  /** Null when it was not made here, for this purpose; whether the link still stands is the directory's to say. */
  read(purpose: LinkPurpose, token: string): LinkId | null
  /** Stands for requests to send such a link to the address, however it is spelled, and tells nothing of it without the directory's keys. */
  requestName(purpose: LinkPurpose, address: string): string
}

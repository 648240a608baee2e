import type { Link } from '../links/link.ts'
import type { Eventually } from '../outcome.ts'
import type { UserId } from '../users/user.ts'
import type { Delivery, Letter, Mail, MailFailure, MailId, MailState, MailWay, MessageKind, NewMail } from './mail.ts'

/** The outbox: a mail is written in the transaction that causes it, and sent once that has taken place. */
export interface MailStore {
  add(mail: NewMail): Promise<void>
  /** How many of a kind were written to the user later than that, as far as they are not forgotten. */
  countSince(userId: UserId, kind: MessageKind, sinceMs: number): Promise<number>
  /** Held until the transaction ends. */
  byId(id: MailId): Promise<Mail | null>
  /** Makes mail that is due the caller's own until `untilMs`: of any number of callers each has other mail. */
  takeUp(wanted: { nowMs: number; untilMs: number; limit: number }): Promise<readonly Mail[]>
  /** Makes due what was taken up once, and neither settled nor put off since. */
  reclaim(nowMs: number): Promise<void>
  sent(id: MailId, via: MailWay, atMs: number): Promise<void>
  /** Lets it wait for another attempt; nothing happens once somebody else has taken it up. */
  putOff(mail: TakenMail, dueAtMs: number, failure: MailFailure | null): Promise<void>
  /** Gives it up, and tells whether it did: nothing happens once somebody else has taken it up. */
  bury(mail: TakenMail, failure: MailFailure, atMs: number): Promise<boolean>
  /** Keeps a mail that was dead as it is given. */
  revive(mail: Mail): Promise<void>
  /** Forgets some of what was settled earlier, and tells how much that was. */
  forget(beforeMs: number): Promise<number>
}

/** As whoever has it took it up. */
export type TakenMail = Pick<Mail, 'id' | 'attempts'>

export interface MailReads {
  byId(id: MailId): Eventually<Mail | null>
  /** Newest first, with the exact total. */
  page(question: MailQuestion): Promise<{ mails: readonly Mail[]; total: number }>
  isAnyDue(nowMs: number): Eventually<boolean>
  /** Without what came to nothing because its link had: nobody has to look after that. */
  counts(): Promise<{ waiting: number; dead: number }>
}

export interface MailQuestion {
  /** Null leaves none out. */
  readonly state: MailState | null
  readonly offset: number
  readonly limit: number
}

/** Who carries mail on. */
export interface Post {
  /** Null where nobody does, and mail waits. */
  readonly way: MailWay | null
  subject(mail: Mail): string
  /** The mail in words; `link` is the one that it names. */
  write(mail: Mail, link: Link | null): Letter
  /** Never throws; `deadline` breaks it off. */
  send(mail: Mail, link: Link | null, deadline: AbortSignal): Promise<Delivery>
}

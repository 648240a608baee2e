import { type MessageKind, purposeOf } from '../src/core/mail/mail.ts'
import type { Email, UserId } from '../src/core/users/user.ts'
import type { World } from './world.ts'

/** A mail as it was left to be sent. */
export interface Posted {
  readonly userId: UserId
  readonly to: Email
  readonly name: string | null
  readonly kind: MessageKind
  /** What stands in its link; null when it has none. */
  readonly token: string | null
}

/** All mail that was ever left to be sent, in that order, sent or not. */
export async function outbox({ core }: Pick<World, 'core'>): Promise<Posted[]> {
  const { mails } = await core.directory.mail.page({ state: null, offset: 0, limit: 10_000 })
  return mails.toReversed().map(({ userId, to, name, message }) => {
    const { kind } = message
    const purpose = purposeOf(kind)
    const token = purpose !== null && 'link' in message ? core.linkTokens.token(purpose, message.link) : null
    return { userId, to, name, kind, token }
  })
}

/** The token of the newest mail of this kind to the address. */
export async function mailedToken(world: Pick<World, 'core'>, to: string | null, kind: MessageKind): Promise<string> {
  const token = (await outbox(world)).findLast((mail) => mail.to === to && mail.kind === kind)?.token
  if (token === null || token === undefined) throw new Error(`nobody was mailed a link (${kind})`)
  return token
}

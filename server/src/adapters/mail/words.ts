import type { Link } from '../../core/links/link.ts'
import type { DoneBy, Message, MessageKind } from '../../core/mail/mail.ts'

/** What a mail says, before it is laid out. Nothing in it is HTML. */
export interface Words {
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** What the link does; absent where the mail has none. */
  readonly action?: string
  /** What to do for whoever did not ask for it. */
  readonly unasked: string
}

/** What the words can be about. */
export interface Facts {
  /** The name of this directory, for people: the host under which they reach it. */
  readonly place: string
  /** The one that the mail names; null where it names none. */
  readonly link: Link | null
}

export function wordsOf(message: Message, facts: Facts): Words {
  return (words[message.kind] as (message: Message, facts: Facts) => Words)(message, facts)
}

type Book = { readonly [Kind in MessageKind]: (message: Extract<Message, { kind: Kind }>, facts: Facts) => Words }

const words: Book = {
  verify_email: (_, { place, link }) => ({
    subject: `Confirm your e-mail address for ${place}`,
    paragraphs: [
      `There is a new account for you at ${place}. Please confirm that this e-mail address is yours, and the account is ready.`,
      `You will be asked for a password: the one you chose, or a new one if you chose none.${goodUntil(link)}`,
    ],
    action: 'Confirm this address',
    unasked: 'If you did not ask for an account, you need not do anything. Nobody can use it without this link.',
  }),
  already_registered: (_, { place }) => ({
    subject: `You have an account at ${place} already`,
    paragraphs: [
      `Somebody, most likely you, asked for an account at ${place} with this e-mail address. You have one already.`,
      'Just sign in. If you do not remember your password, ask for a new one where you sign in.',
    ],
    unasked: 'If it was not you, you need not do anything. Nothing about your account has changed.',
  }),
  invitation: ({ invitedBy }, { place, link }) => ({
    subject: `You are invited to ${place}`,
    paragraphs: [
      `${plainName(invitedBy) ?? 'An administrator'} has invited you to ${place}. Choose a password, and your account is ready.${goodUntil(link)}`,
    ],
    action: 'Accept the invitation',
    unasked:
      'If you do not know what this is about, you need not do anything. Nobody can use the account without this link.',
  }),
  organization_invitation: ({ invitedBy, organization }, { place, link }) => ({
    subject: `You are invited to join an organization at ${place}`,
    paragraphs: [
      `${plainName(invitedBy) ?? 'An administrator'} has invited you to join ${plainTitle(organization) ?? 'an organization'} at ${place}. If you have no account there yet, you will be asked to choose a password for it.${goodUntil(link)}`,
      'Whoever administers the organization will see your name and your e-mail address, and may look after your account: change it, set its password, delete it.',
    ],
    action: 'Accept the invitation',
    unasked: 'If you do not know what this is about, you need not do anything. You join nothing without this link.',
  }),
  reset_password: (_, { place, link }) => ({
    subject: `Choose a new password for ${place}`,
    paragraphs: [
      `Somebody, most likely you, asked for a new password for your account at ${place}.`,
      `Once you have chosen one, you are signed out everywhere and sign in again with the new one.${goodUntil(link)}`,
    ],
    action: 'Choose a new password',
    unasked: 'If it was not you, you need not do anything. Your password stays as it is.',
  }),
  password_was_reset: (_, { place }) => ({
    subject: `Your password for ${place} was changed`,
    paragraphs: [
      `Your account at ${place} has a new password, chosen by way of a link that was sent to this address. Everybody who was signed in to the account has been signed out.`,
    ],
    unasked:
      'If it was not you, somebody else reads your mail: secure your mailbox first, then ask for a new password here, and tell whoever administers this directory.',
  }),
  confirm_email: (_, { place, link }) => ({
    subject: `Confirm your new e-mail address for ${place}`,
    paragraphs: [
      `Somebody, most likely you, wants to use this e-mail address for an account at ${place}. The address is changed once you confirm it.${goodUntil(link)}`,
    ],
    action: 'Confirm the new address',
    unasked: 'If it was not you, you need not do anything. Without this link your address is not used.',
  }),
  email_was_changed: (_, { place }) => ({
    subject: `Your e-mail address for ${place} was changed`,
    paragraphs: [
      `Your account at ${place} has another e-mail address, as was asked for by somebody who was signed in and knows the password. Mail about the account goes there, and no longer here.`,
    ],
    unasked: 'If it was not you, tell whoever administers this directory at once: somebody else has your account.',
  }),
  account_locked: ({ ip, untilMs }, { place }) => ({
    subject: `Too many wrong passwords for your account at ${place}`,
    paragraphs: [
      `Somebody entered wrong passwords for your account at ${place} too often${from(ip, 'the last time ')}. For safety nobody can sign in to it until ${instant(untilMs)}. Wherever you are signed in, you stay so.`,
      'If you have forgotten your password, ask for a new one where you sign in: with that you can sign in at once. You are told of this once a day at most.',
    ],
    unasked:
      'If it was not you, somebody is guessing. They have not got in; a long password that you use nowhere else keeps it so.',
  }),
  codes_locked: ({ ip, untilMs }, { place }) => ({
    subject: `Too many wrong codes for your account at ${place}`,
    paragraphs: [
      `Somebody who knows the password of your account at ${place} entered wrong codes too often${from(ip, 'the last time ')}. For safety no code is taken until ${instant(untilMs)}. Wherever you are signed in, you stay so.`,
      'You are told of this once a day at most.',
    ],
    unasked:
      'If it was not you, somebody has your password. They have not got in; choose another one at once, here and wherever else you use it.',
  }),
  password_changed: ({ by, ip }, { place }) => ({
    subject: `Your account at ${place} has another password`,
    paragraphs: [
      `${whose[by]} gave your account at ${place} another password${from(ip)}. Wherever else somebody was signed in to it, they have been signed out.`,
    ],
    unasked: unaskedOf(by),
  }),
  api_token_made: ({ ip }, { place }) => ({
    subject: `There is a new API token for your account at ${place}`,
    paragraphs: [
      `An API token was made for your account at ${place}${from(ip)}. Until it ends or is revoked, whoever holds it does what it is for in your name.`,
    ],
    unasked: intruder,
  }),
  api_token_revoked: ({ by, ip }, { place }) => ({
    subject: `An API token for your account at ${place} was revoked`,
    paragraphs: [`${whose[by]} revoked an API token of your account at ${place}${from(ip)}. It is of no more use.`],
    unasked: unaskedOf(by),
  }),
  factor_added: ({ factor, ip }, { place }) => ({
    subject: `Your account at ${place} has another second factor`,
    paragraphs: [
      `${things[factor]} was added to your account at ${place}${from(ip)}. From now on it can be asked for when somebody signs in.`,
    ],
    unasked: intruder,
  }),
  factor_removed: ({ factor, by, ip }, { place }) => ({
    subject: `A second factor of your account at ${place} was removed`,
    paragraphs: [
      `${whose[by]} removed ${things[factor].toLowerCase()} from your account at ${place}${from(ip)}. It is no longer asked for when somebody signs in.`,
    ],
    unasked: unaskedOf(by),
  }),
  recovery_codes_made: ({ ip }, { place }) => ({
    subject: `There are new recovery codes for your account at ${place}`,
    paragraphs: [`New recovery codes were made for your account at ${place}${from(ip)}. Those you had are void.`],
    unasked: intruder,
  }),
  notices_off: ({ by, ip }, { place }) => ({
    subject: `You are sent no more mail about your account at ${place}`,
    paragraphs: [
      `${whose[by]} turned off mail about your account at ${place}${from(ip)}. From now on you are sent what you ask for, and are not told when somebody guesses your password or gets another way into your account.`,
    ],
    unasked: unaskedOf(by),
  }),
}

const things = { totp: 'An authenticator app', passkey: 'A passkey' } as const
const whose = { owner: 'Somebody who has your account', admin: 'An administrator' } as const

const intruder =
  'If it was not you, somebody else has your account: ask for a new password where you sign in, which signs everybody out, and tell whoever administers this directory.'

function unaskedOf(by: DoneBy['by']): string {
  return by === 'owner' ? intruder : 'If you did not ask for this, ask whoever administers this directory about it.'
}

function from(ip: string | null, when = ''): string {
  return ip === null ? '' : `, ${when}from the address ${ip}`
}

function goodUntil(link: Link | null): string {
  return link === null ? '' : ` The link is good until ${instant(link.expiresAtMs)}, and for one use.`
}

/** `5 January 2026 at 09:00 UTC` */
function instant(ms: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(ms)} UTC`
}

const nameLengthMax = 40

/**
 * A name that looks like one, else null: strangers choose their names when they register with somebody's address, and no mail of ours carries an
 * advertisement or something that mail programs make a link of.
 */
export function plainName(name: string | null): string | null {
  if (name === null || [...name].length > nameLengthMax) return null
  return /^[\p{L}\p{M}][\p{L}\p{M} '’-]*(?:\.(?: [\p{L}\p{M} '’-]+)?)?$/u.test(name) ? name : null
}

const titleLengthMax = 60

/** The same for what organizations are called, by people who may not be trusted further. */
export function plainTitle(title: string): string | null {
  if ([...title].length > titleLengthMax) return null
  return /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} '’&,()+-]|\.(?=[ ,)]|$))*$/u.test(title) ? title : null
}

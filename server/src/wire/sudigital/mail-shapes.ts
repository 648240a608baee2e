import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'
import { mailStates, messageKinds } from '../../core/mail/mail.ts'
import { data, exact, id, instant, integer, orNull, text } from './answers.ts'
import { limit, page } from './questions.ts'

/* The shapes of the outbox, for the API description. */

export const mailParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The mail's id" }),
})

export const mailQuery = Type.Object({
  page: Type.Optional(page),
  limit: Type.Optional(limit(limits.mailPageSizeDefault)),
  state: Type.Optional(Type.Enum([...mailStates], { description: 'Only mail in this state' })),
})

const parts = {
  id,
  userId: Type.String({ format: 'uuid', maxLength: 36, description: 'Whose account it is about' }),
  to: Type.String({ format: 'idn-email', maxLength: limits.emailLengthMax, description: 'Where it goes' }),
  kind: Type.Enum([...messageKinds], { description: 'What it is about' }),
  subject: text(500, 'What stands above it'),
  state: Type.Enum([...mailStates], { description: 'Dead mail was given up' }),
  via: orNull(
    Type.Enum(['smtp', 'mailbox'], {
      description: 'Where it went: to the mail server, or into the mailbox of development',
    }),
  ),
  attempts: integer('How often it was taken up'),
  failure: orNull(
    text(50, 'Why it was not taken the last time: a short code, as `smtp_450` for what the mail server answered'),
  ),
  createdAt: instant('When what it is about happened'),
  dueAt: orNull(instant('When it is tried next, while it waits')),
  settledAt: orNull(instant('When it was sent or given up')),
}

const mail = Type.Object(parts, { ...exact, title: 'Mail' })

/** What a mail says is shown where it went no further than the mailbox. */
const mailWithLetter = Type.Object(
  {
    ...parts,
    text: Type.String({ maxLength: 10_000, pattern: '^[^\\u0000]*$', description: 'As plain text' }),
    html: Type.String({ maxLength: 20_000, pattern: '^[^\\u0000]*$', description: 'As HTML' }),
  },
  { ...exact, title: 'MailWithLetter' },
)

export const mailAnswer = data(mail)
export const mailReadAnswer = data(Type.Union([mail, mailWithLetter]))

export const mailPageAnswer = Type.Object(
  {
    data: Type.Array(mail, { maxItems: limits.pageSizeMax }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Mails on a whole page', 1),
        total: integer('Mails that match, on all pages'),
      },
      { ...exact, title: 'MailPageMeta' },
    ),
  },
  exact,
)

import type { Link, LinkPurpose } from '../../core/links/link.ts'
import type { LinkTokens } from '../../core/links/ports.ts'
import { type Letter, type Mail, type Message, purposeOf } from '../../core/mail/mail.ts'
import { type Html, html } from './html.ts'
import { plainName, type Words, wordsOf } from './words.ts'

/** Where the link of a mail leads, below the public address. */
const paths: ReadonlyMap<LinkPurpose, string> = new Map([
  ['verify_email', '/verify-email'],
  ['invitation', '/accept-invitation'],
  ['organization_invitation', '/join-organization'],
  ['reset_password', '/reset-password'],
  ['change_email', '/confirm-email'],
])

export interface LetterWriter {
  subject(mail: Pick<Mail, 'message'>): string
  write(mail: Pick<Mail, 'message' | 'name'>, link: Link | null): Letter
}

/**
 * Puts mail into words, as plain text and as HTML. Links are made of `publicUrl` and nothing else: no request has a say. The token is behind the
 * `#`, which browsers do not send, so that no log and no other site sees it.
 */
export function letterWriter({
  publicUrl,
  linkTokens,
}: {
  readonly publicUrl: string
  readonly linkTokens: Pick<LinkTokens, 'token'>
}): LetterWriter {
  const place = new URL(publicUrl).host
  const hrefOf = (message: Message) => {
    const purpose = purposeOf(message.kind)
    if (!('link' in message) || purpose === null) return null
    return `${publicUrl}${paths.get(purpose)}#token=${linkTokens.token(purpose, message.link)}`
  }
  return {
    subject: ({ message }) => wordsOf(message, { place, link: null }).subject,
    write({ message, name }, link) {
      const words = wordsOf(message, { place, link })
      const greeting = plainName(name) === null ? 'Hello,' : `Hello ${name},`
      const closing = `This message was sent by the user directory at ${place}, because of an account with your e-mail address.`
      const parts: Parts = { words, href: hrefOf(message), greeting, closing }
      return { subject: words.subject, text: asText(parts), html: asHtml(parts) }
    },
  }
}

interface Parts {
  readonly words: Words
  readonly href: string | null
  readonly greeting: string
  readonly closing: string
}

function asText({ words, href, greeting, closing }: Parts): string {
  const action = href === null || words.action === undefined ? [] : [`${words.action}:\n${href}`]
  return `${[greeting, ...words.paragraphs, ...action, words.unasked, `-- \n${closing}`].join('\n\n')}\n`
}

const colours = {
  light: {
    paper: '#ffffff',
    ink: '#1c2330',
    quiet: '#566074',
    line: '#dfe3ea',
    accent: '#1d5bbf',
    onAccent: '#ffffff',
  },
  dark: { paper: '#15171c', ink: '#e4e7ee', quiet: '#a0a9bb', line: '#2c313c', accent: '#8ab4f8', onAccent: '#15171c' },
}

/** Styles stand on the elements, as mail programs want them; those that know dark surroundings find them above. */
function asHtml({ words, href, greeting, closing }: Parts): string {
  const { paper, ink, quiet, line, accent, onAccent } = colours.light
  const { dark } = colours
  const paragraph = (text: string) => html`<p style="margin:0 0 16px">${text}</p>\n`
  const action =
    href === null || words.action === undefined
      ? html``
      : html`<p style="margin:24px 0"><a class="button" href="${href}" style="display:inline-block;padding:12px 22px;border-radius:8px;background:${accent};color:${onAccent};font-weight:600;text-decoration:none">${words.action}</a></p>
<p class="quiet" style="margin:0 0 16px;font-size:14px;color:${quiet}">If the button does not work, open this address:<br><a class="link" href="${href}" style="color:${accent};word-break:break-all">${href}</a></p>
`
  const page: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${words.subject}</title>
<style>
@media (prefers-color-scheme: dark) {
  .paper { background: ${dark.paper} !important; color: ${dark.ink} !important }
  .quiet { color: ${dark.quiet} !important }
  .line { border-color: ${dark.line} !important }
  .button { background: ${dark.accent} !important; color: ${dark.onAccent} !important }
  .link { color: ${dark.accent} !important }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:${paper};color:${ink};font:16px/1.6 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:544px;margin:0 auto;padding:32px 24px">
${paragraph(greeting)}${words.paragraphs.map(paragraph)}${action}${paragraph(words.unasked)}<p class="quiet line" style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid ${line};font-size:13px;color:${quiet}">${closing}</p>
</div>
</body>
</html>
`
  return page.html
}

import { readFile } from 'node:fs/promises'
import { houseRule } from '../core/credentials/password-rule.ts'
import { limits } from '../core/limits.ts'
import { type Contract, get, type RouteFacts } from './contract.ts'
import { fileAnswer, once, pageAnswer, policy } from './pages/answers.ts'
import { escaped, rootOf } from './pages/render.ts'
import { plainRefusals } from './plain-refusals.ts'

/** What a page says and where its form goes, below the house contract. */
interface LinkPage {
  readonly path: string
  readonly title: string
  readonly says: string
  /** The field for it is shown once the answer asks for it. */
  readonly password?: 'if asked'
  readonly label: string
  readonly autocomplete: 'new-password' | 'current-password'
  readonly hint: string
  readonly button: string
  readonly done: string
  readonly action: string
  /** For whoever's link has come to nothing. */
  readonly another: AnotherLink
}

interface AnotherLink {
  readonly says: string
  /** Where they ask for it themselves, and what they are told then; null where somebody else has to send it. */
  readonly asking: { readonly action: string; readonly done: string } | null
}

const asks = [
  `At least ${houseRule.lengthMin} characters, with an upper-case and a lower-case letter, a digit and a symbol;`,
  'no common password, and nothing of your name or address.',
].join(' ')

const pages: readonly LinkPage[] = [
  {
    path: '/verify-email',
    title: 'Confirm your e-mail address',
    says: 'Enter the password that you chose for your account, or choose a new one: what you enter here is your password from now on.',
    label: 'Password',
    autocomplete: 'new-password',
    hint: asks,
    button: 'Confirm this address',
    done: 'Your address is confirmed, and your account is ready. You can sign in now, with the password that you entered.',
    action: '/api/auth/verify-email',
    another: {
      says: 'If you have confirmed your address before, just sign in. If not, have another link sent to it.',
      asking: {
        action: '/api/auth/resend-verification',
        done: 'If this address waits to be confirmed, another link is on its way to it.',
      },
    },
  },
  {
    path: '/accept-invitation',
    title: 'Accept the invitation',
    says: 'Choose a password, and your account is ready.',
    label: 'Password',
    autocomplete: 'new-password',
    hint: asks,
    button: 'Accept the invitation',
    done: 'Your account is ready. You can sign in now, with your e-mail address and the password that you chose.',
    action: '/api/auth/accept-invitation',
    another: {
      says: 'If you have accepted the invitation before, just sign in. If not, ask whoever invited you to send it again.',
      asking: null,
    },
  },
  {
    path: '/join-organization',
    title: 'Join an organization',
    says: 'Whoever administers the organization will see your name and your e-mail address, and may look after your account: change it, set its password, delete it.',
    password: 'if asked',
    label: 'A password for your new account',
    autocomplete: 'new-password',
    hint: asks,
    button: 'Accept the invitation',
    done: 'You belong to the organization now, and can sign in.',
    action: '/api/auth/accept-invitation',
    another: {
      says: 'If you have accepted the invitation before, just sign in. If not, ask whoever invited you to send it again.',
      asking: null,
    },
  },
  {
    path: '/reset-password',
    title: 'Choose a new password',
    says: 'You will be signed out everywhere, and sign in again with the new password.',
    label: 'New password',
    autocomplete: 'new-password',
    hint: asks,
    button: 'Change the password',
    done: 'Your password is changed. You can sign in with it now.',
    action: '/api/auth/reset-password',
    another: {
      says: 'If you have chosen a new password before, just sign in with it. If not, have another link sent to you.',
      asking: {
        action: '/api/auth/forgot-password',
        done: 'If an account has this address, another link is on its way to it.',
      },
    },
  },
  {
    path: '/confirm-email',
    title: 'Confirm your new e-mail address',
    says: 'Enter your password, and this address takes the place of your old one.',
    label: 'Password',
    autocomplete: 'current-password',
    hint: 'The one with which you sign in.',
    button: 'Confirm the new address',
    done: 'Your e-mail address is changed. From now on you sign in with the new one.',
    action: '/api/auth/verify-email',
    another: {
      says: 'If you have confirmed the new address before, nothing is left to do. If not, ask for the change again where you asked for it first.',
      asking: null,
    },
  },
]

export const linkPagePaths: readonly string[] = pages.map(({ path }) => path)

/**
 * Pages that the links in mail lead to, for whoever follows one. Whatever is asked of them by GET, by people or by programs that look at links in
 * mail, is the same for everybody and spends nothing: the token stays behind the `#`, in the browser. `mount` is that of the house contract: `''`
 * for the root.
 */
export function linkPagesContract({ mount }: { readonly mount: string }): Contract {
  const style = once(() => readFile(new URL('./pages/link-page.css', import.meta.url), 'utf8'))
  const script = once(() => readFile(new URL('./pages/follow-link.js', import.meta.url), 'utf8'))
  return {
    name: 'link-pages',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    routes: [
      ...pages.map((page) =>
        get(
          page.path,
          ({ publicUrl }) => pageAnswer({ publicUrl }, render(page, { publicUrl, mount }), pagePolicy),
          facts(page.title),
        ),
      ),
      get('/link-page.css', async () => fileAnswer('text/css', await style()), facts('Style of the pages')),
      get('/follow-link.js', async () => fileAnswer('text/javascript', await script()), facts('What the pages do')),
    ],
  }
}

function facts(summary: string): RouteFacts {
  return { needs: 'nobody', answers: [200], summary }
}

/** Nothing from elsewhere, nothing inline; a form is sent by the script alone. */
const pagePolicy = policy("style-src 'self'", "script-src 'self'", "connect-src 'self'")

function render(page: LinkPage, { publicUrl, mount }: { readonly publicUrl: string; readonly mount: string }): string {
  const root = rootOf({ publicUrl })
  const api = `${root}${mount}`
  const { title, another } = page
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} · Roster</title>
<link rel="stylesheet" href="${escaped(root)}/link-page.css">
</head>
<body>
<main>
<p id="mark">${mark}Roster</p>
<div id="sheet">
<p class="quiet" id="site">${escaped(new URL(publicUrl).host)}</p>
<h1>${unbroken(title)}</h1>
<noscript><p>This page works with JavaScript only. Allow it here, or open the link in another browser.</p></noscript>
<p id="told" role="status"></p>
${passwordForm(page, api)}
<section id="another" hidden>
<p>${escaped(another.says)}</p>
${another.asking === null ? '' : addressForm(another.asking, api)}
</section>
</div>
<p id="onward"><a href="${escaped(root)}/console/sign-in">Sign in</a></p>
</main>
<script src="${escaped(root)}/follow-link.js"></script>
</body>
</html>
`
}

/** That of the console. */
const mark = `<svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
<rect width="32" height="32" rx="8" fill="#3b46c4"/>
<g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round">
<circle cx="11" cy="11" r="3.2"/>
<path d="M5.5 23.5c.4-4 2.6-6 5.5-6s5.1 2 5.5 6M20 10.5h6.5M20 16h6.5M20 21.5h6.5"/>
</g>
</svg>`

/** A line is never broken behind the hyphen of “e-mail”. */
function unbroken(title: string): string {
  return escaped(title).replace('e-mail', '<span class="whole">e-mail</span>')
}

function passwordForm(page: LinkPage, api: string): string {
  const { action, done, says, password, label, autocomplete, hint, button } = page
  const isAsked = password !== 'if asked'
  return `<form id="follow" method="post" data-action="${escaped(`${api}${action}`)}" data-done="${escaped(done)}" hidden>
<p>${escaped(says)}</p>
<div id="asked"${isAsked ? '' : ' hidden'}>
<label for="password">${escaped(label)}</label>
<input id="password" name="password" type="password" required${isAsked ? '' : ' disabled'} maxlength="${limits.passwordLengthMax}" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false" aria-describedby="told hint">
<p class="quiet" id="hint">${escaped(hint)}</p>
<label class="choice"><input id="show" type="checkbox"> Show the password</label>
</div>
<button>${escaped(button)}</button>
</form>`
}

function addressForm({ action, done }: NonNullable<AnotherLink['asking']>, api: string): string {
  return `<form method="post" data-action="${escaped(`${api}${action}`)}" data-done="${escaped(done)}">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" required maxlength="${limits.emailLengthMax}" autocomplete="email">
<button>Send another link</button>
</form>`
}

import { readFile } from 'node:fs/promises'
import { houseRule } from '../core/credentials/password-rule.ts'
import { limits } from '../core/limits.ts'
import { type Contract, get, type RouteFacts } from './contract.ts'
import { fileAnswer, once, pageAnswer, policy } from './pages/answers.ts'
import { escaped } from './pages/render.ts'
import { plainRefusals } from './plain-refusals.ts'

/** What a page says and where its form goes, below the house contract. */
interface LinkPage {
  readonly path: string
  readonly title: string
  readonly says: string
  readonly label: string
  readonly autocomplete: 'new-password' | 'current-password'
  readonly hint: string
  readonly button: string
  readonly done: string
  readonly action: string
}

const asks = `At least ${houseRule.lengthMin} characters, with an upper-case and a lower-case letter, a digit and a symbol.`

const pages: readonly LinkPage[] = [
  {
    path: '/verify-email',
    title: 'Confirm your e-mail address',
    says: 'Enter the password that you chose for your account. If you chose none, or it was not you who did, choose a new one here.',
    label: 'Password',
    autocomplete: 'new-password',
    hint: asks,
    button: 'Confirm this address',
    done: 'Your address is confirmed, and your account is ready. You can sign in now.',
    action: '/api/auth/verify-email',
  },
  {
    path: '/accept-invitation',
    title: 'Accept the invitation',
    says: 'Choose a password, and your account is ready.',
    label: 'Password',
    autocomplete: 'new-password',
    hint: asks,
    button: 'Accept the invitation',
    done: 'Your account is ready. You can sign in now.',
    action: '/api/auth/accept-invitation',
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
  },
  {
    path: '/confirm-email',
    title: 'Confirm your new e-mail address',
    says: 'Enter your password, and this address takes the place of your old one.',
    label: 'Password',
    autocomplete: 'current-password',
    hint: 'The one with which you sign in.',
    button: 'Confirm the new address',
    done: 'Your e-mail address is changed.',
    action: '/api/auth/verify-email',
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
          (call) => {
            const root = new URL(call.publicUrl).pathname.replace(/\/$/, '')
            return pageAnswer(call, render(page, { root, api: `${root}${mount}` }), pagePolicy)
          },
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

/** `root` and `api` stand before the paths of what the page uses: the public address may have a path of its own. */
function render(page: LinkPage, { root, api }: { readonly root: string; readonly api: string }): string {
  const { title, says, label, autocomplete, hint, button, done, action } = page
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
<h1>${escaped(title)}</h1>
<form method="post" data-action="${escaped(`${api}${action}`)}" data-done="${escaped(done)}" hidden>
<p>${escaped(says)}</p>
<label for="password">${escaped(label)}</label>
<input id="password" name="password" type="password" required maxlength="${limits.passwordLengthMax}" autocomplete="${autocomplete}" aria-describedby="hint">
<p class="quiet" id="hint">${escaped(hint)}</p>
<button>${escaped(button)}</button>
</form>
<p id="told" role="status"></p>
<noscript><p>This page needs JavaScript.</p></noscript>
</main>
<script src="${escaped(root)}/follow-link.js"></script>
</body>
</html>
`
}

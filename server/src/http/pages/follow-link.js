/* Runs in the browser. Opening a link spends nothing: what it is good for is done when the form is sent. */

const follow = document.getElementById('follow')
const another = document.getElementById('another')
const told = document.getElementById('told')
const { password, show } = follow.elements
const token = new URLSearchParams(location.hash.slice(1)).get('token')

function tell(words, tone = '') {
  told.className = tone
  told.textContent = words
}

/** For a link that leads nowhere: how to get another one. */
function offerAnother(words) {
  follow.remove()
  another.hidden = false
  tell(words, 'bad')
}

/** The link was good for one thing, which is done; it says so when the page is loaded again, too. */
function finish(words) {
  history.replaceState(words, '', location.pathname)
  follow.remove()
  another.remove()
  tell(words, 'good')
  document.getElementById('onward').className = 'next'
}

/** What is wrong with a field is said in its own words, what went wrong with the server in ours, everything else in the answer's. */
function wordsOf(status, error) {
  if (status >= 500 || !error) return 'The server could not do that just now. Nothing is lost: please try again later.'
  const about = (error.details ?? []).filter(({ field }) => field === 'password' || field === 'email')
  const sentences = about.length > 0 ? about.map(({ message }) => message) : [error.message]
  return sentences.map((sentence) => `${sentence}.`).join('\n')
}

function isAboutPassword(error) {
  return error?.details?.some(({ field }) => field === 'password') === true
}

/** Whoever has an account need not choose one, and who has is known to nobody before they follow the link. */
function askForPassword() {
  document.getElementById('asked').hidden = false
  password.disabled = false
  password.focus()
}

async function post(form, body) {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, credentials: 'omit' }
  const answer = await fetch(form.dataset.action, { ...sent, body: JSON.stringify(body) })
  if (answer.ok) return finish(form.dataset.done)
  const { error } = (await answer.json().catch(() => null)) ?? {}
  if (error?.code === 'INVALID_TOKEN') {
    return offerAnother('This link is not good any more: it was used before, or its time is over.')
  }
  if (password.disabled && isAboutPassword(error)) return askForPassword()
  tell(wordsOf(answer.status, error), 'bad')
  const field = form.querySelector('input')
  field.setAttribute('aria-invalid', String(answer.status === 400))
  field.focus()
}

/** `bodyOf` gives what is sent, at the time when it is. */
function sendBy(form, bodyOf) {
  const button = form.querySelector('button')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    tell('')
    try {
      await post(form, bodyOf())
    } catch {
      tell('The server cannot be reached. Nothing is lost: please try again later.', 'bad')
    } finally {
      button.disabled = false
    }
  })
}

sendBy(follow, () => (password.disabled ? { token } : { token, password: password.value }))
const asking = another.querySelector('form')
if (asking) sendBy(asking, () => ({ email: asking.elements.email.value }))
show.addEventListener('change', () => {
  password.type = show.checked ? 'text' : 'password'
})

if (token !== null) follow.hidden = false
else if (history.state) finish(history.state)
else offerAnother('A part of the link is missing. Please open it from the mail again, or copy the whole of it.')

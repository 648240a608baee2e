/* Runs in the browser. Opening a link spends nothing: what it is good for is done when the form is sent. */

const form = document.querySelector('form')
const told = document.getElementById('told')
const button = form.querySelector('button')
const token = new URLSearchParams(location.hash.slice(1)).get('token')

function tell(words, isBad) {
  told.className = isBad ? 'bad' : ''
  told.textContent = words
}

/** What is wrong with the password is said in its own words, everything else by the answer's. */
function wordsOf(said) {
  const { message = 'That did not work. Please try again later.', details = [] } = said?.error ?? {}
  const about = details.filter(({ field }) => field === 'password').map((detail) => detail.message)
  return about.length > 0 ? about.join('\n') : `${message}.`
}

async function send() {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, credentials: 'omit' }
  const body = JSON.stringify({ token, password: form.elements.password.value })
  const answer = await fetch(form.dataset.action, { ...sent, body })
  const said = await answer.json().catch(() => null)
  if (!answer.ok) return tell(wordsOf(said), true)
  history.replaceState(null, '', location.pathname)
  form.remove()
  tell(form.dataset.done, false)
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  button.disabled = true
  tell('', false)
  try {
    await send()
  } catch {
    tell('The server cannot be reached. Please try again later.', true)
  } finally {
    button.disabled = false
  }
})

if (token === null) tell('Please open this page by the link in the mail: it is not whole.', true)
else form.hidden = false

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { cast } from './cast.ts'
import { originOf } from './second-factors.ts'
import { openWorld } from './world.ts'

interface Answered {
  readonly status: number
  readonly body: { readonly data: Record<string, unknown> }
}

/** What a page of this directory would do: it asks the API, and has the browser make or use a passkey. */
const script = `
  const ask = async (path, body, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) }
    const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }
  globalThis.ask = ask
  globalThis.addPasskey = async (token, name) => {
    const { body } = await ask('/api/users/me/factors/passkeys/options', {}, token)
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(body.data)
    const credential = await navigator.credentials.create({ publicKey })
    return ask('/api/users/me/factors/passkeys', { name, credential: credential.toJSON() }, token)
  }
  globalThis.signWithPasskey = async (challenge) => {
    const { body } = await ask('/api/auth/passkey/options', challenge)
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(body.data)
    const credential = await navigator.credentials.get({ publicKey })
    return ask('/api/auth/passkey', { ...challenge, credential: credential.toJSON() })
  }
`

/** A key without a PIN says that somebody is there, not who: it follows on the password, and does not do alone. */
const devices = [
  { name: 'laptop', owner: 'grace', plug: { transport: 'internal', hasUserVerification: true }, signsAlone: true },
  { name: 'key', owner: 'linus', plug: { transport: 'usb', hasUserVerification: false }, signsAlone: false },
] as const

test('in a real browser somebody makes a passkey, and signs in with it', { timeout: 60_000 }, async () => {
  await using world = await openWorld()
  await using browser = await openBrowser()
  for (const { name, owner, plug, signsAlone } of devices) {
    const page = await browser.newPage()
    await page.goto(`${originOf(world)}/health/live`)
    await page.evaluate(script)
    await plugIn(page, plug)
    const { user, password } = cast[owner]

    const added = await ask(page, 'addPasskey', await world.token(owner), name)
    const half = await ask(page, 'ask', '/api/auth/login', { email: user.email, password })
    const { id: challengeId, factors } = half.body.data.challenge as { id: string; factors: string[] }
    const opened = [await ask(page, 'signWithPasskey', { challengeId })]
    if (signsAlone) opened.push(await ask(page, 'signWithPasskey', {}))
    else await assert.rejects(ask(page, 'signWithPasskey', {}), /NotAllowedError/)

    assert.equal((added.body.data.recoveryCodes as string[]).length, 10)
    assert.deepEqual(factors, ['passkey', 'recovery_code'])
    for (const { status, body } of opened) {
      assert.equal(status, 200, JSON.stringify(body))
      const headers = { authorization: `Bearer ${body.data.accessToken}` }
      const me = await world.fetch('/api/users/me?fields=email', { headers })
      assert.deepEqual(await me.json(), { data: { email: user.email } })
    }
  }
})

/** A device that holds passkeys, and whose owner is always there. */
async function plugIn(
  page: Page,
  options: { transport: 'internal' | 'usb'; hasUserVerification: boolean },
): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...options,
      protocol: 'ctap2',
      hasResidentKey: options.hasUserVerification,
      isUserVerified: options.hasUserVerification,
      automaticPresenceSimulation: true,
    },
  })
}

function ask(page: Page, name: 'ask' | 'addPasskey' | 'signWithPasskey', ...parts: unknown[]): Promise<Answered> {
  return page.evaluate(
    ([called, given]) =>
      (globalThis as unknown as Record<string, (...parts: unknown[]) => Promise<Answered>>)[called as string]?.(
        ...(given as unknown[]),
      ),
    [name, parts] as const,
  ) as Promise<Answered>
}

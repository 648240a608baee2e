import assert from 'node:assert/strict'
import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { openConsole, violationsOf } from './console.ts'
import { inBothThemes } from './members.ts'

export interface Somebody {
  readonly email: string
  readonly password: string
}

/** Somebody of the test's own, who is active unless said otherwise. */
export async function newSomebody(status: 'active' | 'pending' | 'inactive' = 'active'): Promise<Somebody> {
  const { client } = await openConsole()
  const credentials = { email: `dora-${crypto.randomUUID()}@example.com`, password: `Quiet ${crypto.randomUUID()}` }
  const admin = await client('admin')
  await admin.users.create({ ...credentials, firstName: 'Dora', lastName: 'Winter', role: 'user', status })
  return credentials
}

/** Gives them an authenticator app. Answers its codes, so many steps from now, and the recovery codes. */
export async function withApp(somebody: Somebody) {
  const { client } = await openConsole()
  const { factors } = (await client(somebody)).me
  const { secret } = await factors.enrolTotp({ currentPassword: somebody.password })
  const code = (steps: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * steps })
  const { recoveryCodes } = await factors.confirmTotp({ code: await code(-1) })
  return { code, recoveryCodes: recoveryCodes ?? [] }
}

/** Has the browser of a page make a passkey for them, on a device whose owner is always there. Browsers do that for `localhost` only. */
export async function withPasskey(somebody: Somebody, page: Page): Promise<void> {
  const { client } = await openConsole()
  const { factors } = (await client(somebody)).me
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const offered = await factors.offerPasskey({ currentPassword: somebody.password })
  const credential = await page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as PublicKeyCredentialCreationOptionsJSON,
    )
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    return made.toJSON()
  }, offered)
  await factors.addPasskey({ credential: credential as Parameters<typeof factors.addPasskey>[0]['credential'] })
}

/** Whether axe finds nothing wrong with a page in either theme, and it fits a small phone. */
export async function isSound(page: Page): Promise<void> {
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 700 })
  // What is pushed aside for the navigation takes a moment to come back.
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth)
  if (size !== null) await page.setViewportSize(size)
}

import type { Page } from 'playwright-core'
import type { SUDIGITALClient } from '../../clients/typescript/src/index.ts'
import { openConsole, type VisitOptions } from './console.ts'

type Role = 'admin' | 'user' | 'viewer'

/** Somebody of a test's own, signed in in a browser and, for looking at what is stored, as a program. */
export interface NewMember {
  readonly id: string
  readonly email: string
  readonly password: string
  readonly program: SUDIGITALClient
  /** At the address that passkeys and pictures are bound to. */
  visit(part: string, options?: Omit<VisitOptions, 'as'>): Promise<Page>
}

export async function newMember(role: Role = 'user'): Promise<NewMember> {
  const { client, visit } = await openConsole()
  const some = crypto.randomUUID()
  const credentials = { email: `mona-${some.slice(0, 8)}@example.com`, password: `Quiet ${some}` }
  const admin = await client('admin')
  const made = await admin.users.create({
    ...credentials,
    firstName: 'Mona',
    lastName: 'Lindqvist',
    role,
    status: 'active',
  })
  return {
    id: made.id,
    ...credentials,
    program: await client(credentials),
    visit: (part, options) => visit(`/console/account/${part}`, { ...options, as: credentials }),
  }
}

/** Has a page be drawn in dark, then in light colours, and looks at it in each. */
export async function inBothThemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((theme) => document.documentElement.setAttribute('data-mantine-color-scheme', theme), theme)
    await look()
  }
}

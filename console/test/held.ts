import type { Page, Request } from 'playwright-core'

/** A request that a page has sent and that has not reached the server yet. */
export interface Held {
  /** Lets it go on, or has it fail as without a network. */
  end(how?: 'arrived' | 'lost'): Promise<void>
}

/** Does what saves something, and holds the request for it on its way. */
export async function holdSaving(page: Page, save: () => Promise<void>): Promise<Held> {
  const { promise: ending, resolve: end } = Promise.withResolvers<'arrived' | 'lost'>()
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>()
  await page.route('**/api/**', async (route) => {
    if (!isSaving(route.request())) return route.fallback()
    await ((await ending) === 'lost' ? route.abort('connectionrefused') : route.continue())
    isOver()
  })
  await Promise.all([page.waitForRequest(isSaving), save()])
  return {
    async end(how = 'arrived') {
      end(how)
      await over
      if (how === 'arrived') await page.unroute('**/api/**')
    },
  }
}

function isSaving(request: Request): boolean {
  return ['PUT', 'PATCH'].includes(request.method())
}

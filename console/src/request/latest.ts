import type { SentRequest } from '../client/journal.ts'

const shownMax = 12

/**
 * Of what a page has sent, the latest of each verb, path and size, newest first; then what only counts, and last what the frame asks for itself on every
 * page.
 */
export function latestOf(sent: readonly SentRequest[], page: string): SentRequest[] {
  const latest = new Map<string, SentRequest>()
  for (const request of sent) {
    if (request.page !== page) continue
    const kind = `${request.method} ${request.path.split('?')[0]} ${limitOf(request)}`
    latest.delete(kind)
    latest.set(kind, request)
  }
  const newestFirst = [...latest.values()].reverse()
  return newestFirst.sort((one, other) => rankOf(one) - rankOf(other)).slice(0, shownMax)
}

function rankOf(request: SentRequest): number {
  if (request.method !== 'GET') return 0
  if (/^\/api\/users\/me(\/organizations)?(\?|$)/.test(request.path)) return 2
  if (request.path === '/api/settings' && request.page !== '/console/settings') return 2
  return limitOf(request) === '1' ? 1 : 0
}

function limitOf({ path }: SentRequest): string | null {
  return new URLSearchParams(path.split('?')[1]).get('limit')
}

import type { SentRequest } from '../client/journal.ts'

const shownMax = 12

/** Of what a page has sent, the latest of each verb and path, newest first; what the frame asks for itself on every page comes last. */
export function latestOf(sent: readonly SentRequest[], page: string): SentRequest[] {
  const latest = new Map<string, SentRequest>()
  for (const request of sent) {
    if (request.page !== page) continue
    const kind = `${request.method} ${request.path.split('?')[0]}`
    latest.delete(kind)
    latest.set(kind, request)
  }
  const shown = [...latest.values()].reverse()
  const ofFrame = (request: SentRequest) =>
    request.method === 'GET' && /^\/api\/users\/me(\/organizations)?(\?|$)/.test(request.path)
  return [...shown.filter((request) => !ofFrame(request)), ...shown.filter(ofFrame)].slice(0, shownMax)
}

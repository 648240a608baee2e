import type { IncomingHttpHeaders } from 'node:http'
import { isLoopbackAddress } from './addresses.ts'
import type { ProblemOf } from './phrasebook.ts'

/** Looks at where a request comes from, before anything else does. */
export type Guard = (request: Arrival) => ProblemOf<'forbidden_origin'> | null

export interface Arrival {
  readonly headers: IncomingHttpHeaders
  /** Of the socket itself, whatever a proxy says; in canonical form. */
  readonly peer: string | null
}

const forbidden: ProblemOf<'forbidden_origin'> = { code: 'forbidden_origin' }

/**
 * For a server that nobody but this machine is meant to reach. Turns away what a proxy sent on, and what came by a name that is not this
 * machine's own: any page can have its name resolve to it (DNS rebinding), and would then be of one origin with the directory.
 */
export const atHome: Guard = ({ headers }) => (isForwarded(headers) || !isLoopbackHost(headers.host) ? forbidden : null)

/**
 * Lets in programs on this machine only: no proxy, and no web page either, whether it names the machine (`Origin`, `Sec-Fetch-Site`) or came
 * by a name of its own that resolves to it (`Host`).
 */
export const loopbackOnly: Guard = (arrival) => (isFromThisMachine(arrival) ? null : forbidden)

export function isFromThisMachine({ headers, peer }: Arrival): boolean {
  if (!isLoopbackAddress(peer) || !isLoopbackHost(headers.host) || isForwarded(headers)) return false
  if (headers.origin !== undefined) return false
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'none' || site === 'same-origin'
}

/** Headers by which proxies give themselves away. */
const proxyHeaders: ReadonlySet<string> = new Set([
  'forwarded',
  'via',
  'x-real-ip',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
])

function isForwarded(headers: IncomingHttpHeaders): boolean {
  for (const name in headers) if (proxyHeaders.has(name) || name.startsWith('x-forwarded-')) return true
  return false
}

/** By the name alone, as in `Host`: with or without a port. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host)
}

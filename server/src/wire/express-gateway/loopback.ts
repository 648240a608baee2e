import { type Guard, loopbackOnly } from '../../http/guards.ts'
import type { ServerOptions } from '../../http/server.ts'
import { expressGateway } from './contract.ts'

/**
 * The product's administration port: the contract at the root, without a token. Programs on this machine act as the system there; what a proxy
 * sent on or a web page asked for is turned away.
 */
export const loopbackPort = {
  contracts: [{ contract: expressGateway, mount: '/' }],
  guard: (arrival) => (isPassedOn(arrival.headers) ? { code: 'forbidden_origin' } : loopbackOnly(arrival)),
  authenticate: ({ origin }) => ({ kind: 'system', origin }),
} satisfies Pick<ServerOptions, 'contracts' | 'authenticate'> & { guard: Guard }

/** Beside those that no server takes from strangers: headers by which proxies of other makes give themselves away. */
const proxyHeaders = ['via', 'true-client-ip', 'x-client-ip', 'x-cluster-client-ip', 'cf-connecting-ip'] as const

function isPassedOn(headers: Parameters<Guard>[0]['headers']): boolean {
  return proxyHeaders.some((name) => headers[name] !== undefined)
}

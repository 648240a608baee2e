import { type Guard, loopbackOnly } from '../../http/guards.ts'
import type { ServerOptions } from '../../http/server.ts'
import { expressGateway } from './contract.ts'

/**
 * The product's administration port: the contract at the root, without a token. Programs on this machine act as the system there; what a proxy
 * sent on or a web page asked for is turned away.
 */
export const loopbackPort = {
  contracts: [{ contract: expressGateway, mount: '/' }],
  guard: loopbackOnly,
  authenticate: ({ origin }) => ({ kind: 'system', origin }),
} satisfies Pick<ServerOptions, 'contracts' | 'authenticate'> & { guard: Guard }

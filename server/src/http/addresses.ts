import { BlockList, isIP, isIPv6, SocketAddress } from 'node:net'
import { limits } from '../core/limits.ts'

/** One address has one text: IPv4 also when it came as IPv6 (`::ffff:192.0.2.1`), IPv6 as RFC 5952 writes it, without a zone. Null for what is none. */
export function canonicalAddress(sent: string | undefined): string | null {
  if (sent === undefined) return null
  const family = isIP(sent)
  if (family === 4) return sent
  if (family !== 6) return null
  const [bare = ''] = sent.split('%')
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' })
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)
  return mapped?.[1] ?? address
}

/** Who shares a bucket: one IPv4 address, or one /64 of IPv6, which is what one customer holds at least. */
export function addressKey(ip: string | null): string {
  if (ip === null) return 'unknown'
  return ip.includes(':') ? `${groupsOf(ip).slice(0, 4).join(':')}::/64` : ip
}

/** The system says what is at the other end of a connection, so an IPv4 address needs no second look. */
export function peerAddress(socketAddress: string | undefined): string | null {
  return socketAddress?.includes(':') ? canonicalAddress(socketAddress) : (socketAddress ?? null)
}

export function isLoopbackAddress(ip: string | null): boolean {
  return ip !== null && (ip === '::1' || /^127\.\d+\.\d+\.\d+$/.test(ip))
}

/** Proxies whose word on the caller's address is believed. */
export interface TrustedProxies {
  trusts(ip: string): boolean
}

/** `ranges`: addresses, or addresses with a prefix length after a slash. */
export function trustProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const range of ranges) {
    const [sent = '', bits] = range.split('/')
    const address = bits === undefined ? canonicalAddress(sent) : sent
    if (address === null || isIP(address) === 0) throw new RangeError('a trusted proxy is an IP address or a range')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return { trusts: (ip) => list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4') }
}

/**
 * The caller's address: the right-most one in the chain that is no trusted proxy. What stands to the left of it is hearsay, and behind junk
 * nobody is believed: then the proxy that passed it on answers for it.
 */
export function callerAddress(
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  proxies: TrustedProxies | null,
): string | null {
  let caller = peerAddress(socketAddress)
  if (proxies === null || caller === null || forwardedFor === undefined) return caller
  const hops = String(forwardedFor).split(',').slice(-limits.proxyHopsMax)
  while (hops.length > 0 && proxies.trusts(caller)) {
    const hop = canonicalAddress(withoutPort(hops.pop()?.trim() ?? ''))
    if (hop === null) return caller
    caller = hop
  }
  return caller
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const [, bracketed, dotted] = /^(?:\[([0-9a-f:.%]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i.exec(hop) ?? []
  return bracketed ?? dotted ?? hop
}

/** The eight groups of an address in canonical form, whose last two may be dotted. */
function groupsOf(ip: string): string[] {
  const [head = '', tail] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  if (tail === undefined) return left
  const right = tail === '' ? [] : tail.split(':')
  const written = left.length + right.length + (ip.includes('.') ? 1 : 0)
  return [...left, ...new Array<string>(8 - written).fill('0'), ...right]
}

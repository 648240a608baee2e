import { createSecretKey, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import { wholeNumberIn } from '../core/whole-number.ts'

/** What a text means, or what was expected in its place: words that complete "expected …" and never repeat the text. */
export type Reading<T> = { value: T } | { expected: string }

export type Reader<T> = (text: string) => Reading<T>

export type ListenAddress = { readonly host: string; readonly port: number }

export const portMax = 65_535
export const masterKeyBytes = 32

export function wholeNumber(min: number, max: number): Reader<number> {
  return (text) => {
    const value = wholeNumberIn(text)
    return value >= min && value <= max ? { value } : { expected: `a whole number from ${min} to ${max}` }
  }
}

export function oneOf<const T extends string>(...words: T[]): Reader<T> {
  return (text) => {
    const value = words.find((word) => word === text)
    return value === undefined
      ? { expected: words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}` }
      : { value }
  }
}

export const yesOrNo: Reader<boolean> = (text) =>
  text === 'yes' || text === 'no' ? { value: text === 'yes' } : { expected: 'yes or no' }

export const trueOrFalse: Reader<boolean> = (text) =>
  text === 'true' || text === 'false' ? { value: text === 'true' } : { expected: 'true or false' }

export const onOrOff: Reader<boolean> = (text) =>
  text === 'on' || text === 'off' ? { value: text === 'on' } : { expected: 'on or off' }

export const anyText: Reader<string> = (text) => ({ value: text })

export const emailLike: Reader<string> = (text) =>
  /^[^\s@]+@[^\s@]+$/.test(text) ? { value: text } : { expected: 'an e-mail address' }

export type Login = { readonly email: string; readonly password: string }

/** Split at the first colon, which no address has. */
export const emailAndPassword: Reader<Login> = (text) => {
  const [, email, password] = /^([^\s@:]+@[^\s@:]+):(.+)$/s.exec(text) ?? []
  return email !== undefined && password !== undefined
    ? { value: { email, password } }
    : { expected: 'an e-mail address, a colon and a password' }
}

/** A name or an address without port or brackets: what `listen` takes. */
export const hostName: Reader<string> = (text) => {
  const name = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i
  return isIP(text) || name.test(text) ? { value: text } : { expected: 'a host name or an IP address, without a port' }
}

/** An http(s) address that links are made from; a slash at its end is dropped. */
export const publicAddress: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url && !url.username && !url.password && !/[?#]/.test(text)
  return plain && /^https?:$/.test(url.protocol)
    ? { value: url.href.replace(/\/+$/, '') }
    : { expected: 'an address like https://directory.example.com, without credentials, query or fragment' }
}

export const databaseAddress: Reader<string> = (text) =>
  /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
    ? { value: text }
    : { expected: 'an address that begins with postgres:// or postgresql://' }

export type MailServer = {
  readonly host: string
  readonly port: number
  readonly encrypted: 'at once' | 'by starttls' | 'where offered'
  readonly login: { readonly user: string; readonly password: string } | null
}

const mailServerExpected =
  'an address like smtps://mail.example.com or smtp://mail.example.com:587, with user:password@ before the host if there is a password, and else, if need be, ?starttls=optional behind it'

/**
 * smtps:// is encrypted from the first byte, smtp:// by STARTTLS; on this machine, or where `?starttls=optional` says so, only if the server offers
 * it. A password never goes where that was not asked for.
 */
export const mailServer: Reader<MailServer> = (text) => {
  const url = /^smtps?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : null
  const login = url && loginIn(url)
  const isPlain = url?.search === '?starttls=optional'
  const isUnclear = !url?.hostname || login === undefined || !/^\/?$/.test(url.pathname) || url.hash !== ''
  if (isUnclear || (url.search !== '' && !isPlain) || (isPlain && login !== null))
    return { expected: mailServerExpected }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const atOnce = url.protocol === 'smtps:'
  const encrypted = atOnce ? 'at once' : isPlain || isLoopback(host) ? 'where offered' : 'by starttls'
  return { value: { host, port: Number(url.port) || (atOnce ? 465 : 587), encrypted, login: login ?? null } }
}

/** Null where there is none; undefined where it cannot be read. */
function loginIn({ username, password }: URL): MailServer['login'] | undefined {
  if (username === '' && password === '') return null
  try {
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) }
    return login.user === '' || login.password === '' ? undefined : login
  } catch {
    return undefined
  }
}

export type ScannerAddress = { readonly path: string } | { readonly host: string; readonly port: number }

const clamdPort = 3310

/** As ClamAV's own configuration has them: a port of TCP, or a socket in the file system. */
export const scannerAddress: Reader<ScannerAddress> = (text) => {
  const expected = { expected: 'an address like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl' }
  const [, path] = /^unix:\/\/(\/[^\0]+)$/.exec(text) ?? []
  if (path !== undefined) return { value: { path } }
  const [, bracketed, bare = '', port] =
    /^tcp:\/\/(?:\[([0-9a-f:]+)\]|([^:[\]/]+))(?::(\d{1,5}))?\/?$/i.exec(text) ?? []
  const host = hostName(bracketed ?? bare)
  if (!('value' in host) || Number(port ?? clamdPort) > portMax) return expected
  return { value: { host: host.value, port: Number(port ?? clamdPort) } }
}

export type Sender = { readonly name: string; readonly address: string }

export const senderAddress: Reader<Sender> = (text) => {
  const [, name = '', address = ''] = /^(?:([^<>"\p{C}]*)<([^<>]+)>|)$/u.exec(text) ?? []
  const sender = address === '' ? { name: 'Roster', address: text } : { name: name.trim(), address }
  return /^[^\s@<>,;:"()\p{C}]+@[^\s@<>,;:"()\p{C}]+$/u.test(sender.address)
    ? { value: sender }
    : { expected: 'an e-mail address, alone or like Directory <directory@example.com>' }
}

/** A `KeyObject`, so that no log, error or JSON can show the bytes. */
export const masterKeyText: Reader<KeyObject> = (text) => {
  const bytes =
    /^[0-9a-f]+$/i.test(text) && text.length === masterKeyBytes * 2 ? Buffer.from(text, 'hex') : fromBase64(text)
  return bytes?.length === masterKeyBytes
    ? { value: createSecretKey(bytes) }
    : { expected: `${masterKeyBytes} bytes in base64 or hexadecimal` }
}

/** Loopback only: what listens there asks nobody who they are. */
export const loopbackListenAddress: Reader<ListenAddress> = (text) => {
  const [, bracketed, bare, port] = /^(?:\[([0-9a-f:]+)\]|([^:[\]]+)):(\d{1,5})$/i.exec(text) ?? []
  const host = bracketed ?? bare ?? ''
  return isLoopback(host) && Number(port) <= portMax
    ? { value: { host, port: Number(port) } }
    : { expected: 'a loopback address and a port, like 127.0.0.1:9876' }
}

/** IP addresses and ranges, separated by commas. */
export const addressRanges: Reader<readonly string[]> = (text) => {
  const ranges = text.split(',').map((range) => range.trim())
  return ranges.every(isAddressRange)
    ? { value: ranges }
    : { expected: 'IP addresses or ranges like 10.0.0.0/8, separated by commas' }
}

/** `name=/path name=off`, laid over `defaults`; `null` is off. Every fault is told at once. */
export function mountTable<Name extends string>(
  defaults: Readonly<Record<Name, string | null>>,
): Reader<Readonly<Record<Name, string | null>>> {
  return (text) => {
    const mounts: Record<Name, string | null> = { ...defaults }
    const isKnown = (name: string): name is Name => Object.hasOwn(defaults, name)
    const expected = new Set<string>()
    const named = new Set<string>()
    for (const pair of text.trim().split(/\s+/)) {
      const [name = '', path = '', ...rest] = pair.split('=')
      if (named.has(name)) expected.add('every name once')
      if (rest.length > 0 || !isMountPath(path)) expected.add('pairs like name=/path or name=off, separated by spaces')
      named.add(name)
      if (isKnown(name)) mounts[name] = path === 'off' ? null : path
      else expected.add(`names among ${Object.keys(defaults).join(', ')}`)
    }
    const paths = Object.values<string | null>(mounts).filter((path) => path !== null)
    if (new Set(paths).size < paths.length) expected.add('a path of its own for each contract, defaults included')
    return expected.size > 0 ? { expected: [...expected].join('; ') } : { value: mounts }
  }
}

/** Nothing is looked up: of names, only `localhost` counts. Accepts IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

function fromBase64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null
}

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function isMountPath(text: string): boolean {
  return text === 'off' || text === '/' || /^(\/(?!\.+(\/|$))[A-Za-z0-9._~-]+)+$/.test(text)
}

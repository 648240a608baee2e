import { file, type SentRequest } from '../client/journal.ts'
import { callOf, type QueryValue, type SdkCall } from './call.ts'

/** A request as somebody would write it down who wants the same. The token is never part of it. */
export interface Written {
  readonly curl: string
  /** Null where no call of an SDK sends it. */
  readonly typescript: string | null
  readonly python: string | null
}

export function write(request: Omit<SentRequest, 'id' | 'page'>, address: string): Written {
  const call = callOf(request)
  return {
    curl: asCurl(request, address),
    typescript: call === null ? null : asTypeScript(call, address),
    python: call === null ? null : asPython(call, address),
  }
}

function asCurl({ method, path, body, type, ifMatch }: Omit<SentRequest, 'id' | 'page'>, address: string): string {
  const lines = [`curl ${quoted(`${address}${path}`)}`, `-H "Authorization: Bearer $TOKEN"`]
  if (method !== 'GET') lines.splice(1, 0, `-X ${method}`)
  if (ifMatch !== null) lines.push(`-H ${quoted(`If-Match: ${ifMatch}`)}`)
  if (body !== undefined && type !== null) lines.push(`-H ${quoted(`Content-Type: ${type}`)}`)
  if (body === file) lines.push('--data-binary @file')
  else if (body !== undefined) lines.push(`-d ${quoted(JSON.stringify(body))}`)
  return lines.join(' \\\n  ')
}

/** For a shell of POSIX: everything within is taken as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function asTypeScript({ method, ids, body, query, ifMatch }: SdkCall, address: string): string {
  const given = ids.map(inJson)
  if (body === file) given.push('file')
  else if (body !== undefined) given.push(inTypeScript(body))
  if (Object.keys(query).length > 0) given.push(inTypeScript(query))
  if (ifMatch !== null) given.push(inTypeScript({ ifMatch }))
  return [
    `import { SUDIGITALClient } from '@sudigital/client'`,
    '',
    `const client = new SUDIGITALClient({ baseURL: ${inTypeScript(address)}, token: process.env.TOKEN })`,
    `const answer = await client.${method}(${given.join(', ')})`,
  ].join('\n')
}

function inTypeScript(value: unknown, depth = 0): string {
  if (typeof value === 'string') return `'${inJson(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  return nested(value, depth, {
    key: (key) => (/^[a-z_$][\w$]*$/i.test(key) ? key : inTypeScript(key)),
    write: inTypeScript,
    plain: inJson,
  })
}

function asPython({ method, ids, body, query, ifMatch }: SdkCall, address: string): string {
  const given = ids.map((id) => inPython(id))
  if (body === file) given.push('file')
  else if (body !== undefined) given.push(inPython(body))
  for (const [key, value] of Object.entries<QueryValue>(query)) given.push(`${keyword(key)}=${inPython(value)}`)
  if (ifMatch !== null) given.push(`if_match=${inPython(ifMatch)}`)
  return [
    'import os',
    'from sudigital import Client',
    '',
    `client = Client(base_url=${inPython(address)}, token=os.environ['TOKEN'])`,
    `answer = client.${method.split('.').map(snake).join('.')}(${given.join(', ')})`,
  ].join('\n')
}

const constants = new Map<unknown, string>([
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
])

function inPython(value: unknown, depth = 0): string {
  if (typeof value === 'string') return `'${inJson(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  return nested(value, depth, {
    key: (key) => inPython(key),
    write: inPython,
    plain: (plain) => constants.get(plain) ?? inJson(plain),
  })
}

/** Python has the word for itself. */
function keyword(key: string): string {
  return key === 'from' ? 'from_' : snake(key)
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

interface Dialect {
  key(key: string): string
  write(value: unknown, depth: number): string
  plain(value: unknown): string
}

/** What is short stays on one line. */
const lineMax = 72

function nested(value: unknown, depth: number, { key, write, plain }: Dialect): string {
  if (typeof value !== 'object' || value === null) return plain(value)
  const parts = Array.isArray(value)
    ? value.map((item) => write(item, depth + 1))
    : Object.entries(value).map(([name, item]) => `${key(name)}: ${write(item, depth + 1)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const pad = Array.isArray(value) || parts.length === 0 ? '' : ' '
  const short = `${open}${pad}${parts.join(', ')}${pad}${close}`
  if (short.length <= lineMax && !short.includes('\n')) return short
  const indent = '  '.repeat(depth + 1)
  return `${open}\n${parts.map((part) => `${indent}${part},\n`).join('')}${'  '.repeat(depth)}${close}`
}

function inJson(value: unknown): string {
  return JSON.stringify(value)
}

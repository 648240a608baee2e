import { isUtf8 } from 'node:buffer'
import { limits } from '../core/limits.ts'
import { type Granted, grant } from '../core/outcome.ts'
import type { BodyKind } from './contract.ts'
import type { ProblemOf } from './phrasebook.ts'

export type JsonProblem = ProblemOf<'unreadable_json' | 'json_too_deep'>

/** The media types a route of this kind reads; null when it does not care. */
export function mediaTypesOf(kind: BodyKind): readonly string[] | null {
  switch (kind) {
    case 'json':
      return ['application/json']
    case 'merge-patch':
      return ['application/merge-patch+json', 'application/json']
    case 'json-or-csv':
      return ['application/json', csvType]
    case 'lines':
      return [ndjsonType, csvType]
    case 'upload':
      return ['multipart/form-data']
    case 'none':
    case 'bytes':
      return null
  }
}

/** One JSON text in each line. */
export const ndjsonType = 'application/x-ndjson'

/** RFC 4180, section 3. */
export const csvType = 'text/csv'

/** Whether a `Content-Type` names one of these; the only `charset` is UTF-8, of JSON (RFC 8259, section 8.1) and here of CSV, too. */
export function isOfType(contentType: string | undefined, expected: readonly string[]): boolean {
  const [type = '', ...parameters] = (contentType ?? '').split(';')
  if (!expected.includes(type.trim().toLowerCase())) return false
  return parameters.every((parameter) => {
    const [name = '', value = ''] = parameter.split('=')
    return name.trim().toLowerCase() !== 'charset' || /^\s*"?utf-?8"?\s*$/i.test(value)
  })
}

/**
 * UTF-8 with or without a byte order mark. Of duplicate keys the last counts; a key called `__proto__` is a key like any other, so nobody may
 * copy parsed objects with plain assignment of keys they did not choose.
 */
export function parseJson(bytes: Buffer): Granted<unknown> | { readonly ok: false; readonly refusal: JsonProblem } {
  if (!isUtf8(bytes)) return unreadable
  const written = bytes.toString('utf8')
  const text = written.charCodeAt(0) === byteOrderMark ? written.slice(1) : written
  if (isDeeperThan(text, limits.bodyDepthMax))
    return { ok: false, refusal: { code: 'json_too_deep', max: limits.bodyDepthMax } }
  try {
    return grant(JSON.parse(text))
  } catch {
    return unreadable
  }
}

const byteOrderMark = 0xfeff
const unreadable = { ok: false, refusal: { code: 'unreadable_json' } } as const

/** Counted before parsing, so that no parser, validator or walker ever sees the depth. Whoever opens few brackets cannot be deep. */
function isDeeperThan(text: string, max: number): boolean {
  if (!holdsMoreThan(text, max, '{', '[')) return false
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index)
    if (character === quote) inString = !inString
    else if (inString && character === backslash) index += 1
    else if (!inString && (character === openBracket || character === openBrace)) {
      depth += 1
      if (depth > max) return true
    } else if (!inString && (character === closeBracket || character === closeBrace)) depth -= 1
  }
  return false
}

function holdsMoreThan(text: string, max: number, ...signs: readonly string[]): boolean {
  let count = 0
  for (const sign of signs)
    for (let at = text.indexOf(sign); at >= 0 && count <= max; at = text.indexOf(sign, at + 1)) count += 1
  return count > max
}

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

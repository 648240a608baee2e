import { limits } from '../limits.ts'
import type { Flaw } from '../refusals.ts'

/** A value, or what is wrong with what was sent for it. */
export type Parsed<T> = { readonly value: T } | { readonly flaw: Flaw }

/** Controls (C0, DEL, C1), bidi embeddings, overrides and isolates, line and paragraph separators, and noncharacters. */
const forbidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/u
const forbiddenButLines =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/u

const runsOfMarks = /\p{M}+/gu
/** Putting marks into canonical order takes time by the square of how many stand in a row; UAX #15, section 13, has this for enough. */
const marksInRowMax = 30

export function lengthOf(text: string): number {
  if (isAscii(text)) return text.length
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** NFC, trimmed, within `max` code points, without controls or heaps of marks. Markup is text like any other. */
export function parseText(sent: string, max: number): Parsed<string> {
  return parseLine(sent, max, forbidden)
}

/** Like `parseText`, and may have several lines. */
export function parseLines(sent: string, max: number): Parsed<string> {
  return parseLine(sent, max, forbiddenButLines)
}

function parseLine(sent: string, max: number, refused: RegExp): Parsed<string> {
  if (sent.length > max * 8) return { flaw: { flaw: 'too_long', max, length: lengthOf(sent) } }
  const isPlain = isAscii(sent)
  const isRefused = refused.test(sent) || !(isPlain || (sent.isWellFormed() && !holdsHeapOfMarks(sent)))
  if (isRefused) return { flaw: { flaw: 'forbidden_characters' } }
  const value = (isPlain ? sent : sent.normalize('NFC')).trim()
  const length = lengthOf(value)
  return length > max ? { flaw: { flaw: 'too_long', max, length } } : { value }
}

/** Run by run: a pattern that counts would begin to count anew at every mark. */
function holdsHeapOfMarks(text: string): boolean {
  for (const [run] of text.matchAll(runsOfMarks)) if (lengthOf(run) > marksInRowMax) return true
  return false
}

/** What uniqueness compares: idempotent, and never sent anywhere in place of what was stored. */
export function canonical(value: string): string {
  return isAscii(value) ? value.toLowerCase() : foldCase(value.normalize('NFC')).normalize('NFC')
}

/**
 * Full case folding (Unicode, section 3.13), each code point by itself, so that no neighbour changes what becomes of one: ß and ẞ are ss, ς
 * is σ, ſ is s. The Turkish dotless ı stays what it is.
 */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text.split('ı').map(foldAll).join('ı')
}

/** Of all that `toLowerCase` does, only the σ at the end of a word depends on its neighbours (Unicode, table 3-17). */
function foldAll(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll('ς', 'σ').replaceAll('ß', 'ss')
}

/** What no normalization changes, and what has no case but that of A to Z. */
export function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text)
}

/**
 * What lists sort by: NFKC, case-folded, at most 100 code points, `''` for no value. Both engines order these by code point.
 */
export function sortKey(value: string | null): string {
  if (value === null) return ''
  const folded = isAscii(value) ? value.toLowerCase() : foldCase(value.normalize('NFKC')).normalize('NFKC')
  return folded.length <= limits.sortKeyLengthMax ? folded : [...folded].slice(0, limits.sortKeyLengthMax).join('')
}

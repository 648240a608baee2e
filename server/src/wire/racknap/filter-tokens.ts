import { limits } from '../../core/limits.ts'
import { parseInstant } from '../../core/users/values.ts'

/** Something that the text of a filter is made of, and where it begins: an index into the text. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'sign'; readonly sign: '(' | ')' | ',' }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'value'; readonly type: 'text'; readonly value: string }
  | { readonly kind: 'value'; readonly type: 'number'; readonly value: number }
  /** In milliseconds. */
  | { readonly kind: 'value'; readonly type: 'date'; readonly value: number }
  | { readonly kind: 'value'; readonly type: 'boolean'; readonly value: boolean }
  | { readonly kind: 'value'; readonly type: 'null'; readonly value: null }
  | { readonly kind: 'end' }
)

/** What is wrong with a filter, in words for whoever wrote it, and where: an index into the text. */
export class FilterTrouble extends Error {
  override readonly name = 'FilterTrouble'
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const blank = /[ \t]+/y
const quoted = /'[^']*(?:''[^']*)*'(?!')/y
/** A date and time whose plus sign came as a blank, as it does unless it is written %2B; or all that stands together. */
const chunk = /\d{4}-\d\d-\d\d[Tt][\d:.]+ \d\d:\d\d(?![^\s(),])|[^\s(),']+/y
/** What texts are quoted with elsewhere, and what writing programs make of a single quote. */
const otherQuotes = '"`‘’“”'
const number = /^[+-]?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?$/
const date = /^\d{4}-\d/

/** The parts of the text, one after the other; the last is the end. Throws a `FilterTrouble`. */
export function* tokensOf(text: string): Generator<Token, void> {
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    at += found?.length ?? 0
    return found
  }
  for (;;) {
    take(blank)
    const from = at
    const sign = text[at]
    if (sign === undefined) return yield { kind: 'end', at: from }
    if (sign === '(' || sign === ')' || sign === ',') {
      at += 1
      yield { kind: 'sign', sign, at: from }
    } else if (sign === "'") {
      const literal = take(quoted)
      if (literal === null) throw new FilterTrouble(from, 'This text has no closing quote.')
      yield textOf(literal, from)
    } else if (otherQuotes.includes(sign)) {
      throw new FilterTrouble(from, "A text stands in single quotes, like this: '…'.")
    } else {
      const found = take(chunk)
      if (found === null) throw new FilterTrouble(from, 'Parts of a filter are separated by blanks.')
      yield wordOf(found, from)
    }
  }
}

function textOf(literal: string, at: number): Token {
  const value = literal.slice(1, -1).replaceAll("''", "'")
  if (!value.isWellFormed() || value.includes('\0'))
    throw new FilterTrouble(at, 'This text has a character in it that no text has.')
  return { kind: 'value', type: 'text', value: value.normalize('NFC'), at }
}

function wordOf(word: string, at: number): Token {
  if (number.test(word)) return { kind: 'value', type: 'number', value: numberOf(word), at }
  if (date.test(word)) {
    const instant = parseInstant(word.toUpperCase().replace(' ', '+'))
    if (!('value' in instant))
      throw new FilterTrouble(at, `${shown(word)} is no date; write it like 2026-06-02T10:30:00Z.`)
    return { kind: 'value', type: 'date', value: instant.value, at }
  }
  switch (word.toLowerCase()) {
    case 'true':
    case 'false':
      return { kind: 'value', type: 'boolean', value: word.toLowerCase() === 'true', at }
    case 'null':
      return { kind: 'value', type: 'null', value: null, at }
    default:
      return { kind: 'word', word, at }
  }
}

function numberOf(digits: string): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(digits)))
}

/** As it is quoted in a fault, without what nobody can read. */
export function shown(word: string): string {
  const legible = word
    .slice(0, 2 * limits.faultFieldLengthMax)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\ufffd')
  const points = [...legible]
  return points.length > shownMax ? `“${points.slice(0, shownMax).join('')}…”` : `“${legible}”`
}

const shownMax = 40

import { limits } from '../../core/limits.ts'
import type { Comparator, Filter } from '../../core/users/filter.ts'
import {
  among,
  type Constant,
  changeCase,
  compare,
  conditionOf,
  type Field,
  not,
  type Operand,
  occurrence,
} from './filter-operands.ts'
import { FilterTrouble, shown, type Token, tokensOf } from './filter-tokens.ts'

export type ReadFilter =
  | { readonly filter: Filter }
  /** What is wrong, in words, and the how many-th character it is about, from 1. */
  | { readonly trouble: string; readonly position: number }

/** Reads a `$filter` (OData 4.01, “URL Conventions”, section 5.1.1), in time by its length. */
export function readFilter(text: string): ReadFilter {
  try {
    checkLength(text)
    return { filter: parse(text) }
  } catch (error) {
    if (!(error instanceof FilterTrouble)) throw error
    return { trouble: error.message, position: [...text.slice(0, error.at)].length + 1 }
  }
}

function checkLength(text: string): void {
  if (text.length <= limits.filterBytesMax && Buffer.byteLength(text) <= limits.filterBytesMax) return
  let [at, bytes] = [0, 0]
  for (const point of text) {
    bytes += Buffer.byteLength(point)
    if (bytes > limits.filterBytesMax) break
    at += point.length
  }
  throw new FilterTrouble(at, `A filter is at most ${limits.filterBytesMax} bytes long, and this one goes on.`)
}

/** Where the reading stands. */
interface Reading {
  readonly tokens: Iterator<Token, void>
  /** The one that was taken last. */
  before: Token
  /** The next one. */
  token: Token
  depth: number
  terms: number
}

function parse(text: string): Filter {
  const tokens = tokensOf(text)
  const start: Token = { kind: 'end', at: 0 }
  const reading: Reading = { tokens, before: start, token: start, depth: 0, terms: 0 }
  step(reading)
  const whole = readOr(reading)
  const { token } = reading
  if (token.kind !== 'end') throw unexpected(token, 'After a condition comes and, or, or the end of the filter')
  return conditionOf(whole)
}

function step(reading: Reading): Token {
  const { token } = reading
  reading.before = token
  const next = reading.tokens.next()
  if (!next.done) reading.token = next.value
  return token
}

/** Operators and functions in lower or upper case; a field is called by its own name only. */
function takeWord<Word extends string>(reading: Reading, words: readonly Word[]): Word | null {
  const word = wordAmong(words, reading.token)
  if (word === undefined) return null
  step(reading)
  return word
}

function wordAmong<Word extends string>(words: readonly Word[], token: Token): Word | undefined {
  return token.kind === 'word' ? words.find((one) => one === token.word.toLowerCase()) : undefined
}

function takeSign(reading: Reading, sign: '(' | ')' | ','): boolean {
  const { token } = reading
  if (token.kind !== 'sign' || token.sign !== sign) return false
  step(reading)
  return true
}

function need(reading: Reading, sign: '(' | ')' | ',', where: string): void {
  if (!takeSign(reading, sign)) throw unexpected(reading.token, `A “${sign}” is missing ${where}`)
}

function unexpected(token: Token, message: string): FilterTrouble {
  const met = token.kind === 'word' ? shown(token.word) : token.kind === 'sign' ? `“${token.sign}”` : null
  const what = token.kind === 'end' ? 'here it ends' : met === null ? 'here is a value' : `here is ${met}`
  return new FilterTrouble(token.at, `${message}; ${what}.`)
}

function within<T>(reading: Reading, at: number, read: () => T): T {
  reading.depth += 1
  if (reading.depth > limits.filterDepthMax)
    throw new FilterTrouble(
      at,
      `Brackets, functions and not stand at most ${limits.filterDepthMax} deep in one another.`,
    )
  const result = read()
  reading.depth -= 1
  return result
}

function count(reading: Reading, at: number): void {
  reading.terms += 1
  if (reading.terms > limits.filterTermsMax)
    throw new FilterTrouble(at, `A filter has at most ${limits.filterTermsMax} conditions and values of lists.`)
}

// ── operators, from those that bind least ─────────────────────────────────────────────────────────────────────────────

function readOr(reading: Reading): Operand {
  return readChain(reading, 'or', (inner) => readChain(inner, 'and', readEquality))
}

function readChain(reading: Reading, by: 'and' | 'or', read: (reading: Reading) => Operand): Operand {
  const first = read(reading)
  const others: Operand[] = []
  while (takeWord(reading, [by]) !== null) others.push(read(reading))
  if (others.length === 0) return first
  return { type: 'condition', at: first.at, filter: { kind: by, of: [first, ...others].map(conditionOf) } }
}

function readEquality(reading: Reading): Operand {
  const read = readComparisons(reading, ['eq', 'ne'], (inner) =>
    readComparisons(inner, ['gt', 'ge', 'lt', 'le'], readUnary),
  )
  const { token } = reading
  if (read.type === 'field' && token.kind === 'word' && wordAmong(['and', 'or'], token) === undefined)
    throw unexpected(token, 'After a field comes eq, ne, gt, ge, lt, le or in')
  return read
}

function readComparisons(
  reading: Reading,
  operators: readonly Comparator[],
  read: (reading: Reading) => Operand,
): Operand {
  let left = read(reading)
  for (;;) {
    const { at } = reading.token
    const by = takeWord(reading, operators)
    if (by === null) return left
    count(reading, at)
    left = { type: 'condition', at: left.at, filter: compare(left, by, read(reading)) }
  }
}

function readUnary(reading: Reading): Operand {
  const { at } = reading.token
  if (takeWord(reading, ['not']) === null) return readMember(reading)
  const inner = within(reading, at, () => readUnary(reading))
  if (inner.type === 'field')
    throw new FilterTrouble(inner.at, 'not comes before a condition; put the comparison in brackets.')
  return { type: 'condition', at, filter: not(conditionOf(inner)) }
}

/** `field in (value, …)`. */
function readMember(reading: Reading): Operand {
  const left = readPrimary(reading)
  if (takeWord(reading, ['in']) === null) return left
  if (left.type !== 'field') throw new FilterTrouble(left.at, 'Before in there is the name of a field.')
  need(reading, '(', 'before the values after in')
  const values: Constant[] = []
  do {
    const { at } = reading.token
    const value = readPrimary(reading)
    count(reading, at)
    if (value.type === 'field' || value.type === 'condition')
      throw new FilterTrouble(at, 'A list after in has values in it only.')
    values.push(value)
  } while (takeSign(reading, ','))
  need(reading, ')', 'after the values')
  return { type: 'condition', at: left.at, filter: among(left, values) }
}

function readPrimary(reading: Reading): Operand {
  const { token, before } = reading
  if (token.kind === 'value') {
    step(reading)
    return token
  }
  if (takeSign(reading, '(')) {
    const inner = within(reading, token.at, () => readOr(reading))
    need(reading, ')', 'to close a bracket')
    return { ...inner, at: token.at }
  }
  if (token.kind !== 'word') throw unexpected(token, 'A field, a value or a condition is missing')
  step(reading)
  return takeSign(reading, '(') ? readFunction(reading, token.word, token.at) : fieldOf(token, before)
}

const textFunctions = { contains: 'contains', startswith: 'startsWith', endswith: 'endsWith' } as const
const caseFunctions = { tolower: 'lower', toupper: 'upper' } as const

function readFunction(reading: Reading, word: string, at: number): Operand {
  const name = word.toLowerCase()
  return within(reading, at, () => {
    if (hasOwn(caseFunctions, name)) {
      const inner = readOr(reading)
      need(reading, ')', `after what ${name} is of`)
      return { ...changeCase(inner, caseFunctions[name]), at }
    }
    if (!hasOwn(textFunctions, name))
      throw new FilterTrouble(at, `There is no function ${shown(word)}; there are ${known(allFunctions)}.`)
    count(reading, at)
    const text = readOr(reading)
    need(reading, ',', `between the two texts of ${name}`)
    const part = readOr(reading)
    need(reading, ')', `after the two texts of ${name}`)
    return { type: 'condition', at, filter: occurrence(textFunctions[name], text, part) }
  })
}

const allFunctions = { ...textFunctions, ...caseFunctions }

const fields = {
  id: { of: 'number', field: 'number' },
  username: { of: 'text', field: 'username' },
  email: { of: 'text', field: 'email' },
  firstName: { of: 'text', field: 'firstName' },
  lastName: { of: 'text', field: 'lastName' },
  status: { of: 'text', field: 'status' },
  createdAt: { of: 'date', field: 'createdAtMs' },
  updatedAt: { of: 'date', field: 'updatedAtMs' },
} as const

const comparators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const

/** A word behind an operator or a comma is more often a text without its quotes than a field. */
function fieldOf({ word, at }: Extract<Token, { kind: 'word' }>, before: Token): Field {
  if (hasOwn(fields, word)) return { type: 'field', at, ...fields[word] }
  const isValue = wordAmong(comparators, before) !== undefined || (before.kind === 'sign' && before.sign === ',')
  const hint = isValue ? ' A text stands in single quotes.' : ''
  throw new FilterTrouble(at, `There is no field ${shown(word)}; there are ${known(fields)}.${hint}`)
}

function hasOwn<Known extends object>(known: Known, name: string): name is Extract<keyof Known, string> {
  return Object.hasOwn(known, name)
}

function known(words: object): string {
  return Object.keys(words).join(', ')
}

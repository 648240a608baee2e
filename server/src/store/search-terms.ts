import { limits } from '../core/limits.ts'
import { foldCase, isAscii } from '../core/users/text.ts'

/** What of a user is searched. */
export type Searched = Readonly<Record<'email' | 'username' | 'firstName' | 'lastName', string | null>>

/** What a search asks of the index. */
export interface Terms {
  /** All of these must be among the grams of a text. */
  readonly grams: readonly string[]
  /** Words whose grams may stand in a text without the word: it must be looked at. */
  readonly spans: readonly string[]
}

/** Code points; shorter words match where a word begins. */
const gramLength = 3

/** Stands between fields: no field and no word has one in it. */
const fieldEnd = '\n'

/** What is left of the Turkish İ without case; readers take it for an i. */
const dottedI = 'i\u0307'

const letter = /[\p{L}\p{M}\p{N}]/u
/** Scripts that write without spaces: each of their letters may begin a word. */
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

/** As sort keys are folded, and without their limit. Folding twice changes nothing. */
export function foldText(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return foldCase(text.normalize('NFKC')).normalize('NFKC').replaceAll(dottedI, 'i')
}

/** The words of a search as they are looked for, each once. */
export function foldWords(words: readonly string[]): string[] {
  const folded = words.flatMap((word) => piecesOf(foldText(word)))
  return [...new Set(folded)].slice(0, limits.searchWordsMax)
}

/** The folded text of one user. “First last” needs no place of its own, because no word has a space in it. */
export function searchedText(user: Searched): string {
  return textOf(foldFields(user))
}

/** For whoever needs the text and the grams: to fold takes as long as either. */
export function foldFields({ email, username, firstName, lastName }: Searched): Searched {
  const fold = (field: string | null) => (field === null ? null : foldText(field))
  return { email: fold(email), username: fold(username), firstName: fold(firstName), lastName: fold(lastName) }
}

/** Of folded fields. */
export function textOf({ email, username, firstName, lastName }: Searched): string {
  const fields = [email, username, firstName, lastName].filter((field) => field !== null)
  return fields.filter((field, at) => !isSaidBefore(field, fields.slice(0, at))).join(fieldEnd)
}

/** A username that is the e-mail, or what stands before its `@`, begins and holds nothing that the e-mail does not. */
function isSaidBefore(field: string, before: readonly string[]): boolean {
  return before.some((said) => said === field || said.startsWith(`${field}@`))
}

/** The meaning of a search; whatever an index does must agree with it. `text` of `searchedText`, `word` of `foldWords`. */
export function matches(text: string, word: string): boolean {
  if (!isShort(word)) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (beginsAt(text, at)) return true
  return false
}

/** Every three code points in a row, and the first one and two of each beginning. None of them has a space in it. */
export function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  const sink = into(grams)
  for (const piece of piecesOf(text)) addGrams(sink, piece)
  return grams
}

/** Takes a gram as often as it is found: so many of the points, those of ASCII in one string, and what stands before it if anything does. */
export interface GramSink {
  take(points: string | readonly string[], at: number, length: number, mark: string | null): void
}

function into(grams: Set<string>): GramSink {
  return {
    take(points, at, length, mark) {
      const gram = gramFrom(points, at, length)
      grams.add(mark === null ? gram : mark + gram)
    },
  }
}

/** What stands before a gram of this field alone. With it the gram has four code points, which no other has. */
const marks = { username: 'u', firstName: 'f', lastName: 'l' } as const

/** E-mails have no grams of their own: most of what is searched is theirs. */
export type MarkedField = keyof typeof marks

/** A gram of three code points that is looked for in one field. */
export function gramIn(field: MarkedField, gram: string): string {
  return `${marks[field]}${gram}`
}

/** By what a user is found: the grams of all that is searched, and those of the fields alone. */
export function gramsOfUser(user: Searched): Set<string> {
  return gramsOfFields(foldFields(user))
}

/** Of folded fields. */
export function gramsOfFields(folded: Searched): Set<string> {
  const grams = new Set<string>()
  addGramsOfFields(into(grams), folded)
  return grams
}

/** The same for whoever collects the grams of many. */
export function addGramsOfFields(grams: GramSink, folded: Searched): void {
  for (const piece of piecesOf(folded.email ?? '')) addGrams(grams, piece)
  for (const field of ['username', 'firstName', 'lastName'] as const)
    for (const piece of piecesOf(folded[field] ?? '')) addGrams(grams, piece, marks[field])
}

/** Those of three code points are added once more behind the mark, if there is one. */
function addGrams(grams: GramSink, piece: string, mark: string | null = null): void {
  const points = isAscii(piece) ? piece : [...piece]
  let wasPlain: boolean | null = null
  for (let at = 0; at < points.length; at += 1) {
    const one = points[at] as string
    const plain = isPlain(one)
    if (at + gramLength <= points.length) {
      grams.take(points, at, gramLength, null)
      if (mark !== null) grams.take(points, at, gramLength, mark)
    }
    if (!plain || plain !== wasPlain) {
      grams.take(points, at, 1, null)
      if (at + 1 < points.length) grams.take(points, at, 2, null)
    }
    wasPlain = plain
  }
}

export function gramFrom(points: string | readonly string[], at: number, length: number): string {
  return typeof points === 'string' ? points.slice(at, at + length) : points.slice(at, at + length).join('')
}

export function termsOf(words: readonly string[]): Terms {
  const grams = words.flatMap((word) => {
    const points = [...word]
    return points.length < gramLength ? [word] : points.slice(gramLength - 1).map((_, at) => gramAt(points, at))
  })
  return { grams: [...new Set(grams)], spans: words.filter((word) => lengthUpTo(word, gramLength + 1) > gramLength) }
}

function gramAt(points: readonly string[], at: number): string {
  return points.slice(at, at + gramLength).join('')
}

function piecesOf(text: string): string[] {
  return text.split(/\s+/u).filter((piece) => piece !== '')
}

function isShort(word: string): boolean {
  return lengthUpTo(word, gramLength) < gramLength
}

function lengthUpTo(word: string, max: number): number {
  let length = 0
  for (const _ of word) if (++length === max) break
  return length
}

function beginsAt(text: string, at: number): boolean {
  const before = at < 2 ? at - 1 : at - (isLowSurrogate(text.charCodeAt(at - 1)) ? 2 : 1)
  return begins(pointAt(text, at), before < 0 ? '' : pointAt(text, before))
}

/** Whether a word begins with this code point after that one. What is no letter and no digit is a word of its own. */
function begins(point: string, before: string): boolean {
  if (before === '' || isPlain(point) !== isPlain(before)) return true
  return !isPlain(point)
}

/** A letter, mark or digit of a script that puts spaces between words. */
function isPlain(point: string): boolean {
  const code = point.charCodeAt(0)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
  return letter.test(point) && !unspaced.test(point)
}

function pointAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

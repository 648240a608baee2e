import { type Line, namesIn, present, problemWithAddress } from './lines.ts'

/**
 * Who stands in a text that somebody pasted: an address a line, alone or with a name, as `Name <address>`, `address, Name` or cells of a spreadsheet, first
 * name before last; or several in one line, as mail programs write them.
 */
export function readPastedList(text: string): Line[] {
  return text.split(/\r\n?|\n/).flatMap((written, place) => readWritten(written, place + 1))
}

function readWritten(written: string, line: number): Line[] {
  const text = written.normalize('NFC').replace(bullet, '')
  if (text.replace(separators, '') === '') return []
  const found = [...text.matchAll(addresses)]
  if (found.length === 0) return [{ line, cells: {}, problem: 'There is no e-mail address in this line.' }]
  const before = found.map(({ index }, place) => text.slice(place === 0 ? 0 : endOf(found[place - 1]), index))
  const behind = text.slice(endOf(found.at(-1)))
  const [only, ...others] = found
  const cells = only !== undefined && others.length === 0 ? cellsBeside(only, text) : null
  if (cells !== null) return readCells(found, cells, line)
  const names = before.map(nameIn)
  const left = nameIn(behind)
  if (found.length === 1 && names[0] === '') names[0] = left
  else if (left !== '') return [...read(found, names.map(namesIn), line), leftOver(line)]
  return read(found, names.map(namesIn), line)
}

/**
 * What a spreadsheet or a file of separated values has beside an address that is a cell of its own; null where less than two cells have something. The strongest
 * separator of a line is that of its cells: a name may have a weaker one in it.
 */
function cellsBeside([written, , bare]: RegExpExecArray, text: string): string[] | null {
  const within = text.replace(/^[\s,;|]+|[\s,;|]+$/g, '')
  const [, cell] = cellPatterns.find(([separator]) => within.includes(separator)) ?? []
  if (cell === undefined || (cell === commaCell && bare === undefined)) return null
  const cells = [...within.matchAll(cell)].map(([, quoted, plain = '']) => (quoted ?? plain).trim())
  const filled = cells.filter((one) => one !== '' && one !== written)
  return cells.includes(written) && filled.length > 1 ? filled : null
}

const commaCell = /(?: *"([^"]*)" *|([^,]*))(?:,|$)/g
const cellPatterns = [
  ['\t', /(?: *"([^"]*)" *|([^\t]*))(?:\t|$)/g],
  [';', /(?: *"([^"]*)" *|([^;]*))(?:;|$)/g],
  ['|', /(?: *"([^"]*)" *|([^|]*))(?:\||$)/g],
  [',', commaCell],
] as const

/** A cell with a comma in it is no part of a name but a whole one. */
function readCells(found: readonly RegExpExecArray[], cells: readonly string[], line: number): Line[] {
  const [firstName = '', lastName = ''] = cells
  return cells.length === 2 && !cells.some((cell) => cell.includes(','))
    ? read(found, [present({ firstName, lastName })], line)
    : [...read(found, [{}], line), leftOver(line)]
}

function read(found: readonly RegExpExecArray[], names: readonly Line['cells'][], line: number): Line[] {
  return found.map(([, inBrackets, bare = ''], place) => {
    const email = (inBrackets ?? bare).replace(/^mailto:/i, '').replace(/\.$/, '')
    return { line, cells: { email, ...names[place] }, problem: problemWithAddress(email) }
  })
}

function leftOver(line: number): Line {
  return { line, cells: {}, problem: 'Not all of this line was understood.' }
}

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length
}

/** Without quotes, and without what stands between people. */
function nameIn(text: string): string {
  return text
    .replace(/["“”]/g, '')
    .replace(/^[\s,;|<>()]+|[\s,;|<>(:]+$/g, '')
    .trim()
}

/** In angle brackets, or bare. Either has an `@` and no blank in it. */
const addresses = /<\s*([^<>\s]*@[^<>\s]*)\s*>|((?:mailto:)?[^\s<>,;|"()]*@[^\s<>,;|"()]*)/giu
const bullet = /^\s*(?:[-*•–]\s+|\d{1,5}[.)]\s+)/u
const separators = /[\s,;|]/g

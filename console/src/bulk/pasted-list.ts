import { type Line, namesIn, present, problemWithAddress } from './lines.ts'

/**
 * Who stands in a text that somebody pasted: an address a line, alone or with a name, as `Name <address>`, `address, Name` or cells of a spreadsheet;
 * or several in one line, as mail programs write them.
 */
export function readPastedList(text: string): Line[] {
  return text.split(/\r\n?|\n/).flatMap((written, place) => readWritten(written, place + 1))
}

function readWritten(written: string, line: number): Line[] {
  const text = written.normalize('NFC').replace(bullet, '')
  if (text.replace(separators, '') === '') return []
  const found = [...text.matchAll(addresses)]
  if (found.length === 0) return [{ line, cells: {}, problem: 'There is no e-mail address in this line.' }]
  const names = found.map(({ index }, place) => nameIn(text.slice(place === 0 ? 0 : endOf(found[place - 1]), index)))
  const behind = nameIn(text.slice(endOf(found.at(-1))))
  if (found.length === 1 && names[0] === '') names[0] = behind
  else if (behind !== '') return [...read(found, names, line), leftOver(line)]
  return read(found, names, line)
}

function read(found: readonly RegExpExecArray[], names: readonly string[], line: number): Line[] {
  return found.map(([, inBrackets, bare = ''], place) => {
    const email = (inBrackets ?? bare).replace(/^mailto:/i, '').replace(/\.$/, '')
    return { line, cells: { email, ...partsOf(names[place] ?? '') }, problem: problemWithAddress(email) }
  })
}

function leftOver(line: number): Line {
  return { line, cells: {}, problem: 'What stands at the end of this line was not understood.' }
}

/** Cells of a spreadsheet are names by themselves. */
function partsOf(name: string) {
  const [first = '', last = '', ...others] = name.split(/\s*\t\s*/)
  return others.length === 0 && last !== '' ? present({ firstName: first, lastName: last }) : namesIn(name)
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

import type { Source } from './source.ts'

/** A function that spans several lines; lines count from 0 and `to` is the one that closes it. */
export type FunctionSpan = {
  readonly name: string
  readonly header: string
  readonly from: number
  readonly to: number
}

const declared = /^\s*(?:export\s+)?(?:async\s+)?function\b\*?\s*(\w*)/
const arrow = /=> \{$/
const control = /^\s*(?:\}\s*)?(?:if|else|for|while|do|switch|catch|try|finally|with|class|interface|type|enum)\b/
const method = /^\s*(?:(?:async|static|override|get|set)\s+|\*\s*)*(?:#?[\w.]+|\[[\w.]+\])(?:<.*>)?\(.*\)(?:: .+)? \{$/
/** A destructured parameter or a literal type, not a body. */
const opensAType = /(?:[(<,|&]|:) ?\{$/
const methodTail = /^\s*\)(?:: .+)? \{$/

/** Finds functions by their indentation, which the formatter guarantees. */
export function functionsOf({ code, text }: Source): FunctionSpan[] {
  const lines = code.split('\n').map((line) => line.trimEnd())
  const spoken = text.split('\n')
  return lines.flatMap((line, from) => {
    if (!begins(lines, from)) return []
    const opened = opening(lines, from)
    const to = closing(lines, opened)
    const header = lines.slice(from, opened + 1).join('\n')
    return to === -1 ? [] : [{ name: declared.exec(line)?.[1] || (spoken[from] ?? '').trim(), header, from, to }]
  })
}

function begins(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (declared.test(line)) return !line.endsWith('}')
  if (arrow.test(line)) return true
  if (methodTail.test(line)) {
    const head = lines.slice(0, at).findLast((other) => indentOf(other) <= indentOf(line)) ?? ''
    return !control.test(head) && !declared.test(head)
  }
  return method.test(line) && !control.test(line)
}

/** The line whose brace opens the body: it stands at the indentation of the function, after parameters and types that span lines. */
function opening(lines: readonly string[], from: number): number {
  const isOpening = (line: string) =>
    line.endsWith('{') && !opensAType.test(line) && indentOf(line) === indentOf(lines[from] ?? '')
  const offset = lines.slice(from).findIndex(isOpening)
  return offset === -1 ? from : from + offset
}

function closing(lines: readonly string[], opened: number): number {
  const indent = indentOf(lines[opened] ?? '')
  return lines.findIndex(
    (line, at) => at > opened && indentOf(line) === indent && /^\s*\}/.test(line) && !line.endsWith('{'),
  )
}

function indentOf(line: string): number {
  return line === '' ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length
}

import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { RefusedLine } from '../core/imports/import-stretch.ts'
import { limits } from '../core/limits.ts'
import type { Fault } from '../core/refusals.ts'
import { causeOf, UsageError } from './command.ts'
import { faultInWords, isNameOfField } from './fault-words.ts'

/** Where it is told which lines were refused and why; neither repeats what stands in them. */
export interface ImportErrors extends AsyncDisposable {
  tell(refused: RefusedLine): Promise<void>
  /** The last line of which the file told before; 0 for none. */
  readonly toldUpTo: number
}

interface ErrorsOptions {
  readonly file: string | undefined
  /** Whether the file may be there already, from before the import ended too soon. */
  readonly goesOn: boolean
  /** What is refused. */
  readonly unit: 'line' | 'record'
  readonly json: boolean
}

/** To standard error, in words or as a line of JSON each; and to a file, as a line of JSON each. */
export async function openImportErrors({ file, goesOn, unit, json }: ErrorsOptions): Promise<ImportErrors> {
  const named = unit === 'line' ? 'Line' : 'Record'
  const { stream, toldUpTo } = file === undefined ? { stream: null, toldUpTo: 0 } : await openFile(file, goesOn)
  return {
    toldUpTo,
    async tell(refused) {
      const line = `${JSON.stringify(inJson(refused))}\n`
      await write(process.stderr, json ? line : `${named} ${refused.line}: ${inWords(refused.refusal)}\n`)
      if (stream !== null) await keep(stream, line)
    },
    async [Symbol.asyncDispose]() {
      if (stream === null) return
      stream.end()
      await once(stream, 'close')
    },
  }
}

async function openFile(file: string, goesOn: boolean): Promise<{ stream: Writable; toldUpTo: number }> {
  const before = goesOn ? await open(file, 'r+').catch(() => null) : null
  if (before !== null) {
    const { bytes, line } = await endOf(before)
    await before.truncate(bytes)
    return { stream: before.createWriteStream({ start: bytes }), toldUpTo: line }
  }
  const handle = await open(file, 'wx').catch((thrown: NodeJS.ErrnoException) => {
    throw new UsageError(`The file for errors cannot be written: ${causeOf(thrown.code)}.`)
  })
  return { stream: handle.createWriteStream(), toldUpTo: 0 }
}

/** How long the file is without what was not written to its end, and the last line that it tells of. */
async function endOf(handle: FileHandle): Promise<{ bytes: number; line: number }> {
  const { size } = await handle.stat()
  const from = Math.max(0, size - limits.importRefusalBytesMax)
  const { buffer } = await handle.read({ buffer: Buffer.alloc(size - from), position: from })
  const end = buffer.lastIndexOf(newline) + 1
  const last = buffer.subarray(0, end).toString('utf8').trimEnd().split('\n').at(-1) ?? ''
  return { bytes: from + end, line: last === '' ? 0 : (JSON.parse(last) as { line: number }).line }
}

const newline = 10

/** What is told is in the file, even if the process is killed now: nobody tells it again. */
function keep(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (fault) => (fault ? reject(fault) : resolve()))
  })
}

/** No faster than it is read. */
async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
}

function inWords(refusal: RefusedLine['refusal']): string {
  switch (refusal.code) {
    case 'invalid':
      return refusal.faults.map(faultInWords).join(' ')
    case 'email_taken':
      return 'Somebody in the directory, or of a line before, has the e-mail address.'
    case 'username_taken':
      return 'Somebody in the directory, or of a line before, has the username.'
    case 'slug_taken':
      return 'An organization of the directory, or of a line before, has the slug.'
    case 'id_taken':
      return 'The id is, or was, that of somebody or something in the directory, or of a line before.'
  }
}

function inJson({ line, refusal }: RefusedLine): object {
  return refusal.code === 'invalid'
    ? { line, code: refusal.code, faults: refusal.faults.map(withoutForeignName) }
    : { line, code: refusal.code }
}

function withoutForeignName(fault: Fault): Fault {
  return fault.flaw === 'unknown_field' && !isNameOfField(fault.field) ? { ...fault, field: '' } : fault
}

import { once } from 'node:events'
import { open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { Fault } from '../core/refusals.ts'
import type { RefusedEntry } from '../core/users/import-users.ts'
import { causeOf, UsageError } from './command.ts'
import { faultInWords, isNameOfField } from './fault-words.ts'

export interface RefusedLine {
  /** From 1. */
  readonly line: number
  readonly refusal: RefusedEntry['refusal']
}

/** Where it is told which lines were refused and why; neither repeats what stands in them. */
export interface ImportErrors extends AsyncDisposable {
  tell(refused: RefusedLine): Promise<void>
}

interface ErrorsOptions {
  /** A new one. */
  readonly file: string | undefined
  /** What is refused. */
  readonly unit: 'line' | 'record'
  readonly json: boolean
}

/** To standard error, in words or as a line of JSON each; and to a file, which must not be there yet, as a line of JSON each. */
export async function openImportErrors({ file, unit, json }: ErrorsOptions): Promise<ImportErrors> {
  const named = unit === 'line' ? 'Line' : 'Record'
  const stream = file === undefined ? null : await openNew(file)
  return {
    async tell(refused) {
      const line = `${JSON.stringify(inJson(refused))}\n`
      await write(process.stderr, json ? line : `${named} ${refused.line}: ${inWords(refused.refusal)}\n`)
      if (stream !== null) await write(stream, line)
    },
    async [Symbol.asyncDispose]() {
      if (stream === null) return
      stream.end()
      await once(stream, 'close')
    },
  }
}

async function openNew(file: string): Promise<Writable> {
  const handle = await open(file, 'wx').catch((thrown: NodeJS.ErrnoException) => {
    throw new UsageError(`The file for errors cannot be written: ${causeOf(thrown.code)}.`)
  })
  return handle.createWriteStream()
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

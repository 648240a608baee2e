import type { Import, Role, Status } from '@sudigital/client'
import type { Line } from '../../bulk/lines.ts'
import { cut, type Part, type Verdict } from '../../bulk/run.ts'
import { verdictsOf, wordsFor } from '../../bulk/verdicts.ts'
import { client } from '../../client/client.ts'
import { onceKey } from '../../client/once-key.ts'

/** What holds for everybody who is added, unless a line says otherwise. */
export interface UserChoices {
  readonly role: Role
  readonly status: Status
}

/** Of people who are pasted. */
export const listMax = 1_000
const batchMax = 200
/** A run stops between two of them. */
const importMax = 10_000
const pollMs = 400

export function statusOf({ cells }: Line, { status }: UserChoices): Status {
  return (cells.status?.toLowerCase() ?? status) as Status
}

/** What would come of adding people. Nobody is added. */
export async function tryUsers(lines: readonly Line[], choices: UserChoices): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (let from = 0; from < lines.length; from += importMax) {
    const some = lines.slice(from, from + importMax)
    const { id } = await client.imports.start(fileOf(some, choices), { dryRun: true })
    verdicts.push(...verdictsIn(await ended(id, () => {}), some.length))
  }
  return verdicts
}

/** Few people go by batches, each of which is answered at once; many, and those of whom a batch does not take all that is said, by imports. */
export function userParts(lines: readonly Line[], choices: UserChoices): Part[] {
  const isLong = lines.length > listMax
  const listed = lines.filter((line) => !isLong && fitsBatch(line))
  const others = lines.filter((line) => isLong || !fitsBatch(line))
  return [
    ...cut(listed, batchMax).map((lines) => batchPart(lines, choices)),
    ...cut(others, importMax).map((lines) => importPart(lines, choices)),
  ]
}

const ofBatches = new Set(['email', 'firstName', 'lastName', 'username', 'role', 'status', 'avatar'])

function fitsBatch({ cells }: Line): boolean {
  const { email, firstName, lastName } = cells
  const isWhole = email !== undefined && firstName !== undefined && lastName !== undefined
  return isWhole && Object.keys(cells).every((name) => ofBatches.has(name))
}

/** Whether somebody is sent a mail when they are added. */
export function isMailed(line: Line, choices: UserChoices): boolean {
  return statusOf(line, choices) === 'pending' && line.cells.email !== undefined
}

function batchPart(lines: readonly Line[], choices: UserChoices): Part {
  const idempotencyKey = onceKey()
  const operations = lines.map((line) => ({ op: 'create' as const, body: userOf(line, choices) }))
  return {
    lines,
    async send() {
      const { data } = await client.users.batch({ atomic: false, operations }, { idempotencyKey })
      return verdictsOf(data)
    },
  }
}

function importPart(lines: readonly Line[], choices: UserChoices): Part {
  const idempotencyKey = onceKey()
  return {
    lines,
    async send(tell) {
      const { id } = await client.imports.start(fileOf(lines, choices), {}, { idempotencyKey })
      const done = await ended(id, tell)
      return verdictsIn(done, lines.length)
    },
  }
}

/** Waits until an import is over, and tells how many lines were looked at meanwhile. */
async function ended(id: string, tell: (done: number) => void): Promise<Import> {
  for (;;) {
    const found = await client.imports.get(id)
    if (found.state !== 'running') return found
    tell(found.lines)
    await new Promise((go) => setTimeout(go, pollMs))
  }
}

/** Of the lines behind the last that was looked at nothing has come. Refusals beyond those that are kept are counted only. */
export function verdictsIn({ state, lines, errors, refused }: Import, sent: number): Verdict[] {
  const verdicts = new Array<Verdict>(sent).fill(null)
  for (const error of errors) verdicts[error.line - 1] = wordsFor(error)
  if (state !== 'done') verdicts.fill('The server broke off before this line. Send it again.', lines)
  if (refused > errors.length) {
    const from = errors.at(-1)?.line ?? 0
    const untold = 'Too many lines before this one were refused to tell of it. Put those right first.'
    for (let place = from; place < sent; place += 1) verdicts[place] ??= untold
  }
  return verdicts
}

/** Lines of JSON, since a value may have anything in it there. */
function fileOf(lines: readonly Line[], choices: UserChoices): string {
  return lines.map((line) => `${JSON.stringify(importedOf(line, choices))}\n`).join('')
}

function importedOf(line: Line, choices: UserChoices) {
  const { emailVerified, number, ...cells } = line.cells
  return {
    ...cells,
    role: roleOf(line, choices),
    status: statusOf(line, choices),
    ...(emailVerified === undefined ? {} : { emailVerified: truthOf(emailVerified) }),
    ...(number === undefined ? {} : { number: numberOr(number) }),
  }
}

function userOf(line: Line, choices: UserChoices) {
  const { email = '', firstName = '', lastName = '', username, avatar } = line.cells
  return {
    email,
    firstName,
    lastName,
    role: roleOf(line, choices),
    status: statusOf(line, choices),
    ...(username === undefined ? {} : { username }),
    ...(avatar === undefined ? {} : { avatar }),
  }
}

function roleOf({ cells }: Line, { role }: UserChoices): Role {
  return (cells.role?.toLowerCase() ?? role) as Role
}

/** What is no number is sent as it is, for the server to refuse. */
function numberOr(text: string): number | string {
  return Number.isInteger(Number(text)) ? Number(text) : text
}

const yes = new Set(['true', 'yes', '1', 'ja', 'oui'])

/** As spreadsheets write it; what is neither is sent as it is, for the server to refuse. */
export function truthOf(text: string): boolean | string {
  const plain = text.toLowerCase()
  if (yes.has(plain)) return true
  return ['false', 'no', '0', 'nein', 'non'].includes(plain) ? false : text
}

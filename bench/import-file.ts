import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { demoPeople } from '../server/src/cli/demo-people.ts'

/** Writes down so many plausible people, one a line of NDJSON, with a password hash each: bcrypt for two of three, argon2id for the others. */
export async function writePeople(file: string, count: number, { seed = 1, firstNamesake = 1 } = {}): Promise<void> {
  const stream = createWriteStream(file)
  let lines: string[] = []
  let index = 0
  for (const person of demoPeople({ seed, count, startAtMs: Date.now(), firstNamesake })) {
    const { createdAtMs: _, lastLoginAtMs: __, role, status, ...facts } = person
    const passwordHash = index % 3 === 2 ? argon2id() : bcrypt()
    index += 1
    lines.push(
      `${JSON.stringify({ ...facts, role, status: status === 'inactive' ? status : 'active', passwordHash })}\n`,
    )
    if (lines.length < linesAtOnce) continue
    if (!stream.write(lines.join(''))) await once(stream, 'drain')
    lines = []
  }
  stream.end(lines.join(''))
  await once(stream, 'close')
}

const linesAtOnce = 1_000

/** The last letter of 16 bytes of salt stands for two bits, and that of 23 bytes of digest for four. */
function bcrypt(): string {
  const letters = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('+', '.').replaceAll('=', '')
  return ['', '2b', '10', `${letters(16).slice(0, 21)}u${letters(23).slice(0, 30)}u`].join('$')
}

function argon2id(): string {
  const bare = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '')
  return ['', 'argon2id', 'v=19', 'm=19456,t=2,p=1', bare(16), bare(32)].join('$')
}

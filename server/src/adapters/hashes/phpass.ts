import { Worker } from 'node:worker_threads'
import { limits } from '../../core/limits.ts'
import { areEqual, costlyHash, type HashForm, unknownHash } from './hash-form.ts'

const digits = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const written = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/
const [roundsMin, roundsEver] = [7, 30]

/** The portable hash of PHP programs: `$P$` (WordPress) or `$H$` (phpBB), the rounds as a power of two in one digit, salt, MD5. */
export const phpass: HashForm = (text) => {
  if (!/^\$[PH]\$/.test(text)) return null
  const [, power = '', salt = '', digest = ''] = written.exec(text) ?? []
  const log2Rounds = digits.indexOf(power)
  if (power === '' || log2Rounds < roundsMin || log2Rounds > roundsEver) return unknownHash
  if (log2Rounds > limits.phpassRoundsMax) return costlyHash('phpass_rounds', limits.phpassRoundsMax)
  const matches = async (password: string) => {
    const computed = await digestAside({ password, salt, rounds: 2 ** log2Rounds })
    return areEqual(Buffer.from(inDigits(computed)), Buffer.from(digest))
  }
  return { value: { memoryBytes: 0, matches } }
}

/** Six bits to a digit, of three bytes the lowest bits of the first come first. */
function inDigits(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const value = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
    const count = Math.min(3, bytes.length - at) + 1
    for (let digit = 0; digit < count; digit += 1) text += digits[(value >> (6 * digit)) & 63]
  }
  return text
}

export interface PhpassTask {
  readonly password: string
  readonly salt: string
  readonly rounds: number
}

/** One loop of many small steps would hold up whoever waits for this thread, so another one runs it. It starts when it is first needed. */
let worker: Worker | null = null
const asked: PromiseWithResolvers<Uint8Array>[] = []

/** The thread answers in the order in which it was asked. */
function digestAside(task: PhpassTask): Promise<Uint8Array> {
  worker ??= openWorker()
  const answer = Promise.withResolvers<Uint8Array>()
  asked.push(answer)
  worker.ref()
  worker.postMessage(task)
  return answer.promise
}

function openWorker(): Worker {
  const opened = new Worker(new URL('./phpass-worker.ts', import.meta.url), { name: 'phpass' })
  opened.on('message', (digest: Uint8Array) => {
    asked.shift()?.resolve(digest)
    if (asked.length === 0) opened.unref()
  })
  opened.on('error', (fault) => {
    worker = null
    for (const answer of asked.splice(0)) answer.reject(fault)
  })
  return opened
}

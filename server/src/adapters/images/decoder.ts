import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type Avatar, avatarSizes } from '../../core/avatars/avatar.ts'
import type { Images } from '../../core/avatars/ports.ts'
import { limits } from '../../core/limits.ts'
import { grant, type Outcome, refuse } from '../../core/outcome.ts'
import { openLine } from '../line.ts'
import { framed, framesIn } from './frames.ts'
import { recognisePictures } from './own-pictures.ts'

export interface Decoder extends Images, AsyncDisposable {
  /** Takes no more, waits for what was taken, and ends the process. */
  close(): Promise<void>
}

interface Options {
  readonly msMax?: number
  readonly idleMsMax?: number
  /** Told why a process was of no more use. */
  readonly onTrouble?: (code: string) => void
}

type Read = Outcome<Avatar, 'unprocessable_image' | 'busy'>

/**
 * Has images decoded in a process of its own, one at a time: what it is sent can take its time or its memory, or crash it, and costs the directory
 * nothing but that process. It starts with the first image, and ends when there was none for a while.
 */
export function openDecoder({
  msMax = limits.imageMsMax,
  idleMsMax = limits.decoderIdleMsMax,
  onTrouble = () => {},
}: Options = {}): Decoder {
  const line = openLine(1, limits.imagesWaitingMax, 1)
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined

  function dismiss(): Promise<void> {
    const dismissed = worker
    worker = null
    clearTimeout(idle)
    return dismissed?.end() ?? Promise.resolve()
  }

  async function read(image: Uint8Array): Promise<Read> {
    clearTimeout(idle)
    if (worker?.isGone()) worker = null
    worker ??= startWorker(msMax)
    const answer = await worker.ask(image)
    if (isEnd(answer)) {
      onTrouble(answer)
      await dismiss()
    } else idle = setTimeout(() => void dismiss(), idleMsMax).unref()
    return readAnswer(answer)
  }

  async function close(): Promise<void> {
    await line.close()
    await dismiss()
  }

  return {
    async read(image) {
      const done = await line.take(0, () => read(image))
      return 'ok' in done ? done : refuse({ code: 'busy', retryAfterSeconds: done.busyForSeconds })
    },
    recognise: recognisePictures,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Why a process was of no more use. */
const ends = ['not_started', 'died', 'too_slow', 'out_of_memory'] as const

function isEnd(answer: WorkerAnswer): answer is (typeof ends)[number] {
  return ends.some((end) => end === answer)
}

const restartSeconds = 5

function readAnswer(answer: WorkerAnswer): Read {
  switch (answer) {
    case 'not_started':
      return refuse({ code: 'busy', retryAfterSeconds: restartSeconds })
    case 'undecodable':
    case 'too_large':
    case 'too_slow':
      return refuse({ code: 'unprocessable_image', because: answer })
    case 'out_of_memory':
      return refuse({ code: 'unprocessable_image', because: 'too_large' })
    case 'died':
      return refuse({ code: 'unprocessable_image', because: 'undecodable' })
    default:
      return grant(answer)
  }
}

type WorkerAnswer = Avatar | 'undecodable' | 'too_large' | (typeof ends)[number]

interface Worker {
  ask(image: Uint8Array): Promise<WorkerAnswer>
  /** It has ended, though nobody asked it to. */
  isGone(): boolean
  end(): Promise<void>
}

/** It knows no setting and no key: it is given an image and answers pictures. */
function startWorker(msMax: number): Worker {
  const cache = getCompileCacheDir()
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMib}`, script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
  })
  const { stdin, stdout } = child as ChildProcess & { stdin: Writable; stdout: Readable }
  let isGone = false
  const ended = Promise.withResolvers<void>()
  for (const event of ['exit', 'error'])
    child.once(event, () => {
      isGone = true
      ended.resolve()
    })
  // Of a process that is gone, its silence tells.
  for (const part of [stdin, stdout]) part.on('error', () => {})
  const frames = framesIn(stdout, limits.picturesBytesMax)
  const next = () => frames.next().catch(() => ({ done: true }) as const)
  const started = within(limits.decoderStartMsMax, next()).then((first) => wordIn(first) === 'ready')
  hold(child, false)

  async function answer(image: Uint8Array): Promise<WorkerAnswer> {
    for (const part of framed(image)) stdin.write(part)
    const said = await within(msMax, next())
    if (said === 'late') return 'too_slow'
    const word = wordIn(said)
    if (word === 'undecodable' || word === 'too_large' || word === 'out_of_memory') return word
    if (word !== 'made') return 'died'
    const made: Buffer[] = []
    for (const _ of avatarSizes) {
      const picture = await within(msMax, next())
      if (picture === 'late' || picture.done) return 'died'
      made.push(picture.value)
    }
    return avatarOf(made)
  }

  return {
    async ask(image) {
      hold(child, true)
      try {
        return (await started) ? await answer(image) : 'not_started'
      } finally {
        hold(child, false)
      }
    },
    isGone: () => isGone,
    async end() {
      hold(child, true)
      child.kill('SIGKILL')
      await ended.promise
    },
  }
}

const script = fileURLToPath(new URL('./decoder-process.ts', import.meta.url))
const heapMib = 64

function avatarOf([large = none, medium = none, small = none]: readonly Buffer[]): Avatar {
  return { pictures: { large, medium, small }, hash: createHash('sha256').update(large).digest('base64url') }
}

const none = Buffer.alloc(0)

/** Whether it keeps this process from ending. */
function hold(child: ChildProcess, holds: boolean): void {
  for (const part of [child, child.stdin, child.stdout] as readonly unknown[]) {
    const handle = part as { ref?: () => void; unref?: () => void }
    if (holds) handle.ref?.()
    else handle.unref?.()
  }
}

type Frame = IteratorResult<Buffer, void> | { readonly done: true }

function wordIn(frame: Frame | 'late'): string | null {
  return frame === 'late' || frame.done ? null : frame.value.toString('latin1')
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => late.resolve('late'), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

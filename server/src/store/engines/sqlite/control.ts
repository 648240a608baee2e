import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { limits } from '../../../core/limits.ts'
import { DatabaseUnavailable } from '../engine.ts'
import { type Intake, openIntake, questionIn, sendFrame, sendQuestion } from './frames.ts'
import { type CommitTask, plainError } from './messages.ts'
import { openQuestions, type Reply } from './questions.ts'

// How a command that writes asks the process that owns the directory to do it: on loopback, and whoever may read the directory may ask. A
// caller sends the token as it is, before anything of its own is decoded, and is greeted; from then on both speak in frames. What is asked is decoded by the
// writer alone: the thread that serves requests passes its bytes on.

const tokenBytes = 32
const greetingMsMax = 2_000
const partingMsMax = 1_000
/** Whoever speaks in other frames is not greeted with this. */
const greeting = 'roster 2'

/** The owner's side. */
export interface Control {
  /** Lets nobody in any more, answers what was asked and hangs up. */
  close(): Promise<void>
}

/** `commit` is given tasks as `v8.serialize` wrote them. */
export async function openControl(
  directory: string,
  commit: (task: Uint8Array<ArrayBuffer>) => Promise<unknown>,
): Promise<Control> {
  const token = randomBytes(tokenBytes)
  const callers = new Set<Socket>()
  const unanswered = new Set<Promise<unknown>>()

  async function attend(caller: Socket): Promise<void> {
    const intake = openIntake(caller)
    if (!(await knows(token, caller, intake))) return
    sendFrame(caller, greeting)
    for (let body = await intake.body(); body !== null; body = await intake.body()) {
      const answering: Promise<unknown> = answer(caller, questionIn(body))
        .catch(() => caller.destroy())
        .finally(() => unanswered.delete(answering))
      unanswered.add(answering)
    }
  }

  async function answer(caller: Socket, { id, task }: ReturnType<typeof questionIn>): Promise<void> {
    const reply: Reply = await commit(task).then(
      (value) => ({ id, value }),
      (error) => ({ id, error: plainError(error) }),
    )
    if (!caller.destroyed) sendFrame(caller, reply)
  }

  const server = createServer({ noDelay: true }, (caller) => {
    callers.add(caller)
    caller.on('error', () => {})
    caller.on('close', () => callers.delete(caller))
    attend(caller).then(
      () => caller.destroySoon(),
      () => caller.destroy(),
    )
  })
  server.maxConnections = limits.commandsBesideServerMax
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await writeDoor(directory, { port: (server.address() as AddressInfo).port, token: token.toString('hex') })

  return {
    async close() {
      await rm(doorIn(directory), { force: true })
      const closed = once(server, 'close')
      server.close()
      await Promise.allSettled(unanswered)
      for (const caller of callers) {
        caller.destroySoon()
        setTimeout(() => caller.destroy(), partingMsMax).unref()
      }
      await closed
    },
  }
}

async function knows(token: Buffer, caller: Socket, intake: Intake): Promise<boolean> {
  const impatience = setTimeout(() => caller.destroy(), greetingMsMax)
  const shown = await intake.take(tokenBytes)
  clearTimeout(impatience)
  return shown !== null && timingSafeEqual(shown, token)
}

/** The command's side. */
export interface Line {
  commit(task: CommitTask): Promise<unknown>
  /** Why nothing can be asked any more; null while it can. */
  lost(): Error | null
  /** Takes no more, and waits for what was asked. */
  finish(): Promise<void>
  close(): void
}

/** Null when nobody answers there. */
export async function callOwner(directory: string, waitingMax: number): Promise<Line | null> {
  const door = await readDoor(directory)
  if (door === null) return null
  const socket = connect({ port: door.port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  const intake = openIntake(socket)
  if (!(await isGreeted(socket, intake, door))) {
    socket.destroy()
    return null
  }
  const questions = openQuestions('owner', waitingMax)
  const hungUp = new DatabaseUnavailable('The process that owns the directory has hung up.')
  const listen = async () => {
    for (let frame = await intake.frame(); frame !== null; frame = await intake.frame()) {
      questions.settle(frame.value as Reply)
    }
  }
  listen()
    .catch(() => {})
    .finally(() => questions.lose(hungUp))
  return {
    commit: (task) => questions.ask((id) => sendQuestion(socket, id, task)),
    lost: questions.lost,
    finish: questions.finish,
    close: () => socket.destroySoon(),
  }
}

async function isGreeted(socket: Socket, intake: Intake, door: Door): Promise<boolean> {
  const impatience = setTimeout(() => socket.destroy(), greetingMsMax)
  try {
    socket.write(Buffer.from(door.token, 'hex'))
    return (await intake.frame())?.value === greeting
  } catch {
    return false
  } finally {
    clearTimeout(impatience)
  }
}

interface Door {
  readonly port: number
  readonly token: string
}

async function writeDoor(directory: string, door: Door): Promise<void> {
  const unhung = `${doorIn(directory)}.new`
  await rm(unhung, { force: true })
  await writeFile(unhung, JSON.stringify(door), { mode: 0o600 })
  await rename(unhung, doorIn(directory))
}

async function readDoor(directory: string): Promise<Door | null> {
  try {
    return JSON.parse(await readFile(doorIn(directory), 'utf8'))
  } catch {
    return null
  }
}

function doorIn(directory: string): string {
  return join(directory, 'control.json')
}

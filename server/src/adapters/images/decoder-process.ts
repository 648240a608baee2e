import { getPriority, setPriority } from 'node:os'
import { limits } from '../../core/limits.ts'
import { framed, framesIn } from './frames.ts'
import { type Made, makePictures } from './make-pictures.ts'

// A process of its own, in which images are decoded one after the other. It holds nothing that is secret, and may be ended at any time.

/** How often it looks at how much memory it takes. */
const lookMs = 5

setPriority(Math.max(getPriority(), limits.niceness))
setInterval(() => {
  if (process.memoryUsage.rss() < limits.decoderBytesMax) return
  say('out_of_memory')
  process.kill(process.pid, 'SIGKILL')
}, lookMs).unref()
// Keys that end the server are heard by all processes of its terminal; this one ends when nothing more can be asked of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

say('ready')
for await (const image of framesIn(process.stdin, limits.avatarBytesMax)) tell(await makePictures(image))

function tell(made: Made): void {
  if ('flaw' in made) say(made.flaw)
  else {
    say('made')
    for (const picture of made.pictures) send(picture)
  }
}

function say(word: string): void {
  send(Buffer.from(word))
}

function send(bytes: Uint8Array): void {
  for (const part of framed(bytes)) process.stdout.write(part)
}

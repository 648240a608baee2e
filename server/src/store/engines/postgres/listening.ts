import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { channels } from './notice-texts.ts'
import { monotonicMs } from './roll-call.ts'
import { connectToListen, openStream, type Stream } from './stream.ts'

const reconnectMsMin = 100
const reconnectMsMax = 1_000

export interface Listener {
  hear(notification: pg.Notification): void
  /** A stream begins; whatever was said before it began is lost. */
  began(stream: Stream): void
  lost(): void
  /** There is no stream, and another attempt follows. */
  failed(error: unknown): void
}

export interface Listening {
  /** Null while there is none. */
  readonly stream: Stream | null
  close(): Promise<void>
}

/** Keeps one stream of notices open, and begins another one whenever it breaks. */
export function keepListening(url: string, node: string, listener: Listener): Listening {
  let stream: Stream | null = null
  let hangUp = () => {}
  let closing = false

  async function listenUntilLost(): Promise<void> {
    const connection = connectToListen(url)
    hangUp = connection.destroy
    connection.client.on('notification', listener.hear)
    try {
      await connection.client.connect()
      for (const channel of Object.values(channels)) await connection.client.query(`listen ${channel}`)
      if (closing) return
      stream = openStream(node, connection)
      listener.began(stream)
      await connection.ended
    } finally {
      stream?.close()
      stream = null
      listener.lost()
      connection.destroy()
    }
  }

  async function listenOn(): Promise<void> {
    let pauseMs = reconnectMsMin
    while (!closing) {
      const beganAt = monotonicMs()
      await listenUntilLost().catch((error: unknown) => closing || listener.failed(error))
      if (closing) return
      pauseMs = monotonicMs() - beganAt > reconnectMsMax ? reconnectMsMin : Math.min(pauseMs * 2, reconnectMsMax)
      await sleep(pauseMs * (0.5 + Math.random() / 2))
    }
  }

  void listenOn()

  return {
    get stream() {
      return stream
    },
    async close() {
      closing = true
      if (stream === null) hangUp()
      else await stream.sayFarewell()
    },
  }
}

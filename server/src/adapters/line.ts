/** The line is full: nothing was computed, and it is worth asking again after this long. */
export interface Busy {
  readonly busyForSeconds: number
}

export interface Line {
  /** `bytes` is the memory that the work takes. */
  take<T>(bytes: number, work: () => Promise<T>): Promise<T | Busy>
  close(): Promise<void>
}

interface Place {
  readonly bytes: number
  readonly begin: () => void
}

/** First come, first served: `running` at once, as far as memory goes, `waiting` behind them; everybody else is sent away. */
export function openLine(running: number, waiting: number, bytesMax: number): Line {
  const places: Place[] = []
  const taken = new Set<Promise<unknown>>()
  const free = { running, bytes: bytesMax }
  let closed = false
  let lastWorkMs = 50

  function isRoomFor(bytes: number): boolean {
    return free.running > 0 && free.bytes >= bytes
  }

  function leave(bytes: number): void {
    free.running += 1
    free.bytes += bytes
    for (let next = places[0]; next !== undefined && isRoomFor(next.bytes); next = places[0]) {
      places.shift()
      enter(next.bytes)
      next.begin()
    }
  }

  function enter(bytes: number): void {
    free.running -= 1
    free.bytes -= bytes
  }

  async function work<T>(bytes: number, task: () => Promise<T>): Promise<T> {
    if (places.length === 0 && isRoomFor(bytes)) enter(bytes)
    else await new Promise<void>((begin) => places.push({ bytes, begin }))
    const startedAt = performance.now()
    try {
      return await task()
    } finally {
      lastWorkMs = performance.now() - startedAt
      leave(bytes)
    }
  }

  return {
    async take(bytes, task) {
      const mustWait = places.length > 0 || !isRoomFor(bytes)
      if (closed || (mustWait && places.length >= waiting)) {
        return { busyForSeconds: Math.max(1, Math.ceil((places.length * lastWorkMs) / running / 1000)) }
      }
      const outcome = work(bytes, task)
      taken.add(outcome)
      try {
        return await outcome
      } finally {
        taken.delete(outcome)
      }
    },
    async close() {
      closed = true
      await Promise.allSettled(taken)
    },
  }
}

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A stretch of network between a client and a server that can stop delivering, and break. */
export interface FreezableProxy extends AsyncDisposable {
  /** The address given, by way of this proxy. */
  readonly url: string
  /** How many there ever were. */
  connections(): number
  /** From now on nothing arrives on either side, and nobody is told; `listeners`: only on connections that wait for notices. */
  freeze(whom?: 'everybody' | 'listeners'): void
  /** What was held back is delivered. */
  thaw(): void
  /** Cuts every connection there is; new ones are let through. */
  cut(): void
}

export async function freezableProxy(url: string): Promise<FreezableProxy> {
  const target = new URL(url)
  const ends = new Set<Socket>()
  const listeners = new WeakSet<Socket>()
  let connections = 0
  let frozen = false

  const join = (from: Socket, to: Socket) => {
    ends.add(from)
    from.setNoDelay(true)
    from.on('data', (bytes) => {
      if (bytes.includes('LISTEN')) {
        listeners.add(from)
        listeners.add(to)
      }
      to.write(bytes)
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      ends.delete(from)
      to.destroy()
    })
    if (frozen) from.pause()
  }

  const server = createServer((near) => {
    connections += 1
    const far = connect(Number(target.port), target.hostname)
    join(near, far)
    join(far, near)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a server on loopback has no port')
  const proxied = new URL(url)
  proxied.port = String(address.port)

  const cut = () => {
    for (const end of ends) end.destroy()
  }
  return {
    url: proxied.href,
    connections: () => connections,
    freeze(whom = 'everybody') {
      frozen = whom === 'everybody'
      for (const end of ends) if (frozen || listeners.has(end)) end.pause()
    },
    thaw() {
      frozen = false
      for (const end of ends) end.resume()
    },
    cut,
    async [Symbol.asyncDispose]() {
      server.close()
      cut()
    },
  }
}

import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { Settings } from './settings.ts'

/** Tokens name their issuer by its address, so the port is settled before anything is signed. */
export async function withPort(settings: Settings): Promise<Settings> {
  if (settings.port !== 0) return settings
  const port = await freePort(settings.host)
  return { ...settings, port, publicUrl: settings.publicUrl.replace(/:0$/, `:${port}`) }
}

/** Below those that the system hands out for outgoing connections, so that none of them takes it between being found and being listened on. */
const portsFrom = 20_000
const portsTo = 32_000
const triesMax = 50

export async function freePort(host: string): Promise<number> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const port = randomInt(portsFrom, portsTo)
    if (await isFree(host, port)) return port
  }
  throw new Error(`no port between ${portsFrom} and ${portsTo} is free`)
}

/** Only a port that somebody holds, or that is kept for the system, is worth another try; a host that this machine lacks is told as it is. */
const takenCodes = new Set(['EADDRINUSE', 'EACCES'])

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      takenCodes.has(error.code ?? '') ? resolve(false) : reject(error),
    )
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHouse, type RunningServer, signIn } from '../src/cli/testing/house.ts'
import { limits } from '../src/core/limits.ts'
import * as images from './images.ts'
import { isWithin, until } from './timing.ts'
import { formWith } from './uploads.ts'

const mib = 1024 * 1024
const bytesMax = 400 * mib
const turnMsMax = 50
/** As many as there is room for. */
const together = limits.uploadsMax

/** The most that a process has held in memory; 0 when it is gone. */
function peakOf(pid: number): number {
  const [, kib = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(fileOf(pid, 'status')) ?? []
  return Number(kib) * 1024
}

function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

function childrenOf(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.flatMap((thread) => fileOf(pid, `task/${thread}/children`).split(' ').filter(Boolean).map(Number))
}

/** How much of Node's own program a process has in memory: that is there once, however many processes run it. */
function programOf(pid: number): number {
  const mappings = fileOf(pid, 'smaps').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
  const ofNode = mappings.filter((mapping) => mapping.split('\n', 1)[0]?.endsWith(process.execPath))
  return ofNode.reduce((bytes, mapping) => bytes + Number(/^Rss:\s+(\d+) kB$/m.exec(mapping)?.[1] ?? 0) * 1024, 0)
}

/** Looks at the processes of a server until it is told to stop: the most that it, and any one decoder besides, have held. */
function watchMemory(pid: number): { stop(): { server: number; decoder: number } } {
  let decoder = 0
  const programs = new Map<number, number>()
  const look = () => {
    for (const child of childrenOf(pid)) {
      const program = Math.max(programs.get(child) ?? 0, programOf(child))
      programs.set(child, program)
      decoder = Math.max(decoder, peakOf(child) - program)
    }
  }
  const timer = setInterval(look, 25)
  return {
    stop() {
      clearInterval(timer)
      look()
      return { server: peakOf(pid), decoder }
    },
  }
}

/** Asks a server that runs with the probe, and has it begin anew. */
function openProbe({ child }: RunningServer): () => Promise<number> {
  const told: number[] = []
  child.stdout?.on('data', (text: string) => {
    for (const [, ms] of text.matchAll(/^longest turn: (\S+) ms$/gm)) told.push(Number(ms))
  })
  return async () => {
    const known = told.length
    child.kill('SIGUSR2')
    await until(() => told.length > known)
    return told.at(-1) ?? Number.NaN
  }
}

const probed = [
  process.execPath,
  '--import',
  join(import.meta.dirname, 'loop-probe.mjs'),
  join(import.meta.dirname, '../bin/roster.mjs'),
  'serve',
] as const

/** The worst of each kind, and what becomes of it. */
async function hostile(): Promise<{ image: Buffer; status: number }[]> {
  const small = images.smallPng
  const wide = (image: Buffer) => Buffer.concat([image, Buffer.alloc(limits.avatarBytesMax - image.length)])
  return [
    { image: await images.rotatedJpeg(), status: 200 },
    { image: await images.costlyJpeg(4000, 4000), status: 422 },
    { image: images.flatPng(5000, 5000), status: 200 },
    { image: images.flatPng(16_000, 16_000), status: 422 },
    { image: images.claimingPng(50_000, 50_000), status: 422 },
    { image: images.textBombPng('zTXt', 24, 40), status: 422 },
    { image: images.profileBombPng(16), status: 200 },
    { image: wide(small), status: 200 },
    { image: images.textBombPng('iTXt', 24, 40), status: 422 },
    { image: Buffer.alloc(limits.avatarBytesMax, '\r\n--the-edge-of-a-par'), status: 415 },
    { image: Buffer.alloc(limits.avatarBytesMax + 100, small), status: 413 },
    { image: Buffer.from('<svg/>'), status: 415 },
    { image: wide(await images.noisyJpeg(1000)), status: 200 },
  ]
}

test('whatever is uploaded, several at once, the server keeps its memory, and its event loop for others', async () => {
  await using house = await openHouse({ RATE_LIMITS: 'off' })
  const server = await house.serve({ command: probed })
  const { pid = 0 } = server.child
  const headers = { ...(await signIn(server)), 'content-type': 'multipart/form-data; boundary=the-edge-of-a-part' }
  const send = async ({ image }: { image: Buffer }) => {
    const body = Uint8Array.from(formWith(image))
    const answer = await fetch(`${server.url}/api/users/me/avatar`, { method: 'POST', headers, body })
    await answer.arrayBuffer()
    return answer.status
  }
  const files = await hostile()
  const longestTurnMs = openProbe(server)
  await longestTurnMs()
  // What it took to start is not what is asked here: from now on the peak counts anew (proc(5), “clear_refs”).
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const memory = watchMemory(pid)

  const first = await send({ image: images.smallPng })
  const statuses: number[] = []
  for (let at = 0; at < files.length; at += together)
    statuses.push(...(await Promise.all(files.slice(at, at + together).map(send))))
  const turnMs = await longestTurnMs()
  const maps = fileOf(pid, 'maps')
  const { server: serverBytes, decoder: decoderBytes } = memory.stop()
  const last = await send({ image: images.smallPng })

  assert.deepEqual([first, last], [200, 200])
  assert.deepEqual(
    statuses,
    files.map(({ status }) => status),
  )
  assert.ok(isWithin(turnMs, turnMsMax), `one turn took ${turnMs} ms of the processor`)
  const told = `the server held ${Math.round(serverBytes / mib)} MiB, its decoder ${Math.round(decoderBytes / mib)} MiB`
  assert.ok(decoderBytes > 0 && serverBytes + decoderBytes < bytesMax, told)
  assert.doesNotMatch(maps, /libvips|sharp/)
})

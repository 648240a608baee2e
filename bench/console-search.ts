import type { Page } from 'playwright-core'
import { SUDIGITALClient } from '../clients/typescript/src/index.ts'
import { openBrowser } from '../server/test/browser.ts'
import { cpuSeconds, openMeasuredServer } from './measured-server.ts'

/*
 * How soon somebody who types into the search box of the console sees the first person who matches.
 *
 *   npm run bench:console [-- people [rounds [directory]]]        100,000 people, 5 rounds
 *
 * A real browser types each term into a page that was loaded anew, a key every 90 ms, as somebody who types fast. Time is taken from the press of
 * the last key to the frame in which the first matching row is painted; and, without the pause in which the box waits for another key, from the
 * request for that term. Processor time, which other programs do not lengthen, is that of the page's process and of the server's, for each search that
 * was sent while the term was typed. The directory is kept in `data/bench-<people>` for the next run, or in the one that is named.
 */

const people = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 5)
const directory = process.argv[4] ?? `data/bench-${people}`
const keyMs = 90
/** Common and rare, of names and of addresses, in several scripts. */
const terms = [
  'an',
  'maria',
  'kowalsk',
  'schröder',
  'example.org',
  'anna',
  'müller',
  'szymańska',
  'choi',
  'garcia',
  'guenther',
  'li',
]

interface Seen {
  readonly fromKey: number
  readonly fromRequest: number
  readonly toAnswer: number
}

interface Searched extends Seen {
  /** Milliseconds of a processor, for each search that was sent. */
  readonly pageCpu: number
  readonly serverCpu: number
}

await using server = await openMeasuredServer({ directory, users: people })
const browser = await openBrowser()
const processes = await browser.newBrowserCDPSession()
try {
  const seen = new Map(terms.map((term): [string, Searched[]] => [term, []]))
  const tokens = await signIn(server.url)
  for (let round = 0; round < rounds; round += 1) {
    const page = await openTable(tokens)
    for (const term of terms) seen.get(term)?.push(await searchCounting(page, term))
    await page.context().close()
  }
  for (const [term, each] of seen) say(term, each)
  say('all of them', [...seen.values()].flat())
} finally {
  await browser.close()
}

async function signIn(baseURL: string) {
  const client = new SUDIGITALClient({ baseURL })
  const signedIn = await client.auth.login({ email: 'admin@sudigital.com', password: 'admin123' })
  if ('challenge' in signedIn) throw new Error('the admin of a demo has no second factor')
  return JSON.stringify({ accessToken: signedIn.accessToken, refreshToken: signedIn.refreshToken })
}

async function openTable(tokens: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.url })
  await context.addInitScript((kept) => localStorage.setItem('roster.tokens', kept), tokens)
  await context.addInitScript(watchRequests)
  const page = await context.newPage()
  await page.goto('/console/users')
  await page.locator('tbody tr[aria-rowindex="2"]').waitFor()
  return page
}

interface Watched {
  /** When the rows of a search were asked for, and when the answer began. */
  asked: Map<string, { sent: number; answered: number | null }>
}

/** Runs in the page, before anything of the console. */
function watchRequests(): void {
  const watched: Watched = { asked: new Map() }
  Object.assign(globalThis, { watched })
  const fetch = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input))
    const term = searchParams.get('search')
    const isRows = pathname.endsWith('/api/users') && searchParams.get('cursor') === ''
    const request = { sent: performance.now(), answered: null as number | null }
    if (isRows && term !== null) watched.asked.set(term, request)
    const response = await fetch(input, init)
    request.answered = performance.now()
    return response
  }
}

/** A search, and the processor time that went by. */
async function searchCounting(page: Page, term: string): Promise<Searched> {
  const before = { page: await pageSeconds(), server: await cpuSeconds(server.pid) }
  const { searches, ...seen } = await search(page, term)
  const each = (seconds: number) => (seconds * 1000) / searches
  return {
    ...seen,
    pageCpu: each((await pageSeconds()) - before.page),
    serverCpu: each((await cpuSeconds(server.pid)) - before.server),
  }
}

async function pageSeconds(): Promise<number> {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

async function search(page: Page, term: string): Promise<Seen & { searches: number }> {
  const box = page.getByRole('searchbox', { name: 'Search' })
  const painted = page.evaluate(untilPainted, term)
  await box.pressSequentially(term, { delay: keyMs })
  const seen = await painted
  const searches = await page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.asked.size)
  await box.fill('')
  await page.waitForFunction(
    () =>
      !location.search.includes('search=') &&
      document.querySelector('table[aria-busy=false] tr[aria-rowindex]') !== null,
  )
  return { ...seen, searches }
}

/** Runs in the page: waits for the frame that shows the first of those whom the server found for this term, and for no shorter one. */
function untilPainted(term: string): Promise<Seen> {
  const { watched } = globalThis as unknown as { watched: Watched }
  const box = document.querySelector<HTMLInputElement>('input[type=search]')
  watched.asked.clear()
  let pressed = 0
  box?.addEventListener('keydown', ({ timeStamp }) => {
    pressed = timeStamp
  })
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const request = watched.asked.get(term)
      if (request === undefined || request.answered === null) return
      const { sent, answered } = request
      const first = document.querySelector('table[aria-busy=false] tr[aria-rowindex="2"]')
      if (!first?.textContent?.toLowerCase().includes(term)) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          const now = performance.now()
          resolve({ fromKey: now - pressed, fromRequest: now - sent, toAnswer: answered - sent })
        }
        port2.postMessage(null)
      })
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
}

function say(what: string, seen: readonly Searched[]): void {
  const middle = (of: (one: Searched) => number) => {
    const sorted = seen.map(of).sort((a, b) => a - b)
    return `${(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(0)} ms`
  }
  const least = (of: (one: Searched) => number) => Math.min(...seen.map(of)).toFixed(0)
  const times = `from the last key ${middle((one) => one.fromKey)} (${least((one) => one.fromKey)} at best), from the request ${middle((one) => one.fromRequest)} (${least((one) => one.fromRequest)})`
  const parts = `until the answer ${middle((one) => one.toAnswer)}`
  const cpu = `processor time: page ${middle((one) => one.pageCpu)}, server ${middle((one) => one.serverCpu)}`
  console.log(`${what}\t${times}, ${parts}; ${cpu}`)
}

import { loadavg } from 'node:os'
import type { Page } from 'playwright-core'
import { SUDIGITALClient } from '../clients/typescript/src/index.ts'
import { openBrowser } from '../server/test/browser.ts'
import { cpuSeconds, openMeasuredServer } from './measured-server.ts'

/*
 * How soon somebody who types into the search box of the console sees the people who match.
 *
 *   npm run bench:console [-- people [rounds [directory]]]        100,000 people, 5 rounds
 *
 * A real browser types each term, a key every 90 ms, as somebody who types fast. Time is taken from the event of the last key to the frame in which
 * the first eight rows of the answer to that term are painted, and said in its parts: until the box asks for the term, until the answer is there, and
 * until its rows are painted. Each page that was loaded anew is typed two terms into, because the box waits longer for whoever searches more in a minute
 * than the server allows; the code of the page is therefore as cold as it is for somebody who comes. Processor time, which other programs do not
 * lengthen, is that of the page's process and of the server's from the first key until the rows of the last, for each search that was sent on the way.
 * The load of the machine is said at the end, because it lengthens all but processor time. The directory is kept in `data/bench-<people>` for the next
 * run, or in the one that is named.
 */

const people = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 5)
const directory = process.argv[4] ?? `data/bench-${people}`
const keyMs = 90
const termsAPage = 2
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

/** Milliseconds from the last key to the request, from there to the answer, and from there to the frame with its rows. */
interface Seen {
  readonly waiting: number
  readonly answering: number
  readonly painting: number
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
    for (let at = 0; at < terms.length; at += termsAPage) {
      const page = await openTable(tokens)
      for (const term of terms.slice(at, at + termsAPage)) seen.get(term)?.push(await searchCounting(page, term))
      await page.context().close()
    }
  }
  for (const [term, each] of seen) say(term, each)
  say('all of them', [...seen.values()].flat())
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)} in the last minute`)
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
  /** When the rows of a search were asked for, when all of the answer was there, and whom it names first. */
  asked: Map<string, { sent: number; answered: number; first: string[] | null }>
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
    if (!isRows || term === null) return fetch(input, init)
    const request = { sent: performance.now(), answered: 0, first: null as string[] | null }
    watched.asked.set(term, request)
    const response = await fetch(input, init)
    const text = await response.text()
    request.answered = performance.now()
    const { data } = JSON.parse(text) as { data: { id: string }[] }
    request.first = data.slice(0, 8).map(({ id }) => id)
    return new Response(text, response)
  }
}

/** A search, and the processor time that went by. */
async function searchCounting(page: Page, term: string): Promise<Searched> {
  const before = { page: await pageSeconds(), server: await cpuSeconds(server.pid) }
  const seen = await search(page, term)
  const searches = await page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.asked.size)
  const each = (seconds: number) => (seconds * 1000) / searches
  const spent = {
    pageCpu: each((await pageSeconds()) - before.page),
    serverCpu: each((await cpuSeconds(server.pid)) - before.server),
  }
  await clear(page)
  return { ...seen, ...spent }
}

async function pageSeconds(): Promise<number> {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

async function search(page: Page, term: string): Promise<Seen> {
  const painted = page.evaluate(untilPainted, term)
  await page.getByRole('searchbox', { name: 'Search' }).pressSequentially(term, { delay: keyMs })
  return painted
}

async function clear(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search' }).fill('')
  await page.waitForFunction(
    () =>
      !location.search.includes('search=') &&
      document.querySelector('table[aria-busy=false] tr[aria-rowindex]') !== null,
  )
}

/** Runs in the page: waits for the frame that shows those whom the server found for this term, and for no shorter one. */
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
      if (request === undefined || request.first === null) return
      const { sent, answered, first } = request
      const links = document.querySelectorAll('table[aria-busy=false] tr[aria-rowindex] a')
      if (!first.every((id, index) => links[index]?.getAttribute('href')?.endsWith(id))) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          const now = performance.now()
          resolve({ waiting: sent - pressed, answering: answered - sent, painting: now - answered })
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
  const fromKey = ({ waiting, answering, painting }: Seen) => waiting + answering + painting
  const times = `from the last key ${middle(fromKey)} (${least(fromKey)} at best)`
  const parts = `waiting ${middle((one) => one.waiting)}, server ${middle((one) => one.answering)}, page ${middle((one) => one.painting)}`
  const cpu = `processor time: page ${middle((one) => one.pageCpu)}, server ${middle((one) => one.serverCpu)}`
  console.log(`${what}\t${times}: ${parts}; ${cpu}`)
}

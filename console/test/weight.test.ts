import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole } from './console.ts'

/** Bytes of script, compressed, that somebody waits for before they see their first page; what is drawn into it later, such as charts, comes later. */
const scriptBytesMax = 300_000
/** Each file waits for the one that asks for it, and for its place in the queue. */
const scriptsMax = 16

for (const [who, path, heading] of [
  [undefined, '/', 'Sign in'],
  ['admin', '/console', 'Overview'],
  ['admin', '/console/users', 'Users'],
] as const) {
  test(`the first load of ${path} by ${who ?? 'a stranger'} takes less than 300 kB of script, in few files`, async () => {
    const { visit } = await openConsole()
    const page = await visit('/link-page.css', { as: who })
    await page.addInitScript((heading) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('h1')?.textContent !== heading) return
        performance.mark(`shown: ${heading}`)
        observer.disconnect()
      }).observe(document, { subtree: true, childList: true })
    }, heading)
    await page.goto(path)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()

    const scripts = await page.evaluate((heading) => {
      const shown = performance.getEntriesByName(`shown: ${heading}`)[0]
      if (shown === undefined) throw new Error('nobody noticed when the page was shown')
      return performance
        .getEntriesByType('resource')
        .map((entry) => entry as PerformanceResourceTiming)
        .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= shown.startTime)
        .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, encodedBodySize, decodedBodySize }))
    }, heading)

    assert.ok(scripts.length >= 3 && scripts.length <= scriptsMax, `${scripts.length} files`)
    for (const { name, encodedBodySize, decodedBodySize } of scripts) {
      assert.ok(decodedBodySize < 1000 || encodedBodySize < decodedBodySize, `${name} is compressed`)
    }
    const bytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    assert.ok(bytes > 0 && bytes < scriptBytesMax, `${bytes} bytes`)
  })
}

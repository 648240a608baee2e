import { readFile, writeFile } from 'node:fs/promises'

/*
 * Draws what runs of the bench have written: the median time of each request, a bar for each run.
 *
 *   npm run bench:plot -- data/bench-100000/figures.json data/bench-1000000/figures.json > docs/benchmarks.svg
 */

interface Run {
  readonly users: number
  readonly onPostgres: boolean
  readonly rows: readonly {
    readonly what: string
    readonly ratio: number
    readonly roster: { readonly cpuMicros: number }
  }[]
}

const rowHeight = 44
const barHeight = 15
const labelWidth = 250
const chartWidth = 560
const top = 64
const colours = ['#3b6fb6', '#d9822b', '#4c9a68']
/** Microseconds at the left and at the right edge: each step to the right is ten times the one before. */
const [least, most] = [10, 1_000_000]

const runs: Run[] = await Promise.all(
  process.argv.slice(2).map(async (path) => withoutRepeats(JSON.parse(await readFile(path, 'utf8')) as Run)),
)
const names = named(runs[0]?.rows ?? [])
const height = top + names.length * rowHeight + 48
const width = labelWidth + chartWidth + 90
await writeFile('/dev/stdout', drawn())

function drawn(): string {
  const decades = Array.from({ length: Math.log10(most / least) + 1 }, (_, power) => least * 10 ** power)
  const lines = decades.map(
    (micros) => `<line x1="${x(micros)}" x2="${x(micros)}" y1="${top - 8}" y2="${height - 40}" stroke="#ddd"/>
<text x="${x(micros)}" y="${height - 22}" text-anchor="middle">${timeOf(micros)}</text>`,
  )
  const keys = runs.map(
    (
      { users, onPostgres },
      at,
    ) => `<rect x="${labelWidth + at * 210}" y="26" width="12" height="12" fill="${colours[at]}"/>
<text x="${labelWidth + at * 210 + 18}" y="37">${users.toLocaleString('en')} users${onPostgres ? ', PostgreSQL' : ''}</text>`,
  )
  const bars = names.map((name, row) => {
    const y = top + row * rowHeight
    const each = runs.map((run, at) => {
      const found = named(run.rows).includes(name) ? run.rows[names.indexOf(name)] : undefined
      if (found === undefined) return ''
      const { cpuMicros } = found.roster
      const barY = y + at * (barHeight + 2)
      return `<rect x="${labelWidth}" y="${barY}" width="${x(cpuMicros) - labelWidth}" height="${barHeight}" fill="${colours[at]}"/>
<text x="${x(cpuMicros) + 5}" y="${barY + 12}">${timeOf(cpuMicros)}</text>`
    })
    return `<text x="${labelWidth - 8}" y="${y + 18}" text-anchor="end">${escaped(name)}</text>\n${each.join('\n')}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Processor time of the server for one request" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#333">
<title>Processor time of the server for one request</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="8" y="20" font-weight="bold">Processor time of the server for one request (each step is ten times as long)</text>
${[...lines, ...keys, ...bars].join('\n')}
</svg>
`
}

function x(micros: number): number {
  return Math.round(labelWidth + (Math.log10(micros / least) / Math.log10(most / least)) * chartWidth)
}

/** A deep page is named after the list that it is a page of. */
/** What one caller alone sees costs the server the same. */
function withoutRepeats(run: Run): Run {
  return { ...run, rows: run.rows.filter(({ what }) => !/^….*by one caller$/.test(what)) }
}

function named(rows: Run['rows']): string[] {
  return rows.map(({ what }, at) =>
    what.startsWith('…') ? `${rows[at - 1]?.what}, deep` : what.replace(', one caller', ''),
  )
}

function timeOf(micros: number): string {
  if (micros < 1_000) return `${micros.toFixed(0)} µs`
  return micros < 1_000_000
    ? `${Number((micros / 1_000).toPrecision(2))} ms`
    : `${Number((micros / 1e6).toPrecision(2))} s`
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
}

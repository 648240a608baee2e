import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from '#prom-client'
import type { Eventually } from '../core/outcome.ts'

/** What the server tells of its requests, and shows in the text format of Prometheus. */
export interface Metrics {
  /** Made once for each route; `method` is one of those we know, never what a caller made up. */
  watch(of: Watched): Observe
  text(): Promise<string>
  readonly type: string
}

export interface Watched {
  readonly contract: string
  /** The pattern, never a path: paths name people, and there is no end of them. */
  readonly route: string
  readonly method: string
}

export type Observe = (status: number, seconds: number) => void

export interface FigureSource<Value = Eventually<number>> {
  /** `roster_` and snake_case, with the unit last; of what is only counted up, then `_total`. */
  readonly name: string
  readonly help: string
  /** Asked whenever the metrics are; what cannot be told is shown as no number. */
  readonly read: () => Value
}

export interface MetricsOptions {
  readonly gauges?: readonly FigureSource[]
  /** Counted up since the process began. */
  readonly counters?: readonly FigureSource<number>[]
  /** Memory, event loop, garbage collection. */
  readonly ofProcess?: boolean
}

export function openMetrics({ gauges = [], counters = [], ofProcess = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  const tallies: Tally[] = []
  registry.registerMetric(durationsOf(tallies))
  for (const { name, help, read } of gauges) {
    const collect = async function (this: Gauge) {
      this.set(await told(read))
    }
    new Gauge({ name, help, registers: [registry], collect })
  }
  for (const { name, help, read } of counters) {
    const collect = function (this: Counter) {
      this.reset()
      this.inc(read())
    }
    new Counter({ name, help, registers: [registry], collect })
  }
  if (ofProcess) collectDefaultMetrics({ register: registry })

  return {
    type: registry.contentType,
    text: () => registry.metrics(),
    watch(watched) {
      const byClass: Tally[] = []
      return (status, seconds) => {
        const digit = Math.floor(status / 100)
        byClass[digit] ??= begin(tallies, { ...watched, status: `${digit}xx` })
        count(byClass[digit], seconds)
      }
    },
  }
}

async function told(read: FigureSource['read']): Promise<number> {
  try {
    return await read()
  } catch {
    return Number.NaN
  }
}

/** Seconds, inclusive: the upper bounds of all buckets but the last. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Requests of one route, and one class of answers. A request only adds to it: the library would look up its labels each time. */
interface Tally {
  readonly labels: Watched & { readonly status: string }
  readonly buckets: number[]
  seconds: number
}

function begin(tallies: Tally[], labels: Tally['labels']): Tally {
  const tally = { labels, buckets: new Array<number>(bounds.length + 1).fill(0), seconds: 0 }
  tallies.push(tally)
  return tally
}

function count(tally: Tally, seconds: number) {
  let at = 0
  while (at < bounds.length && seconds > (bounds[at] ?? 0)) at += 1
  tally.buckets[at] = (tally.buckets[at] ?? 0) + 1
  tally.seconds += seconds
}

/** A histogram as the registry writes one: of a metric it asks no more than this, whatever its types say. */
function durationsOf(tallies: readonly Tally[]): Metric {
  const name = 'roster_http_request_duration_seconds'
  const help = 'Time from the head of a request to the end of its answer.'
  const get = async () => ({ name, help, type: 'histogram', aggregator: 'sum', values: tallies.flatMap(valuesOf) })
  const valuesOf = ({ labels, buckets, seconds }: Tally) => {
    let requests = 0
    const cumulated = buckets.map((hits, at) => {
      requests += hits
      return { metricName: `${name}_bucket`, labels: { le: bounds[at] ?? '+Inf', ...labels }, value: requests }
    })
    const sum = { metricName: `${name}_sum`, labels, value: seconds }
    return [...cumulated, sum, { metricName: `${name}_count`, labels, value: requests }]
  }
  return { name, help, get, reset: () => undefined } as unknown as Metric
}

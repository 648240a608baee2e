import { collectDefaultMetrics, Gauge, Histogram, Registry } from '#prom-client'

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

export interface GaugeSource {
  /** `roster_` and snake_case, with the unit last. */
  readonly name: string
  readonly help: string
  /** Asked whenever the metrics are. */
  readonly read: () => number
}

export function openMetrics({
  gauges = [],
  ofProcess = true,
}: {
  readonly gauges?: readonly GaugeSource[]
  /** Memory, event loop, garbage collection. */
  readonly ofProcess?: boolean
} = {}): Metrics {
  const registry = new Registry()
  const durations = new Histogram({
    name: 'roster_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['contract', 'route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  for (const { name, help, read } of gauges) {
    const collect = function (this: Gauge) {
      this.set(read())
    }
    new Gauge({ name, help, registers: [registry], collect })
  }
  if (ofProcess) collectDefaultMetrics({ register: registry })

  return {
    type: registry.contentType,
    text: () => registry.metrics(),
    watch({ contract, route, method }) {
      const byClass: Histogram.Internal<'contract' | 'route' | 'method' | 'status'>[] = []
      return (status, seconds) => {
        const digit = Math.floor(status / 100)
        byClass[digit] ??= durations.labels(contract, route, method, `${digit}xx`)
        byClass[digit].observe(seconds)
      }
    },
  }
}

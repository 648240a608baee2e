import { createHash } from 'node:crypto'
import { RateLimiterPostgres } from '#rate-limiter-flexible'
import { ask, type Connection } from './connections.ts'

/**
 * Counters in one table, so that all nodes count together: exact under parallel calls, because each is a single `INSERT … ON CONFLICT DO
 * UPDATE … RETURNING`. Windows are measured by the nodes' own clocks, which are taken to agree within seconds.
 */
export class SharedLimiter extends RateLimiterPostgres {
  constructor(connection: Connection, options: { prefix: string; points: number; seconds: number }) {
    super({
      storeClient: { query: (question: Parameters<Connection['query']>[0]) => ask(connection, question) },
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: options.prefix,
      points: options.points,
      duration: options.seconds,
    })
  }

  /** Keys are addresses of people and machines: what is kept of them is a digest. */
  override getKey(key: string | number): string {
    return super.getKey(createHash('sha256').update(String(key)).digest('base64url'))
  }
}

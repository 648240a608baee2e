import { json, text } from './answer.ts'
import { type Contract, get } from './contract.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'
import { plainRefusals } from './plain-refusals.ts'

/**
 * What machines ask of a node, whatever contracts it serves. It stands at the root beside whichever contract is mounted there, and owns nothing
 * but these paths.
 */
export function systemContract({
  health,
  metrics,
  jwks,
}: {
  readonly health: Pick<Health, 'isReady'>
  readonly metrics: Pick<Metrics, 'text' | 'type'>
  /** The public keys that verify our tokens (RFC 7517). */
  readonly jwks: (nowSeconds: number) => object
}): Contract {
  return {
    name: 'system',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    routes: [
      get('/health/live', () => json(200, { status: 'ok' }), {
        needs: 'nobody',
        answers: [200],
        summary: 'Whether the process runs',
      }),
      get(
        '/health/ready',
        async () => ((await health.isReady()) ? json(200, { status: 'ok' }) : json(503, { status: 'unavailable' })),
        { needs: 'nobody', answers: [200, 503], summary: 'Whether the node can serve' },
      ),
      get('/metrics', async () => ({ ...text(200, await metrics.text()), type: metrics.type }), {
        needs: 'users:list',
        spares: 'loopback',
        answers: [200, 401, 403],
        summary: 'Figures for Prometheus',
      }),
      get(
        '/.well-known/jwks.json',
        ({ nowMs }) => json(200, jwks(Math.floor(nowMs / 1000)), { 'cache-control': 'public, max-age=300' }),
        { needs: 'nobody', answers: [200], summary: 'Keys that verify our tokens' },
      ),
    ],
  }
}
